internal import Events

/// What archives write in their cells, read as the values of event fields. Nil where a cell does not hold such a value.
extension Cell {
    /// A date, or a date and a time, as RFC 3339 text: `2024-03-01 20:15:00` (taken as UTC), `2024-03-01T20:15:00+01:00`,
    /// `2024-03-01 20:15:00 UTC`, `2024-03-01`.
    var timestamp: [UInt8]? {
        var text: [UInt8] = []
        text.reserveCapacity(count + 10)
        text += self
        if hasSuffix(" UTC") { text.removeLast(4) }
        if text.count == 10 { text += " 00:00:00".utf8 }
        guard text.count >= 16, text[10] == UInt8(ascii: " ") || text[10] | 0x20 == UInt8(ascii: "t") else {
            return nil
        }
        text[10] = UInt8(ascii: "T")
        if text.count == 16 { text += ":00".utf8 }
        let hasZone = text[16...].contains {
            $0 | 0x20 == UInt8(ascii: "z") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
        }
        if !hasZone { text.append(UInt8(ascii: "Z")) }
        return text.withUnsafeBytes { Timestamp.microseconds(of: $0) } == nil ? nil : text
    }

    /// `01:02:03`, `2:03` or `123` in seconds.
    var seconds: Int? {
        var total = 0
        var parts = 0
        var start = startIndex
        while start <= endIndex {
            let end = self[start...].firstIndex(of: UInt8(ascii: ":")) ?? endIndex
            let part = self[start..<end]
            guard parts < 3, let value = part.wholeNumber, parts == 0 || part.count == 2 && value < 60 else {
                return nil
            }
            total = total * 60 + value
            parts += 1
            start = end + 1
        }
        return total
    }

    /// A whole number of up to seven digits, which are hours enough for any player.
    var wholeNumber: Int? {
        guard (1...7).contains(count) else { return nil }
        var value = 0
        for byte in self {
            guard byte &- UInt8(ascii: "0") <= 9 else { return nil }
            value = value * 10 + Int(byte &- UInt8(ascii: "0"))
        }
        return value
    }

    var boolean: Bool? {
        let word = normalised[...]
        let yes: [StaticString] = ["yes", "y", "true", "1", "on", "opted in", "subscribed", "enabled"]
        let no: [StaticString] = ["no", "n", "false", "0", "off", "opted out", "unsubscribed", "disabled"]
        if yes.contains(where: { word.equals($0) }) { return true }
        return no.contains(where: { word.equals($0) }) ? false : nil
    }

    /// A number as JSON writes it (RFC 8259 §6). A decimal comma becomes a point.
    var number: [UInt8]? {
        var text = Array(self)
        if let comma = text.firstIndex(of: UInt8(ascii: ",")), text.count - comma <= 3 {
            text[comma] = UInt8(ascii: ".")
        }
        var digits = text[...]
        if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first, whole.count < 16,
            whole.count == 1 || whole.first != UInt8(ascii: "0"),
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 } })
        else { return nil }
        return text
    }
}
