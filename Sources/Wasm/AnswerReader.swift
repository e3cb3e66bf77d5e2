internal import Plugins

/// Reads an engine's results, and believes nothing: what is not there is a ``WasmError/badAnswer(_:)``.
struct AnswerReader {
    private let all: UnsafeRawBufferPointer
    private var position = 0

    /// The results; they must stay in place while they are read.
    init(_ bytes: UnsafeRawBufferPointer) {
        all = bytes
    }

    mutating func number() throws(WasmError) -> UInt32 {
        UInt32(littleEndian: try value(UInt32.self))
    }

    mutating func longNumber() throws(WasmError) -> UInt64 {
        UInt64(littleEndian: try value(UInt64.self))
    }

    mutating func bytes() throws(WasmError) -> UnsafeRawBufferPointer {
        let count = Int(try number())
        guard count <= all.count - position else { throw .badAnswer("its results end early") }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: all[position..<(position + count)])
    }

    mutating func text() throws(WasmError) -> String {
        String(decoding: try bytes(), as: UTF8.self)
    }

    mutating func texts() throws(WasmError) -> [String] {
        var texts: [String] = []
        for _ in 0..<(try number()) { texts.append(try text()) }
        return texts
    }

    mutating func byte() throws(WasmError) -> UInt8 {
        try value(UInt8.self)
    }

    mutating func flag() throws(WasmError) -> Bool {
        switch try byte() {
        case 0: false
        case 1: true
        default: throw .badAnswer("neither yes nor no")
        }
    }

    /// An event as the engine has it: its places count from where the part begins.
    mutating func event() throws(WasmError) -> BatchEvent {
        let (outcome, plugin) = (try value(UInt8.self), try value(UInt8.self))
        guard let outcome = BatchEvent.Outcome(rawValue: outcome) else { throw .badAnswer("an outcome that is none") }
        return BatchEvent(
            outcome: outcome, plugin: plugin, line: try number(), inputStart: try number(), inputEnd: try number(),
            outputEnd: try number(), redactionEnd: try number())
    }

    private mutating func value<T: BitwiseCopyable>(_ type: T.Type) throws(WasmError) -> T {
        guard MemoryLayout<T>.size <= all.count - position else { throw .badAnswer("its results end early") }
        defer { position += MemoryLayout<T>.size }
        return all.loadUnaligned(fromByteOffset: position, as: type)
    }
}
