extension Mask {
    /// Appends the network of an IP address: IPv4 with its last octet zero (/24), IPv6 with its first 48 bits.
    ///
    /// IPv6 comes out in the canonical text of RFC 5952. A port, brackets and a zone (`fe80::1%eth0`) are accepted
    /// and left out, for they identify a host or a connection. `::ffff:203.0.113.77` becomes `::ffff:203.0.113.0`.
    @discardableResult
    public static func ip(_ value: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
        let text = MaskedBytes(value)
        var lastOctet = 0
        if let end = IPAddress.endOfIPv4(text, from: 0, lastOctet: &lastOctet), isEndOrPort(text, at: end) {
            output.append(contentsOf: UnsafeRawBufferPointer(rebasing: value[..<lastOctet]))
            output.append(0x30)
            return true
        }
        return otherIP(text, into: &output)
    }

    private static func otherIP(_ text: MaskedBytes, into output: inout [UInt8]) -> Bool {
        let trimmed = text.trimmed
        if trimmed.count < text.count { return ip(trimmed.bytes, into: &output) }
        var start = 0
        var end = text.count
        if text[0] == 0x5b {
            start = 1
            end = 1
            while end < text.count, end < 128, text[end] != 0x5d { end += 1 }
            guard text[end] == 0x5d, isEndOrPort(text, at: end + 1) else { return redact(into: &output) }
        }
        guard let address = IPAddress.ipv6(text, from: start, to: endBeforeZone(text, from: start, to: end)) else {
            return redact(into: &output)
        }
        address.masked.append(to: &output)
        return true
    }

    @inline(__always)
    private static func isEndOrPort(_ text: MaskedBytes, at index: Int) -> Bool {
        if index == text.count { return true }
        guard text[index] == 0x3a else { return false }
        let digits = text.count - index - 1
        guard digits >= 1, digits <= 5 else { return false }
        for position in (index + 1)..<text.count where !text[position].isDigit { return false }
        return true
    }

    private static func endBeforeZone(_ text: MaskedBytes, from start: Int, to end: Int) -> Int {
        var index = start
        while index < end, index - start <= 45 {
            if text[index] == 0x25, index + 1 < end { return index }
            index += 1
        }
        return end
    }
}
