/// Well-formed UTF-8 after RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
public enum UTF8Check {
    /// The length of the well-formed sequence at `p`, or 0 where there is none.
    @inline(__always)
    public static func sequenceLength(_ p: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int {
        let lead = p.pointee
        if lead < 0x80 { return 1 }
        if lead < 0xC2 { return 0 }
        if lead < 0xE0 { return end - p >= 2 && p[1] & 0xC0 == 0x80 ? 2 : 0 }
        if lead < 0xF0 {
            guard end - p >= 3, p[1] & 0xC0 == 0x80, p[2] & 0xC0 == 0x80 else { return 0 }
            if lead == 0xE0, p[1] < 0xA0 { return 0 }
            if lead == 0xED, p[1] >= 0xA0 { return 0 }
            return 3
        }
        guard lead < 0xF5, end - p >= 4, p[1] & 0xC0 == 0x80, p[2] & 0xC0 == 0x80, p[3] & 0xC0 == 0x80 else {
            return 0
        }
        if lead == 0xF0, p[1] < 0x90 { return 0 }
        if lead == 0xF4, p[1] >= 0x90 { return 0 }
        return 4
    }

    /// Whether all of `bytes` is well-formed.
    public static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
        let end = start + bytes.count
        var p = start
        while p < end {
            let length = sequenceLength(p, end)
            if length == 0 { return false }
            p += length
        }
        return true
    }
}
