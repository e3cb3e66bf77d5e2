internal import Events

/// The text of one field, in UTF-8.
typealias Cell = ArraySlice<UInt8>

extension Cell {
    init(_ text: StaticString) {
        self = Array(text.rawBytes)[...]
    }

    /// Without white space at either end.
    var trimmed: Cell {
        var cell = self
        while let first = cell.first, first <= 0x20 { cell.removeFirst() }
        while let last = cell.last, last <= 0x20 { cell.removeLast() }
        return cell
    }

    func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && elementsEqual(text.rawBytes)
    }

    func hasSuffix(_ text: StaticString) -> Bool {
        suffix(text.utf8CodeUnitCount).elementsEqual(text.rawBytes)
    }

    func contains(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard count >= length else { return false }
        return (startIndex...(endIndex - length)).contains { self[$0..<($0 + length)].elementsEqual(text.rawBytes) }
    }

    /// A column's name as names are compared: ASCII in lower case, and one space for all that is no letter, digit or
    /// parenthesis.
    var normalised: [UInt8] {
        var name: [UInt8] = []
        for byte in self {
            let isUpper = byte &- UInt8(ascii: "A") < 26
            let lower = isUpper ? byte | 0x20 : byte
            let isWord =
                lower &- UInt8(ascii: "a") < 26 || lower &- UInt8(ascii: "0") < 10 || lower >= 0x80
                || lower == UInt8(ascii: "(") || lower == UInt8(ascii: ")")
            if isWord {
                name.append(lower)
            } else if let last = name.last, last != UInt8(ascii: " ") {
                name.append(UInt8(ascii: " "))
            }
        }
        if name.last == UInt8(ascii: " ") { name.removeLast() }
        return name
    }

    /// A column's name as the name of a field: `Game Handle` is `game_handle`.
    var snakeCase: [UInt8] {
        normalised.filter { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") }
            .map { $0 == UInt8(ascii: " ") ? UInt8(ascii: "_") : $0 }
    }
}

extension StaticString {
    /// Compares bytes where they lie; it is asked for every cell of every row, and names mostly differ at their ends.
    func equals(_ other: StaticString) -> Bool {
        let count = utf8CodeUnitCount
        guard count == other.utf8CodeUnitCount else { return false }
        if count == 0 { return true }
        return utf8Start[count - 1] == other.utf8Start[count - 1] && utf8Start[0] == other.utf8Start[0]
            && rawBytes.elementsEqual(other.rawBytes)
    }
}
