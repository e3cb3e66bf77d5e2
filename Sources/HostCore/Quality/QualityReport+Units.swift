internal import Foundation

extension QualityReport.Unit {
    /// What is shown where there is no number.
    static let none = "–"

    /// A number with its unit: `1,234`, `1,234 ms`, `12.3 s`, `2 h 5 min`, `45.1 %`.
    func text(_ number: Double?) -> String {
        guard let number, number.isFinite else { return Self.none }
        switch self {
        case .count: return Self.plain(number)
        case .milliseconds: return (abs(number) < 10 ? Self.plain(number) : Self.rounded(number)) + " ms"
        case .seconds: return (number < 0 ? "-" : "") + Self.duration(abs(number))
        case .share: return Self.percent(number * 100) + " %"
        }
    }

    /// A round number on an axis with its unit: without the zeros that ``text(_:)`` has for numbers below each other.
    func mark(_ number: Double) -> String {
        switch self {
        case .count, .milliseconds: text(number)
        case .seconds: number < 60 ? Self.plain(number) + " s" : text(number)
        case .share: Self.plain(number * 100) + " %"
        }
    }

    /// Without a fraction where it is large or has none, else with two or three digits that count.
    private static func plain(_ number: Double) -> String {
        if abs(number) >= 999.95 || number == number.rounded() { return rounded(number) }
        if abs(number) >= 0.1 { return trimmed(decimal(number, abs(number) < 10 ? 2 : 1)) }
        return String(format: "%.2g", number)
    }

    private static func rounded(_ number: Double) -> String {
        Int(exactly: number.rounded())?.grouped ?? String(format: "%.3g", number)
    }

    private static func duration(_ seconds: Double) -> String {
        if seconds < 59.95 { return decimal(seconds, 1) + " s" }
        guard let whole = Int(exactly: seconds.rounded()) else { return rounded(seconds / 3600) + " h" }
        if whole < 3600 { return "\(whole / 60) min" + (whole % 60 == 0 ? "" : " \(whole % 60) s") }
        let minutes = (whole + 30) / 60
        if minutes >= 6000 { return ((minutes + 30) / 60).grouped + " h" }
        return "\(minutes / 60) h" + (minutes % 60 == 0 ? "" : " \(minutes % 60) min")
    }

    private static func percent(_ percent: Double) -> String {
        switch abs(percent) {
        case 0: "0"
        case ..<0.01: "<0.01"
        case ..<0.995: decimal(percent, 2)
        case ..<999.95: decimal(percent, 1)
        default: percent.isFinite ? rounded(percent) : none
        }
    }

    private static func decimal(_ number: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", number)
    }

    /// Without the zeros at the end of a decimal fraction.
    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        let digits = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(digits.reversed())
    }
}
