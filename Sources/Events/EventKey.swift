/// What an event is found by: 128 bits of a hash of its `source` and `id`, keyed with a store's own key.
public struct EventKey: Hashable, Comparable, Sendable {
    /// Half of the bits, by which a store's quarantine finds the event.
    public let number: Int64
    public let check: Int64

    public init(number: Int64, check: Int64) {
        self.number = number
        self.check = check
    }

    public static func < (a: EventKey, b: EventKey) -> Bool {
        a.number != b.number ? a.number < b.number : a.check < b.check
    }
}
