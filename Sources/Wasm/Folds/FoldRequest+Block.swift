internal import Plugins

extension FoldRequest {
    /// The request in the framing of docs/engine-abi.md.
    var block: [UInt8] {
        var block: [UInt8] = []
        block.reserveCapacity(
            64 + values.reduce(0) { $0 + 4 + $1.count } + events.reduce(0) { $0 + 28 + $1.text.count } + 8 * steps.count
        )
        block.append(number: isObserving ? 1 : 0)
        block.append(number: failuresInRow)
        block.append(number: values.count)
        for value in values { value.withUnsafeBytes { block.append(framed: $0) } }
        block.append(number: events.count)
        for event in events {
            block.append(long: event.time)
            block.append(long: event.reference)
            block.append(framed: event.text)
            block.append(number: event.sample == nil ? 0 : 1)
            (event.sample ?? []).withUnsafeBytes { block.append(framed: $0) }
        }
        block.append(number: steps.count)
        for step in steps {
            block.append(number: step.value)
            block.append(number: step.event.map { $0 + 1 } ?? 0)
        }
        return block
    }
}

extension [UInt8] {
    fileprivate mutating func append(number: Int) {
        Swift.withUnsafeBytes(of: UInt32(clamping: number).littleEndian) { append(contentsOf: $0) }
    }

    fileprivate mutating func append(long number: Int64) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }

    fileprivate mutating func append(framed bytes: UnsafeRawBufferPointer) {
        append(number: bytes.count)
        append(contentsOf: bytes)
    }
}
