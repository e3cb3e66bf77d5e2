extension Int {
    /// How many there are of what `noun` names: `1 event`, `1,234 events`.
    package func counted(_ noun: String) -> String {
        "\(grouped) \(noun)" + (self == 1 ? "" : "s")
    }

    /// Decimal digits in groups of three: `1,234,567`.
    package var grouped: String {
        var digits = String(magnitude)
        var end = digits.count - 3
        while end > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: end))
            end -= 3
        }
        return (self < 0 ? "-" : "") + digits
    }
}
