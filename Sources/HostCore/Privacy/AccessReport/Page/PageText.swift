/// How values and times are shown to people.
enum PageText {
    static let longestValue = 160

    static func value(_ text: String) -> String {
        text.isEmpty ? "(nothing)" : text.shown(atMost: longestValue)
    }

    /// To the minute.
    static func time(_ seconds: Int64?) -> String {
        guard let seconds, seconds != .min, seconds != .max else { return "unknown" }
        let text = seconds.timeText
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }

    static func day(_ seconds: Int64?) -> String {
        String(time(seconds).prefix { $0 != " " })
    }

    /// From the first day to the last one.
    static func days(_ first: Int64, _ last: Int64) -> String {
        if first == .max { return "at an unknown time" }
        let (from, to) = (day(first), day(last))
        return from == to ? "on \(from)" : "from \(from) to \(to)"
    }
}
