internal import Plugins

extension FoldRequest {
    /// Reads the block of `vh_fold`, as docs/engine-abi.md has it; nil where it is none. The events' texts stay in the block.
    init?(reading block: UnsafeRawBufferPointer) {
        var reader = BlockReader(block)
        guard let isObserving = reader.number(), let failuresInRow = reader.number() else { return nil }
        self.init(isObserving: isObserving != 0, failuresInRow: failuresInRow)
        guard let valueCount = reader.number() else { return nil }
        for _ in 0..<valueCount {
            guard let bytes = reader.bytes() else { return nil }
            values.append(Array(bytes))
        }
        guard let eventCount = reader.number() else { return nil }
        for _ in 0..<eventCount {
            guard let time = reader.longNumber(), let reference = reader.longNumber(), let text = reader.bytes(),
                let hasSample = reader.number(), let sample = reader.bytes()
            else { return nil }
            events.append(
                Event(text: text, time: time, reference: reference, sample: hasSample != 0 ? Array(sample) : nil))
        }
        guard let stepCount = reader.number() else { return nil }
        for _ in 0..<stepCount {
            guard let value = reader.number(), let event = reader.number(), value < values.count, event <= events.count
            else { return nil }
            steps.append(Step(value: value, event: event == 0 ? nil : event - 1))
        }
        if !reader.isAtEnd { return nil }
    }
}

/// Reads a block of the caller's: nil for what is not there.
private struct BlockReader {
    private let block: UnsafeRawBufferPointer
    private var place = 0

    init(_ block: UnsafeRawBufferPointer) {
        self.block = block
    }

    var isAtEnd: Bool {
        place == block.count
    }

    mutating func number() -> Int? {
        value(UInt32.self).map { Int(clamping: UInt32(littleEndian: $0)) }
    }

    mutating func longNumber() -> Int64? {
        value(UInt64.self).map { Int64(bitPattern: UInt64(littleEndian: $0)) }
    }

    mutating func bytes() -> UnsafeRawBufferPointer? {
        guard let count = number(), count <= block.count - place else { return nil }
        defer { place += count }
        return UnsafeRawBufferPointer(rebasing: block[place..<(place + count)])
    }

    private mutating func value<T: BitwiseCopyable>(_ type: T.Type) -> T? {
        guard MemoryLayout<T>.size <= block.count - place else { return nil }
        defer { place += MemoryLayout<T>.size }
        return block.loadUnaligned(fromByteOffset: place, as: type)
    }
}
