internal import Events

extension Int64 {
    /// The seconds since 1970 that an RFC 3339 date-time names; nil where the text is none.
    public init?(rfc3339 text: String) {
        guard let time = Array(text.utf8).withUnsafeBytes({ Timestamp.microseconds(of: $0) }) else { return nil }
        self = Self((Double(time) / 1e6).rounded(.down))
    }

    /// Seconds since 1970 as RFC 3339 text in UTC; what lies before that or behind the year 9999 is shown as those.
    public var timeText: String {
        let earliest: Int64 = 0
        let latest: Int64 = 253_402_300_799
        return String(decoding: Timestamp.text(ofSeconds: Swift.min(Swift.max(self, earliest), latest)), as: UTF8.self)
    }
}
