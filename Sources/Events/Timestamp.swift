/// RFC 3339 date-times as microseconds since 1970-01-01T00:00:00Z, in the proleptic Gregorian calendar.
public enum Timestamp {
    /// The instant that `text` names, or nil where it is no RFC 3339 date-time. Digits past microseconds are cut off;
    /// a leap second counts as the second after it.
    public static func microseconds(of text: UnsafeRawBufferPointer) -> Int64? {
        guard text.count >= 20, let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self),
            bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":")
        else { return nil }
        var wrong = false
        let year = number(bytes, 0, &wrong) &* 100 &+ number(bytes, 2, &wrong)
        let month = number(bytes, 5, &wrong)
        let day = number(bytes, 8, &wrong)
        let hour = number(bytes, 11, &wrong)
        let minute = number(bytes, 14, &wrong)
        let second = number(bytes, 17, &wrong)
        if wrong { return nil }
        guard (1...12).contains(month), day >= 1, day <= daysIn(month: month, of: year), hour < 24, minute < 60,
            second <= 60
        else { return nil }

        var position = 19
        var fraction: Int64 = 0
        if text[position] == UInt8(ascii: ".") {
            position += 1
            var unit: Int64 = 100_000
            let first = position
            while position < text.count, let digit = digit(text[position]) {
                fraction += Int64(digit) * unit
                unit /= 10
                position += 1
            }
            if position == first { return nil }
        }
        guard position < text.count, let offset = offsetSeconds(text, position) else { return nil }
        let seconds =
            Int64(days(year: year, month: month, day: day)) * 86400
            + Int64(hour * 3600 + minute * 60 + second) - offset
        return seconds * 1_000_000 + fraction
    }

    /// Days since 1970-01-01 (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil).
    public static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Days of a month of the Gregorian calendar.
    public static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// An instant in whole seconds since 1970 as RFC 3339 text in UTC (Hinnant's civil_from_days). `seconds` must not be
    /// negative, nor past the year 9999.
    public static func text(ofSeconds seconds: Int64) -> String {
        let shifted = Int(seconds / 86400) + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let second = Int(seconds % 86400)
        return "\(year)-\(two(month))-\(two(day))T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
    }

    private static func two(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }

    private static func offsetSeconds(_ text: UnsafeRawBufferPointer, _ position: Int) -> Int64? {
        if text[position] | 0x20 == UInt8(ascii: "z") { return position + 1 == text.count ? 0 : nil }
        guard position + 6 == text.count, text[position + 3] == UInt8(ascii: ":"),
            let hours = twoDigits(text, position + 1), let minutes = twoDigits(text, position + 4),
            hours < 24, minutes < 60
        else { return nil }
        let seconds = Int64(hours * 3600 + minutes * 60)
        switch text[position] {
        case UInt8(ascii: "+"): return seconds
        case UInt8(ascii: "-"): return -seconds
        default: return nil
        }
    }

    /// The number of two digits at `position`; says where they are none.
    @inline(__always)
    private static func number(_ text: UnsafePointer<UInt8>, _ position: Int, _ wrong: inout Bool) -> Int {
        let tens = text[position] &- UInt8(ascii: "0")
        let ones = text[position &+ 1] &- UInt8(ascii: "0")
        wrong = wrong || tens > 9 || ones > 9
        return Int(tens) &* 10 &+ Int(ones)
    }

    @inline(__always)
    private static func twoDigits(_ text: UnsafeRawBufferPointer, _ position: Int) -> Int? {
        guard let tens = digit(text[position]), let ones = digit(text[position + 1]) else { return nil }
        return tens * 10 + ones
    }

    @inline(__always)
    private static func digit(_ byte: UInt8) -> Int? {
        let value = byte &- UInt8(ascii: "0")
        return value <= 9 ? Int(value) : nil
    }
}
