internal import CBridge

/// JSON string escapes, both ways.
enum JSONString {
    /// Appends what the escaped text between two quotes stands for. The text must have been parsed.
    static func decode(_ text: UnsafePointer<UInt8>, count: Int, into output: inout ByteBuffer) {
        var i = 0
        while i < count {
            let byte = text[i]
            guard byte == UInt8(ascii: "\\") else {
                output.append(byte)
                i += 1
                continue
            }
            switch text[i + 1] {
            case UInt8(ascii: "b"): output.append(0x08)
            case UInt8(ascii: "f"): output.append(0x0C)
            case UInt8(ascii: "n"): output.append(0x0A)
            case UInt8(ascii: "r"): output.append(0x0D)
            case UInt8(ascii: "t"): output.append(0x09)
            case UInt8(ascii: "u"):
                var scalar = hexUnit(text + i + 2) ?? 0xFFFD
                if scalar & 0xFC00 == 0xD800 {
                    let low = hexUnit(text + i + 8) ?? 0xDC00
                    scalar = 0x10000 + ((scalar & 0x3FF) << 10 | (low & 0x3FF))
                    i += 6
                }
                append(scalar: scalar, to: &output)
                i += 4
            default: output.append(text[i + 1])
            }
            i += 2
        }
    }

    /// Appends `bytes` as a quoted JSON string. Invalid UTF-8 is refused with `false` and nothing is appended; where it
    /// is `repairing`, each byte of it becomes U+FFFD.
    static func encode(
        _ bytes: UnsafeRawBufferPointer, into output: inout ByteBuffer, repairing: Bool = false
    ) -> Bool {
        let before = output.count
        output.append(UInt8(ascii: "\""))
        if let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) {
            let end = start + bytes.count
            var p = start
            while p < end {
                let special = vh_scan_string(start, p, end).unsafelyUnwrapped
                output.append(p, count: special - p)
                if special == end { break }
                if special.pointee < 0x80 {
                    append(escaped: special.pointee, to: &output)
                    p = special + 1
                } else {
                    let length = UTF8Check.sequenceLength(special, end)
                    if length > 0 {
                        output.append(special, count: length)
                        p = special + length
                    } else if repairing {
                        output.append("\u{FFFD}")
                        p = special + 1
                    } else {
                        output.removeLast(output.count - before)
                        return false
                    }
                }
            }
        }
        output.append(UInt8(ascii: "\""))
        return true
    }

    /// Appends a quote, a backslash or a control character.
    private static func append(escaped byte: UInt8, to output: inout ByteBuffer) {
        switch byte {
        case UInt8(ascii: "\""): output.append("\\\"")
        case UInt8(ascii: "\\"): output.append("\\\\")
        case 0x08: output.append("\\b")
        case 0x0C: output.append("\\f")
        case 0x0A: output.append("\\n")
        case 0x0D: output.append("\\r")
        case 0x09: output.append("\\t")
        default:
            output.append("\\u00")
            output.append(hexDigit(byte >> 4))
            output.append(hexDigit(byte & 15))
        }
    }

    /// The UTF-16 unit that four hexadecimal digits spell.
    static func hexUnit(_ p: UnsafePointer<UInt8>) -> UInt32? {
        var unit: UInt32 = 0
        for i in 0..<4 {
            let digit: UInt8
            switch p[i] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = p[i] - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = p[i] - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = p[i] - UInt8(ascii: "A") + 10
            default: return nil
            }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func append(scalar: UInt32, to output: inout ByteBuffer) {
        switch scalar {
        case 0..<0x80:
            output.append(UInt8(scalar))
        case 0..<0x800:
            output.append(UInt8(0xC0 | scalar >> 6))
            output.append(UInt8(0x80 | scalar & 0x3F))
        case 0..<0x10000:
            output.append(UInt8(0xE0 | scalar >> 12))
            output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            output.append(UInt8(0x80 | scalar & 0x3F))
        default:
            output.append(UInt8(0xF0 | scalar >> 18))
            output.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            output.append(UInt8(0x80 | scalar & 0x3F))
        }
    }
}
