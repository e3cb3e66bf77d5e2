/// Looks for many values at once in bytes of any kind.
///
/// ```swift
/// var search = TraceSearch()
/// search.add("anna@example.com", named: "e-mail")
/// search.scan(bytes) { name, offset in ... }
/// ```
///
/// Four bytes of each value are in a table of bits; where the bytes at hand are in it, the values that begin so are compared (a
/// filter as in Wu and Manber 1994, "A Fast Algorithm for Multi-Pattern Searching", without the shifts).
public struct TraceSearch: Sendable {
    /// Shorter values are found by chance in what means something else.
    public static let fewestBytes = 6

    /// Bytes that two chunks of one file must have in common, so that nothing is lost between them.
    public private(set) var overlap = 0
    public var count: Int { patterns.count }

    private static let tableBits = 20

    private struct Pattern: Sendable {
        let bytes: [UInt8]
        let name: Int
        /// Whether it is looked for whatever else has it.
        var isOwn: Bool
    }

    private var patterns: [Pattern] = []
    private var names: [String] = []
    /// Places in ``patterns``.
    private var known: [[UInt8]: Int] = [:]
    private var table = [UInt64](repeating: 0, count: 1 << (tableBits - 6))
    private var byStart: [UInt32: [Int32]] = [:]

    public init() {}

    /// Adds a value in the ways in which it may be written: as it is, in JSON, in a URL, in UTF-16, in base64 and in hex digits. False
    /// where it is too short. One that is the viewer's own is not taken out by ``remove(foundIn:)``.
    @discardableResult
    public mutating func add(_ value: String, named name: String, isOwn: Bool = false) -> Bool {
        if value.utf8.count < Self.fewestBytes { return false }
        for form in Self.forms(of: value) { add(form, named: name, isOwn: isOwn) }
        return true
    }

    /// Adds bytes as they are; those that are too short, or are there, are left out. What is the viewer's own goes by its own name.
    public mutating func add(_ bytes: [UInt8], named name: String, isOwn: Bool = false) {
        if bytes.count < Self.fewestBytes { return }
        let place = known[bytes]
        if let place, !isOwn || patterns[place].isOwn { return }
        if names.last != name { names.append(name) }
        if let place {
            patterns[place] = Pattern(bytes: bytes, name: names.count - 1, isOwn: true)
            return
        }
        known[bytes] = patterns.count
        let start = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
        let slot = Self.slot(of: start)
        table[slot >> 6] |= 1 << UInt64(slot & 63)
        byStart[start, default: []].append(Int32(patterns.count))
        patterns.append(Pattern(bytes: bytes, name: names.count - 1, isOwn: isOwn))
        overlap = max(overlap, bytes.count - 1)
    }

    /// Takes out the values that are in `bytes`, in any of the ways in which they are looked for, but for the viewer's own; how many
    /// ways they were.
    public mutating func remove(foundIn bytes: UnsafeRawBufferPointer) -> Int {
        var common: Set<Int> = []
        scan(bytes) { index, _ in if !patterns[index].isOwn { common.insert(index) } }
        if common.isEmpty { return 0 }
        let rest = patterns.indices.filter { !common.contains($0) }.map { patterns[$0] }
        patterns.removeAll()
        known.removeAll()
        byStart.removeAll()
        table = [UInt64](repeating: 0, count: table.count)
        let names = self.names
        for pattern in rest { add(pattern.bytes, named: names[pattern.name], isOwn: pattern.isOwn) }
        return common.count
    }

    /// Calls `found` with the name of each value that is in `bytes`, and where it begins.
    public func scan(_ bytes: UnsafeRawBufferPointer, _ found: (String, Int) -> Void) {
        scan(bytes) { index, offset in found(names[patterns[index].name], offset) }
    }

    /// The same, with the value's place in ``patterns``.
    private func scan(_ bytes: UnsafeRawBufferPointer, _ found: (Int, Int) -> Void) {
        if patterns.isEmpty || bytes.count < Self.fewestBytes { return }
        table.withUnsafeBufferPointer { table in
            for offset in 0...bytes.count - 4 {
                let start = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                let slot = Self.slot(of: start)
                if table[slot >> 6] >> UInt64(slot & 63) & 1 == 0 { continue }
                for index in byStart[start] ?? [] {
                    let pattern = patterns[Int(index)]
                    if offset + pattern.bytes.count > bytes.count { continue }
                    let here = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + pattern.bytes.count])
                    if here.elementsEqual(pattern.bytes) { found(Int(index), offset) }
                }
            }
        }
    }

    @inline(__always)
    private static func slot(of start: UInt32) -> Int {
        Int((start &* 0x9E37_79B1) >> UInt32(32 - tableBits))
    }

    private static func forms(of value: String) -> [[UInt8]] {
        let text = Array(value.utf8)
        var forms = [text, Array(value.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })]
        forms.append(Array(value.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }))
        for isASCII in [false, true] {
            for escapesSlash in [false, true] {
                forms.append(json(value, isASCII: isASCII, escapesSlash: escapesSlash))
            }
        }
        for digits in ["0123456789abcdef", "0123456789ABCDEF"] {
            forms.append(hex(text, digits))
            forms.append(text.flatMap { isUnreserved($0) ? [$0] : [UInt8(ascii: "%")] + hex([$0], digits) })
        }
        return forms + base64(text)
    }

    private static func json(_ value: String, isASCII: Bool, escapesSlash: Bool) -> [UInt8] {
        value.unicodeScalars.flatMap { scalar -> [UInt8] in
            switch scalar {
            case "\"", "\\": [UInt8(ascii: "\\")] + Array(scalar.utf8)
            case "\n": Array("\\n".utf8)
            case "\r": Array("\\r".utf8)
            case "\t": Array("\\t".utf8)
            case "/" where escapesSlash: Array("\\/".utf8)
            case _ where scalar.value < 0x20 || isASCII && !scalar.isASCII:
                scalar.utf16.flatMap { unit in
                    Array("\\u".utf8) + hex([UInt8(unit >> 8), UInt8(unit & 255)], "0123456789abcdef")
                }
            default: Array(scalar.utf8)
            }
        }
    }

    private static func hex(_ bytes: [UInt8], _ digits: String) -> [UInt8] {
        let digits = Array(digits.utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }

    /// What base64 has of the bytes whatever stands before them: without the digits that others have a part in.
    private static func base64(_ bytes: [UInt8]) -> [[UInt8]] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        return (0..<3).map { skipped in
            let whole = bytes.dropFirst(skipped)
            var text: [UInt8] = []
            var rest = whole.prefix(whole.count / 3 * 3)
            while let a = rest.popFirst(), let b = rest.popFirst(), let c = rest.popFirst() {
                let bits = Int(a) << 16 | Int(b) << 8 | Int(c)
                for shift in [18, 12, 6, 0] { text.append(digits[bits >> shift & 63]) }
            }
            return text
        }
    }
}
