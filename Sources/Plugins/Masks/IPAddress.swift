/// An IPv4 or IPv6 address read from text, strictly: no octal, no short forms.
enum IPAddress {
    /// Reads four decimal octets; returns where they end, or nil.
    ///
    /// `lastOctet` is set to where the fourth octet starts, which is all that masking needs.
    @inline(__always)
    static func endOfIPv4(_ text: MaskedBytes, from start: Int, lastOctet: inout Int) -> Int? {
        var index = start
        for octet in 0..<4 {
            if octet > 0 {
                guard text[index] == 0x2e else { return nil }
                index &+= 1
            }
            lastOctet = index
            guard text[index].isDigit else { return nil }
            var value = Int(text[index] &- 0x30)
            index &+= 1
            if value != 0 {
                while index &- lastOctet < 3, text[index].isDigit {
                    value = value &* 10 &+ Int(text[index] &- 0x30)
                    index &+= 1
                }
            }
            guard value <= 255, !text[index].isDigit else { return nil }
        }
        return index
    }

    /// Reads an IPv6 address that starts at `start` and must end at `end`, without zone or brackets.
    static func ipv6(_ text: MaskedBytes, from start: Int, to end: Int) -> IPv6? {
        guard end - start >= 2, end - start <= 45 else { return nil }
        var address = IPv6()
        var filled = 0
        var gap: Int?
        var index = start
        if text[index] == 0x3a {
            guard text[index + 1] == 0x3a else { return nil }
            gap = 0
            index += 2
        }
        while index < end {
            guard filled < 8 else { return nil }
            let groupStart = index
            var value: UInt16 = 0
            while index < end, index - groupStart < 4, let digit = text[index].hexValue {
                value = value << 4 | UInt16(digit)
                index += 1
            }
            guard index > groupStart else { return nil }
            if index < end, text[index] == 0x2e {
                guard filled <= 6, let dotted = dotted(text, from: groupStart, to: end) else { return nil }
                address[filled] = UInt16(truncatingIfNeeded: dotted >> 16)
                address[filled + 1] = UInt16(truncatingIfNeeded: dotted)
                filled += 2
                break
            }
            address[filled] = value
            filled += 1
            guard index < end else { break }
            guard text[index] == 0x3a, index + 1 < end else { return nil }
            index += 1
            if text[index] == 0x3a {
                guard gap == nil else { return nil }
                gap = filled
                index += 1
            }
        }
        guard let gap else { return filled == 8 ? address : nil }
        guard filled < 8 else { return nil }
        address.open(at: gap, filled: filled)
        return address
    }

    private static func dotted(_ text: MaskedBytes, from start: Int, to end: Int) -> UInt32? {
        var lastOctet = 0
        guard endOfIPv4(text, from: start, lastOctet: &lastOctet) == end else { return nil }
        var whole: UInt32 = 0
        var octet: UInt32 = 0
        for index in start..<end {
            if text[index] == 0x2e {
                whole = whole << 8 | octet
                octet = 0
            } else {
                octet = octet * 10 + UInt32(text[index] - 0x30)
            }
        }
        return whole << 8 | octet
    }
}

/// The eight groups of an IPv6 address, and their canonical text.
struct IPv6 {
    private var high: UInt64 = 0
    private var low: UInt64 = 0

    subscript(group: Int) -> UInt16 {
        get {
            let half = group < 4 ? high : low
            return UInt16(truncatingIfNeeded: half >> UInt64(48 - 16 * (group & 3)))
        }
        set {
            let shift = UInt64(48 - 16 * (group & 3))
            let cleared = ~(UInt64(0xffff) << shift)
            if group < 4 {
                high = high & cleared | UInt64(newValue) << shift
            } else {
                low = low & cleared | UInt64(newValue) << shift
            }
        }
    }

    /// Moves the groups from `gap` to the end, for the zeros that `::` stands for.
    mutating func open(at gap: Int, filled: Int) {
        let moved = filled - gap
        for offset in 0..<moved {
            let from = filled - 1 - offset
            let value = self[from]
            self[from] = 0
            self[7 - offset] = value
        }
    }

    /// `::ffff:a.b.c.d`, an IPv4 address in IPv6 clothes.
    var isMappedIPv4: Bool {
        high == 0 && low >> 32 == 0xffff
    }

    /// The first 48 bits. Of a mapped IPv4 address its first three octets, and of a 6to4 address (2002::/16), which
    /// carries an IPv4 address in those 48 bits, likewise.
    var masked: IPv6 {
        var masked = self
        if isMappedIPv4 {
            masked.low &= ~0xff
            return masked
        }
        masked.low = 0
        masked.high &= self[0] == 0x2002 ? 0xffff_ffff_ff00_0000 : 0xffff_ffff_ffff_0000
        return masked
    }

    /// RFC 5952: small hex digits, no leading zeros, the first longest run of two or more zero groups as `::`.
    func append(to output: inout [UInt8]) {
        if isMappedIPv4 {
            Mask.append("::ffff:", to: &output)
            for octet in 0..<4 {
                if octet > 0 { output.append(0x2e) }
                Self.appendDecimal(UInt8(truncatingIfNeeded: low >> UInt64(24 - 8 * octet)), to: &output)
            }
            return
        }
        let zeros = longestZeros
        var group = 0
        while group < 8 {
            if group == zeros.lowerBound, !zeros.isEmpty {
                output.append(0x3a)
                output.append(0x3a)
                group = zeros.upperBound
                continue
            }
            if group > 0, group != zeros.upperBound || zeros.isEmpty { output.append(0x3a) }
            Self.appendHex(self[group], to: &output)
            group += 1
        }
    }

    private var longestZeros: Range<Int> {
        var longest = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, self[end] == 0 { end += 1 }
            if end - start >= 2, end - start > longest.count { longest = start..<end }
            start = end + 1
        }
        return longest
    }

    private static func appendHex(_ value: UInt16, to output: inout [UInt8]) {
        var shift: UInt16 = 12
        while shift > 0, value >> shift == 0 { shift -= 4 }
        while true {
            let digit = UInt8(value >> shift & 15)
            output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
            if shift == 0 { return }
            shift -= 4
        }
    }

    private static func appendDecimal(_ value: UInt8, to output: inout [UInt8]) {
        if value >= 100 { output.append(0x30 + value / 100) }
        if value >= 10 { output.append(0x30 + value / 10 % 10) }
        output.append(0x30 + value % 10)
    }
}
