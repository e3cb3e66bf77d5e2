/// RFC 3339 date-times as microseconds since 1970-01-01T00:00:00Z, in the proleptic Gregorian calendar.
public enum Timestamp {
    /// The month of the last date-time that was read: those of one stream mostly lie in the same.
    public struct Month: Sendable {
        /// The eight bytes of "2026-01-".
        fileprivate var text: UInt64 = 0
        /// Days from 1970-01-01 to the day before the month's first.
        fileprivate var daysBefore = 0
        fileprivate var length = 0

        public init() {}
    }

    /// The instant that `text` names, or nil where it is no RFC 3339 date-time. Digits past microseconds are cut off;
    /// a leap second counts as the second after it.
    public static func microseconds(of text: UnsafeRawBufferPointer) -> Int64? {
        var month = Month()
        return microseconds(of: text, near: &month)
    }

    /// An event's time, in microseconds, as whole seconds since 1970. Nil where it cannot be trusted, for the clock was more than five
    /// minutes ahead of the event's receipt, which is in seconds since 1970 and nil where it is not known.
    @inline(__always)
    package static func trustedSeconds(of microseconds: Int64, received: Int64?) -> Int64? {
        let seconds = microseconds >= 0 ? microseconds / 1_000_000 : (microseconds - 999_999) / 1_000_000
        if let received, seconds > received + 300 { return nil }
        return seconds
    }

    /// As ``microseconds(of:)``, and sooner where the date-time lies in `month`; it is that month afterwards.
    public static func microseconds(of text: UnsafeRawBufferPointer, near month: inout Month) -> Int64? {
        guard text.count >= 20, let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self),
            bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " ")
        else { return nil }
        let yearAndMonth = text.loadUnaligned(as: UInt64.self)
        if yearAndMonth != month.text {
            guard let other = self.month(bytes, yearAndMonth) else { return nil }
            month = other
        }
        var wrong = false
        let day = number(bytes, 8, &wrong)
        guard !wrong, day >= 1, day <= month.length, let second = secondOfDay(text) else { return nil }

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
        let seconds = Int64(month.daysBefore &+ day) * 86400 + Int64(second) - offset
        return seconds * 1_000_000 + fraction
    }

    /// The month that "2026-01-" names.
    private static func month(_ bytes: UnsafePointer<UInt8>, _ text: UInt64) -> Month? {
        var wrong = false
        let year = number(bytes, 0, &wrong) &* 100 &+ number(bytes, 2, &wrong)
        let number = number(bytes, 5, &wrong)
        guard !wrong, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), (1...12).contains(number) else {
            return nil
        }
        var month = Month()
        month.text = text
        month.daysBefore = days(year: year, month: number, day: 1) - 1
        month.length = daysIn(month: number, of: year)
        return month
    }

    /// The seconds that the eight bytes of "20:15:00" stand for, at their place in a date-time.
    @inline(__always)
    private static func secondOfDay(_ text: UnsafeRawBufferPointer) -> Int? {
        // Digits become numbers and colons 0. Then all bytes are looked at together: each is at most 9, or 0.
        let bytes = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: 11, as: UInt64.self))
        let clock = bytes ^ 0x3030_3A30_303A_3030
        if ((clock &+ 0x7676_7F76_767F_7676) | clock) & 0x8080_8080_8080_8080 != 0 { return nil }
        let hour = twoDigits(clock)
        let minute = twoDigits(clock &>> 24)
        let second = twoDigits(clock &>> 48)
        guard hour < 24, minute < 60, second <= 60 else { return nil }
        return (hour &* 60 &+ minute) &* 60 &+ second
    }

    /// The number of the two digits in the lowest bytes.
    @inline(__always)
    private static func twoDigits(_ bytes: UInt64) -> Int {
        Int((bytes & 0xFF) &* 10 &+ (bytes &>> 8 & 0xFF))
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
    public static func text(ofSeconds seconds: Int64) -> [UInt8] {
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
        var text = [UInt8](repeating: UInt8(ascii: "-"), count: 20)
        put(year / 100, at: 0, in: &text)
        put(year % 100, at: 2, in: &text)
        put(month, at: 5, in: &text)
        put(day, at: 8, in: &text)
        text[10] = UInt8(ascii: "T")
        put(second / 3600, at: 11, in: &text)
        text[13] = UInt8(ascii: ":")
        put(second / 60 % 60, at: 14, in: &text)
        text[16] = UInt8(ascii: ":")
        put(second % 60, at: 17, in: &text)
        text[19] = UInt8(ascii: "Z")
        return text
    }

    private static func put(_ number: Int, at position: Int, in text: inout [UInt8]) {
        text[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10)
        text[position + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
    }

    /// The offset from UTC at the end of a date-time, in seconds.
    static func offsetSeconds(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard let last = text.last else { return nil }
        return offsetSeconds(text, last | 0x20 == UInt8(ascii: "z") ? text.count - 1 : max(text.count - 6, 0))
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
