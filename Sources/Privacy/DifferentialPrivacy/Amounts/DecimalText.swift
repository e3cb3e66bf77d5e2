/// A decimal number as somebody wrote it, read without going through a binary fraction: `0.25`, `3`, `1e-6`.
enum DecimalText {
    /// More digits than any amount has.
    private static let mostDigits = 40

    /// How many of `10^-places` the text stands for; nil where it is no number that is a whole multiple of that, is negative, or is
    /// more than an `Int` holds.
    static func units(of text: String, places: Int) -> Int? {
        guard let (written, exponent) = parts(of: text) else { return nil }
        var digits = written.drop { $0 == 0 }
        if digits.isEmpty { return 0 }
        var shift = exponent + places
        while shift < 0, digits.last == 0 {
            digits.removeLast()
            shift += 1
        }
        guard shift >= 0, digits.count + shift <= mostDigits else { return nil }
        var number = 0
        for digit in digits + Array(repeating: 0, count: shift) {
            let (tens, isTooMany) = number.multipliedReportingOverflow(by: 10)
            let (sum, isTooMuch) = tens.addingReportingOverflow(digit)
            if isTooMany || isTooMuch { return nil }
            number = sum
        }
        return number
    }

    /// `units` of `10^-places`, in the shortest way.
    static func text(of units: Int, places: Int) -> String {
        if units == 0 { return "0" }
        var digits = String(units.magnitude)
        var exponent = -places
        while exponent < 0, digits.last == "0" {
            digits.removeLast()
            exponent += 1
        }
        let sign = units < 0 ? "-" : ""
        // 0.00001 is read more easily as 1e-5, but 0.0001 is not.
        if -exponent - digits.count > 3 {
            let first = digits.removeFirst()
            let power = exponent + digits.count
            return "\(sign)\(first)\(digits.isEmpty ? "" : "." + digits)e\(power)"
        }
        if exponent == 0 { return sign + digits }
        let zeros = String(repeating: "0", count: max(0, 1 - exponent - digits.count))
        digits = zeros + digits
        return "\(sign)\(digits.dropLast(-exponent)).\(digits.suffix(-exponent))"
    }

    /// The digits without a point, and the power of ten of the last one.
    private static func parts(of text: String) -> (digits: [Int], exponent: Int)? {
        let halves = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        guard halves.count <= 2, let mantissa = halves.first else { return nil }
        var exponent = 0
        if halves.count == 2 {
            guard let power = Int(halves[1]), abs(power) <= mostDigits else { return nil }
            exponent = power
        }
        let sides = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        guard sides.count <= 2 else { return nil }
        let characters = sides.joined()
        guard !characters.isEmpty, characters.utf8.count <= mostDigits else { return nil }
        var digits: [Int] = []
        for byte in characters.utf8 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            digits.append(Int(byte - UInt8(ascii: "0")))
        }
        return (digits, exponent - (sides.count == 2 ? sides[1].utf8.count : 0))
    }
}
