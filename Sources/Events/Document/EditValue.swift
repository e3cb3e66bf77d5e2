/// A scalar or a JSON text, as an edit puts it into an event.
public enum EditValue {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(UnsafeRawBufferPointer)
    /// The text of a whole JSON value.
    case json(UnsafeRawBufferPointer)
}

extension ByteBuffer {
    /// Appends the value's JSON text.
    public mutating func append(_ value: EditValue) throws(EditError) {
        switch value {
        case .null: append("null")
        case .boolean(let flag): append(flag ? "true" : "false")
        case .integer(let integer): append(decimal: integer)
        case .number(let number):
            guard number.isFinite else { throw .notFinite }
            append(shortest: number)
        case .string(let bytes):
            guard append(quoted: bytes) else { throw .invalidUTF8 }
        case .json(let bytes): append(bytes)
        }
    }
}

extension EditValue {
    /// The bytes of a string, those of a JSON text as they are written there; nil for other values.
    var plainString: UnsafeRawBufferPointer? {
        switch self {
        case .string(let text): text
        case .json(let text) where text.count >= 2 && text[0] == UInt8(ascii: "\""):
            UnsafeRawBufferPointer(rebasing: text[1..<(text.count - 1)])
        default: nil
        }
    }

    var kind: UInt8 {
        switch self {
        case .null: NodeKind.null.rawValue
        case .boolean(let flag): flag ? NodeKind.true.rawValue : NodeKind.false.rawValue
        case .integer, .number: NodeKind.number.rawValue
        case .string: NodeKind.string.rawValue
        case .json(let text):
            switch text.first {
            case UInt8(ascii: "{"): NodeKind.object.rawValue
            case UInt8(ascii: "["): NodeKind.array.rawValue
            case UInt8(ascii: "\""): NodeKind.string.rawValue
            case UInt8(ascii: "t"): NodeKind.true.rawValue
            case UInt8(ascii: "f"): NodeKind.false.rawValue
            case UInt8(ascii: "n"): NodeKind.null.rawValue
            default: NodeKind.number.rawValue
            }
        }
    }
}
