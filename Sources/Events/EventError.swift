/// Why a text is no event.
public enum EventError: Error, Equatable, Sendable {
    /// The text is not JSON, or more than the codec takes.
    case json(JSONError)
    /// The text is JSON, but `field` is not what CloudEvents 1.0 or the type's schema want there.
    case invalid(field: String, expected: StaticText, offset: Int)

    /// Offset in bytes from the start of the event's text.
    public var offset: Int {
        switch self {
        case .json(let error): error.offset
        case .invalid(_, _, let offset): offset
        }
    }

    /// What is wrong, without the place.
    public var message: String {
        switch self {
        case .json(let error): error.message
        case .invalid(let field, let expected, _): "'\(field)' must be \(expected.text)"
        }
    }
}

/// A static string that can be compared.
public struct StaticText: Equatable, Sendable {
    public let text: StaticString

    public init(_ text: StaticString) {
        self.text = text
    }

    public static func == (a: StaticText, b: StaticText) -> Bool {
        Bytes.equal(a.text.rawBytes, b.text)
    }
}
