/// A plugin that folds the log, and how far it has come.
public struct StoredFold: Equatable, Sendable {
    /// The number that its entries and groups have. A plugin that begins anew gets another one.
    public internal(set) var number: Int64
    public let kind: String
    public let name: String
    public let version: String
    /// Of all that its states depend on: a plugin with another one begins anew.
    public let fingerprint: [UInt8]
    /// The last place of the log that it has folded.
    public var position: Int64 = 0
    /// The latest time of the events that were folded, in seconds since 1970; nil where there is none.
    public var clock: Int64?
    /// Calls of the plugin, and how many of them failed.
    public var calls = 0
    public var failures = 0
    /// What went wrong first.
    public var failure: String?
    /// Whether the plugin failed so often that it is not called any more.
    public var isTakenOut = false
    /// When its audience was published, in seconds since 1970 of the clock that all its folds have.
    public internal(set) var publishedAt: Int64?
    /// How many viewers are in its published audience.
    public internal(set) var audience = 0

    /// A plugin that has folded nothing yet.
    public init(kind: String, name: String, version: String, fingerprint: [UInt8]) {
        number = 0
        self.kind = kind
        self.name = name
        self.version = version
        self.fingerprint = fingerprint
    }
}
