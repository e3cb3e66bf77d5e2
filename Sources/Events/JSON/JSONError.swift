/// Why a text is no JSON value that this codec takes, and at which byte.
public struct JSONError: Error, Equatable, Sendable {
    public enum Code: UInt8, Sendable {
        case unexpectedEnd
        case unexpectedByte
        case invalidNumber
        case invalidEscape
        case controlCharacter
        case invalidUTF8
        case duplicateKey
        case tooDeep
        case tooLarge
        case trailingBytes
    }

    public let code: Code
    /// Offset in bytes from the start of the text.
    public let offset: Int

    public init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }

    /// Whether the text may well be JSON, but is more than one event may have.
    var isTooMuch: Bool {
        code == .tooDeep || code == .tooLarge
    }

    /// One sentence for people; it names no place, the caller knows file and line.
    public var message: String {
        switch code {
        case .unexpectedEnd: "the JSON text ends early (half a line?)"
        case .unexpectedByte: "unexpected character in JSON"
        case .invalidNumber: "not a JSON number"
        case .invalidEscape: "not a JSON escape sequence"
        case .controlCharacter: "unescaped control character in a JSON string"
        case .invalidUTF8: "invalid UTF-8"
        case .duplicateKey: "the same key twice in one object"
        case .tooDeep: "nested deeper than \(JSONLimits.depth) levels"
        case .tooLarge: "more than \(JSONLimits.bytes) bytes or \(JSONLimits.members) members in one object"
        case .trailingBytes: "text after the JSON value"
        }
    }
}

/// What the codec refuses as too much for one event.
public enum JSONLimits {
    /// Nested objects and arrays.
    public static let depth = 64
    /// Bytes of one event's text.
    public static let bytes = 1 << 20
    /// Members of one object.
    public static let members = 1024
}
