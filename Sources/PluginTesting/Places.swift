// Places that Lua puts in front of messages: `file:line: `.

/// A limit may be reached in the parts of the harness and the sandbox that are Lua; their lines tell nobody anything.
func withoutInnerPlace(_ message: String) -> String {
    for part in ["harness", "prelude"] where message.hasPrefix(part) {
        let start = message.utf8.index(message.startIndex, offsetBy: part.utf8.count)
        if let end = endOfLine(in: message, at: start) { return String(message[end...]) }
    }
    return message
}

/// Whether the first line of a message names a place.
func hasPlace(_ message: String) -> Bool {
    let line = message.utf8.prefix { $0 != UInt8(ascii: "\n") }
    return line.indices.dropFirst().contains { endOfLine(in: message, at: $0) != nil }
}

/// Where `:12: ` at `start` ends; nil where there is none.
private func endOfLine(in message: String, at start: String.Index) -> String.Index? {
    let text = message.utf8[start...]
    guard text.first == UInt8(ascii: ":") else { return nil }
    let digits = text.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let rest = text[digits.endIndex...]
    guard !digits.isEmpty, rest.starts(with: ": ".utf8) else { return nil }
    return rest.index(rest.startIndex, offsetBy: 2)
}
