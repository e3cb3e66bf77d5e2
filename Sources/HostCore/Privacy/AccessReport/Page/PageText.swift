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

    /// Articles in words that tell what they are.
    static func articles(_ articles: [String]) -> String {
        articles.map { article in
            switch article {
            case "6(1)(a)": "your consent (Art. 6(1)(a))"
            case "6(1)(b)": "our contract with you (Art. 6(1)(b))"
            case "6(1)(c)": "a legal duty (Art. 6(1)(c))"
            case "6(1)(f)": "our legitimate interest, until you object (Art. 6(1)(f))"
            case "9(2)(a)": "your explicit consent, for it is sensitive (Art. 9(2)(a))"
            default: "Art. \(article)"
            }
        }.joined(separator: "; ")
    }
}
