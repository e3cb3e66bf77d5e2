internal import CBridge

/// What a look at an event's text tells without parsing it: enough to know whether anybody wants the event.
package struct EventGlance {
    /// Index into ``Catalogue/types``.
    package let type: Int
    /// Microseconds since 1970 of `time`.
    package let time: Int64
    private let text: UnsafeRawBufferPointer
    /// Where its `data` begins.
    private let data: Int

    fileprivate init(type: Int, time: Int64, _ text: UnsafeRawBufferPointer, data: Int) {
        self.type = type
        self.time = time
        self.text = text
        self.data = data
    }

    /// Whether a key of the data could have one of two sequences of three bytes in it. False is certain; true is not.
    @inline(__always)
    package func mayHaveKey(with one: StaticString, or other: StaticString) -> Bool {
        guard let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
        return vh_has_any(start, start + data, start + text.count, one.utf8Start, other.utf8Start) != 0
    }
}

/// Looks at events one after the other.
package struct EventGlancer {
    private var month = Timestamp.Month()
    /// The last event's.
    private var type: Int?

    package init() {}

    /// What is seen of a text that was accepted as an event before. Nil where it has to be parsed: it is not written as most are,
    /// has no time, or is of a type that the catalogue does not know.
    package mutating func look(at text: UnsafeRawBufferPointer) -> EventGlance? {
        guard let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self), text.count > 16 else { return nil }
        let end = start + text.count
        var (type, time): (UnsafeRawBufferPointer?, UnsafeRawBufferPointer?)
        var p = start
        // What opens the event, and then what stands between its members.
        var before = UInt8(ascii: "{")
        while end - p > 16, p[0] == before, p[1] == UInt8(ascii: "\"") {
            let key = p + 2
            let value = vh_scan_string(start, key, end).unsafelyUnwrapped + 2
            guard end - value > 2, value[-2] == UInt8(ascii: "\""), value[-1] == UInt8(ascii: ":") else { return nil }
            let name = value - key == 6 ? UnsafeRawPointer(key).loadUnaligned(as: UInt32.self).littleEndian : 0
            if value.pointee == UInt8(ascii: "{"), name == Self.dataKey {
                guard let type, let time else { return nil }
                return seen(type, time, text, data: value - start)
            }
            guard value.pointee == UInt8(ascii: "\"") else { return nil }
            var quote = vh_scan_string(start, value + 1, end).unsafelyUnwrapped
            // Text that was accepted is UTF-8.
            while quote < end, quote.pointee >= 0x80 { quote = vh_scan_string(start, quote + 1, end).unsafelyUnwrapped }
            guard quote < end, quote.pointee == UInt8(ascii: "\"") else { return nil }
            let string = UnsafeRawBufferPointer(start: value + 1, count: quote - value - 1)
            if name == Self.typeKey { type = string }
            if name == Self.timeKey { time = string }
            p = quote + 1
            before = UInt8(ascii: ",")
        }
        return nil
    }

    @inline(__always)
    private mutating func seen(
        _ name: UnsafeRawBufferPointer, _ date: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, data: Int
    ) -> EventGlance? {
        guard let type = Catalogue.index(ofType: name, guess: type),
            let time = Timestamp.microseconds(of: date, near: &month)
        else { return nil }
        self.type = type
        return EventGlance(type: type, time: time, text, data: data)
    }

    // The four bytes of "type", "time" and "data", the first one lowest.
    private static let typeKey: UInt32 = 0x6570_7974
    private static let timeKey: UInt32 = 0x656D_6974
    private static let dataKey: UInt32 = 0x6174_6164
}
