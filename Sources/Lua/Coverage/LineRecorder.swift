internal import CBridge

/// Which lines of one file ran, over all states that record into it.
///
/// ```swift
/// let lines = try LineRecorder(source, name: "redact.lua")
/// let redactor = try LuaRedactor(source: source, file: "redact.lua", context: context, lines: lines)
/// lines.missed  // after some calls: [14, 15]
/// ```
public final class LineRecorder {
    /// The lines that hold code, in their order.
    public let lines: [Int]

    let flags: UnsafeMutablePointer<UInt8>
    let count: Int
    /// The chunk's name as Lua knows it.
    let source: UnsafeMutablePointer<CChar>

    /// Compiles the file, to know which lines hold code. `name` is the one that it is loaded by.
    public init(_ source: UnsafeRawBufferPointer, name: String) throws(LuaError) {
        let sandbox = try LuaSandbox(limits: LuaLimits(), event: vh_event())
        guard let chunk = ChunkLines(ofDump: try sandbox.dump(source, name: name)) else {
            throw LuaError(.runtime, "this build of Lua compiles to a format that coverage cannot read")
        }
        lines = chunk.lines
        count = lines.last ?? 0
        flags = .allocate(capacity: max(count, 1))
        flags.initialize(repeating: 0, count: max(count, 1))
        let chunkName = Array(("@" + name).utf8CString)
        self.source = .allocate(capacity: chunkName.count)
        self.source.initialize(from: chunkName, count: chunkName.count)
    }

    deinit {
        flags.deallocate()
        source.deallocate()
    }

    /// The lines that hold code and never ran.
    public var missed: [Int] {
        lines.filter { flags[$0 - 1] == 0 }
    }
}

extension LuaSandbox {
    /// Tells `lines` which lines of its file run in this state from the next call on.
    public func record(_ lines: LineRecorder) {
        self.lines = lines
        limits.pointee.lines = lines.flags
        limits.pointee.line_count = lines.count
        limits.pointee.line_source = UnsafePointer(lines.source)
    }
}
