internal import CBridge
internal import CLua

/// The lines of a chunk that hold code, out of the binary form that Lua 5.4's compiler gives it (ldump.c).
///
/// `debug.getinfo` tells them too, but only of functions that exist already: those that were never made would be left
/// out, and they are what coverage is about.
struct ChunkLines {
    private(set) var lines: [Int] = []

    private static let absolute: Int8 = -0x80
    private let bytes: [UInt8]
    private var position = 0
    private var isDamaged = false
    private var found: Set<Int> = []

    /// Nil where the dump is not of the format that 64-bit Lua 5.4 writes.
    init?(ofDump dump: [UInt8]) {
        bytes = dump
        let header: [UInt8] = [0x1B, 0x4C, 0x75, 0x61, 0x54, 0, 0x19, 0x93, 0x0D, 0x0A, 0x1A, 0x0A, 4, 8, 8]
        guard dump.starts(with: header) else { return nil }
        // LUAC_INT, LUAC_NUM, and the number of upvalues.
        position = header.count + 8 + 8 + 1
        readFunction()
        if isDamaged { return nil }
        lines = found.sorted()
    }

    private mutating func readFunction() {
        skipString()
        let first = readSize()
        _ = readSize()
        skip(bytes: 1)
        let isVariadic = readByte() != 0
        skip(bytes: 1)
        let instructions = readSize()
        skip(bytes: instructions * 4)
        for _ in 0..<readSize() where !isDamaged { skipConstant() }
        skip(bytes: readSize() * 3)
        for _ in 0..<readSize() where !isDamaged { readFunction() }
        readLines(from: first, instructions: instructions, isVariadic: isVariadic)
        for _ in 0..<readSize() where !isDamaged {
            skipString()
            _ = (readSize(), readSize())
        }
        for _ in 0..<readSize() where !isDamaged { skipString() }
    }

    private mutating func readLines(from first: Int, instructions: Int, isVariadic: Bool) {
        let deltas = (0..<readSize()).map { _ in isDamaged ? 0 : Int8(bitPattern: readByte()) }
        var absolutes: [Int] = []
        for _ in 0..<readSize() where !isDamaged {
            _ = readSize()
            absolutes.append(readSize())
        }
        var line = first
        var next = 0
        for (instruction, delta) in deltas.enumerated() {
            if delta == Self.absolute, next < absolutes.count {
                line = absolutes[next]
                next += 1
            } else {
                line += Int(delta)
            }
            // A variadic function begins with an instruction for its arguments, and every function ends with a return
            // that is only reached where the source has none.
            if instruction == 0 && isVariadic || instruction == instructions - 1 { continue }
            if line > 0 { found.insert(line) }
        }
    }

    private mutating func skipConstant() {
        switch readByte() {
        case UInt8(LUA_TNUMBER), UInt8(LUA_TNUMBER | 0x10): skip(bytes: 8)
        case UInt8(LUA_TSTRING), UInt8(LUA_TSTRING | 0x10): skipString()
        default: break
        }
    }

    private mutating func skipString() {
        skip(bytes: max(0, readSize() - 1))
    }

    private mutating func skip(bytes count: Int) {
        guard count >= 0, count <= bytes.count - position else {
            isDamaged = true
            return
        }
        position += count
    }

    private mutating func readByte() -> UInt8 {
        guard position < bytes.count else {
            isDamaged = true
            return 0
        }
        position += 1
        return bytes[position - 1]
    }

    /// Seven bits a byte, the highest first; the last byte has its top bit set.
    private mutating func readSize() -> Int {
        var size = 0
        while !isDamaged {
            let byte = readByte()
            size = size << 7 | Int(byte & 0x7F)
            if byte & 0x80 != 0 { return size }
            if size > bytes.count { isDamaged = true }
        }
        return 0
    }
}

extension LuaSandbox {
    /// The binary form of a chunk, which is compiled and not run.
    func dump(_ source: UnsafeRawBufferPointer, name: String) throws(LuaError) -> [UInt8] {
        var output: [UInt8] = []
        let status = withUnsafeMutablePointer(to: &output) { output in
            Self.withChunkName(name) { name in
                vh_dump_chunk(
                    state, source.baseAddress?.assumingMemoryBound(to: CChar.self), source.count, name,
                    { _, bytes, count, context in
                        context?.assumingMemoryBound(to: [UInt8].self).pointee
                            .append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
                        return 0
                    }, output)
            }
        }
        if status != LUA_OK { throw takeError(status) }
        return output
    }
}
