internal import CBridge
internal import Events

/// Walks over values as Lua states keep them (vh_state.h), without Lua. Whatever the bytes are, it ends.
package struct StateCursor {
    package enum Value {
        case boolean(Bool)
        case integer(Int64)
        case double(Double)
        case string(UnsafeRawBufferPointer)
        /// A table of so many keys and values, or of so many values, which follow.
        case map(Int)
        case array(Int)
        /// json.null
        case null
        /// A sketch, by its bytes.
        case sketch(UnsafeRawBufferPointer)
    }

    /// Tables lie in each other no deeper.
    package static let deepest = 16

    private let bytes: UnsafeRawBufferPointer
    /// Where the next value begins.
    package private(set) var place = 0

    package init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The next value; nil at the end, and where there is none.
    package mutating func next() -> Value? {
        guard place < bytes.count else { return nil }
        let tag = bytes[place]
        place += 1
        switch UInt32(tag) {
        case 0..<VH_STATE_SHORT_STRING.rawValue: return .integer(Int64(tag))
        case VH_STATE_SHORT_STRING.rawValue..<VH_STATE_SMALL_MAP.rawValue: return string(UInt64(tag & 31))
        case VH_STATE_SMALL_MAP.rawValue..<VH_STATE_SMALL_ARRAY.rawValue: return .map(Int(tag & 15))
        case VH_STATE_SMALL_ARRAY.rawValue..<VH_STATE_FALSE_VALUE.rawValue: return .array(Int(tag & 15))
        case VH_STATE_FALSE_VALUE.rawValue: return .boolean(false)
        case VH_STATE_TRUE_VALUE.rawValue: return .boolean(true)
        case VH_STATE_NULL_VALUE.rawValue: return .null
        case VH_STATE_INTEGER.rawValue: return bytes.number(at: &place).map { .integer(Int64(bitPattern: $0)) }
        case VH_STATE_NEGATIVE_INTEGER.rawValue:
            return bytes.number(at: &place).map { .integer(-1 &- Int64(bitPattern: $0)) }
        case VH_STATE_FLOAT.rawValue:
            return bytes.bytes(4, at: &place).map {
                .double(Double(Float(bitPattern: UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)))))
            }
        case VH_STATE_DOUBLE.rawValue:
            return bytes.bytes(8, at: &place).map {
                .double(Double(bitPattern: UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self))))
            }
        case VH_STATE_STRING.rawValue: return bytes.number(at: &place).flatMap { string($0) }
        case VH_STATE_MAP.rawValue: return size.map { .map($0) }
        case VH_STATE_ARRAY.rawValue: return size.map { .array($0) }
        case VH_STATE_SKETCH.rawValue:
            return bytes.number(at: &place).flatMap { bytes.bytes($0, at: &place) }.map { .sketch($0) }
        default: return nil
        }
    }

    /// Passes what follows a value that was read: all that is in it. False where there is less than it says.
    mutating func skip(after value: Value, depth: Int = 0) -> Bool {
        let count =
            switch value {
            case .map(let count): 2 * count
            case .array(let count): count
            default: 0
            }
        if count == 0 { return true }
        if depth >= Self.deepest { return false }
        for _ in 0..<count {
            guard let inner = next(), skip(after: inner, depth: depth + 1) else { return false }
        }
        return true
    }

    private mutating func string(_ length: UInt64) -> Value? {
        bytes.bytes(length, at: &place).map { .string($0) }
    }

    /// No more than there are bytes.
    private var size: Int? {
        mutating get {
            bytes.number(at: &place).flatMap { $0 <= UInt64(bytes.count) ? Int($0) : nil }
        }
    }
}
