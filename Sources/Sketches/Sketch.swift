/// A summary of many values in few bytes. Two of a kind are merged to what one of all their values would be, and its
/// bytes are the same in every home that the engine has.
public protocol Sketch {
    /// Bytes that it holds, about.
    var memory: Int { get }

    /// Takes in what `other` has seen; throws, and changes nothing, where the two are not alike or have seen too much.
    mutating func merge(_ other: Self) throws(SketchError)

    /// Appends its bytes, the first of which is its ``SketchKind``. The same values give the same bytes.
    func encode(into bytes: inout [UInt8])

    /// The sketch that ``encode(into:)`` wrote; nil where these are not exactly its bytes.
    init?(decoding bytes: UnsafeRawBufferPointer)
}

/// What a sketch's bytes begin with: which sketch it is, and in the lower digit the version of its form.
public enum SketchKind: UInt8, Sendable {
    case quantiles = 0x11
    case distinct = 0x21
    case top = 0x31

    /// What `bytes` say that they are; nil where that is no sketch, or one of another version.
    public init?(of bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return nil }
        self.init(rawValue: first)
    }
}

/// Why a sketch did not take something. It is then what it was before.
public enum SketchError: Error, Equatable, Sendable {
    /// A value is no finite number.
    case notFinite
    /// A value is to count less than once.
    case countOutOfRange
    /// A text is longer than ``TopSketch/longestText``.
    case textTooLong
    /// More would be counted than an `Int64` holds.
    case tooMany
    /// The two sketches were made with another accuracy, or another number of counters.
    case unlike
}
