package import CBridge
internal import Sketches

/// The functions through which C reaches sketches. None raises and none calls Lua.
package func makeSketchFunctions() -> vh_sketch_functions {
    var functions = vh_sketch_functions()
    functions.setLives()
    functions.setBytes()
    functions.setQuantiles()
    functions.setDistinct()
    functions.setTop()
    return functions
}

extension vh_sketch_functions {
    fileprivate mutating func setLives() {
        make = { kind, parameter in
            switch kind {
            case VH_QUANTILES: hold(QuantileSketch(accuracy: parameter))
            case VH_DISTINCT: hold(DistinctSketch())
            default: hold(TopSketch(size: Int(parameter)))
            }
        }
        release = { kind, sketch in
            switch kind {
            case VH_QUANTILES: end(sketch, QuantileSketch.self)
            case VH_DISTINCT: end(sketch, DistinctSketch.self)
            default: end(sketch, TopSketch.self)
            }
        }
        memory = { kind, sketch in
            switch kind {
            case VH_QUANTILES: held(sketch, QuantileSketch.self).pointee.memory
            case VH_DISTINCT: held(sketch, DistinctSketch.self).pointee.memory
            default: held(sketch, TopSketch.self).pointee.memory
            }
        }
        merge = { kind, sketch, other in
            switch kind {
            case VH_QUANTILES: join(sketch, other, QuantileSketch.self)
            case VH_DISTINCT: join(sketch, other, DistinctSketch.self)
            default: join(sketch, other, TopSketch.self)
            }
        }
    }

    fileprivate mutating func setBytes() {
        encode = { kind, sketch, take, context in
            var bytes: [UInt8] = []
            switch kind {
            case VH_QUANTILES: held(sketch, QuantileSketch.self).pointee.encode(into: &bytes)
            case VH_DISTINCT: held(sketch, DistinctSketch.self).pointee.encode(into: &bytes)
            default: held(sketch, TopSketch.self).pointee.encode(into: &bytes)
            }
            bytes.withUnsafeBufferPointer { take.unsafelyUnwrapped(context, $0.baseAddress, $0.count) }
        }
        kind_of = { bytes, length in
            switch SketchKind(of: UnsafeRawBufferPointer(start: bytes, count: length)) {
            case .quantiles: Int32(VH_QUANTILES.rawValue)
            case .distinct: Int32(VH_DISTINCT.rawValue)
            case .top: Int32(VH_TOP.rawValue)
            case nil: -1
            }
        }
        decode = { kind, bytes, length in
            let bytes = UnsafeRawBufferPointer(start: bytes, count: length)
            return switch kind {
            case VH_QUANTILES: hold(QuantileSketch(decoding: bytes))
            case VH_DISTINCT: hold(DistinctSketch(decoding: bytes))
            default: hold(TopSketch(decoding: bytes))
            }
        }
    }

    fileprivate mutating func setQuantiles() {
        add_number = { sketch, value, count in
            status { () throws(SketchError) in
                try changing(sketch, QuantileSketch.self).pointee.add(value, count: count)
            }
        }
        describe = { sketch in
            let sketch = held(sketch, QuantileSketch.self)
            return vh_quantiles(
                count: sketch.pointee.count, sum: sketch.pointee.sum, min: sketch.pointee.min ?? 0,
                max: sketch.pointee.max ?? 0)
        }
        quantile = { sketch, part, result in
            guard let value = held(sketch, QuantileSketch.self).pointee.quantile(part) else { return 0 }
            result.unsafelyUnwrapped.pointee = value
            return 1
        }
    }

    fileprivate mutating func setDistinct() {
        add_bytes = { sketch, bytes, length in
            changing(sketch, DistinctSketch.self).pointee.add(UnsafeRawBufferPointer(start: bytes, count: length))
        }
        add_integer = { sketch, value in changing(sketch, DistinctSketch.self).pointee.add(value) }
        count_distinct = { sketch in held(sketch, DistinctSketch.self).pointee.count }
    }

    fileprivate mutating func setTop() {
        add_text = { sketch, text, length, count in
            status { () throws(SketchError) in
                try changing(sketch, TopSketch.self).pointee.add(
                    UnsafeRawBufferPointer(start: text, count: length), count: count)
            }
        }
        used = { sketch in held(sketch, TopSketch.self).pointee.used }
        list = { sketch, entries, most in
            var place = entries.unsafelyUnwrapped
            for entry in held(sketch, TopSketch.self).pointee.list(most) {
                place.pointee.length = entry.text.count
                place.pointee.count = entry.count
                place.pointee.error = entry.error
                entry.text.withUnsafeBytes { text in
                    withUnsafeMutableBytes(of: &place.pointee.text) { $0.copyMemory(from: text) }
                }
                place += 1
            }
        }
    }
}

private func hold<S: Sketch>(_ sketch: S?) -> UnsafeMutableRawPointer? {
    guard let sketch else { return nil }
    let place = UnsafeMutablePointer<S>.allocate(capacity: 1)
    place.initialize(to: sketch)
    return UnsafeMutableRawPointer(place)
}

private func end<S: Sketch>(_ sketch: UnsafeMutableRawPointer?, _: S.Type) {
    let place = changing(sketch, S.self)
    place.deinitialize(count: 1)
    place.deallocate()
}

private func held<S: Sketch>(_ sketch: UnsafeRawPointer?, _: S.Type) -> UnsafePointer<S> {
    sketch.unsafelyUnwrapped.assumingMemoryBound(to: S.self)
}

private func changing<S: Sketch>(_ sketch: UnsafeMutableRawPointer?, _: S.Type) -> UnsafeMutablePointer<S> {
    sketch.unsafelyUnwrapped.assumingMemoryBound(to: S.self)
}

private func join<S: Sketch>(
    _ sketch: UnsafeMutableRawPointer?, _ other: UnsafeRawPointer?, _: S.Type
) -> vh_sketch_status {
    // A copy, for it may be the same one.
    let other = held(other, S.self).pointee
    return status { () throws(SketchError) in try changing(sketch, S.self).pointee.merge(other) }
}

private func status(_ change: () throws(SketchError) -> Void) -> vh_sketch_status {
    do throws(SketchError) {
        try change()
        return VH_SKETCH_OK
    } catch {
        return error == .unlike ? VH_SKETCH_UNLIKE : VH_SKETCH_FULL
    }
}
