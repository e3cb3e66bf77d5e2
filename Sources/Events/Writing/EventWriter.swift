/// Appends CloudEvents 1.0 events to a buffer, one JSON object per line.
///
/// ```swift
/// var writer = EventWriter()
/// writer.begin(type: "rating.given", source: "movielens/ml-100k", id: "1", subject: "movielens:196", time: nil)
/// writer.string("title_id", "242")
/// writer.string("scale", "stars")
/// writer.end()
/// ```
///
/// Strings may hold any bytes: what JSON wants escaped is escaped, and what is no UTF-8 becomes U+FFFD. The writer does
/// not look for fields that are given twice.
public struct EventWriter: ~Copyable {
    /// The events written so far, each ended by a line feed. Take them out, or empty it, between events only.
    public var bytes = ByteBuffer()

    public init() {}

    /// Begins an event and its `data`. An empty `subject` or `time` is left out.
    public mutating func begin(
        type: UnsafeRawBufferPointer,
        source: UnsafeRawBufferPointer,
        id: UnsafeRawBufferPointer,
        subject: UnsafeRawBufferPointer,
        time: UnsafeRawBufferPointer
    ) {
        append("{\"specversion\":\"1.0\",\"id\":")
        appendString(id)
        append(",\"source\":")
        appendString(source)
        append(",\"type\":")
        appendString(type)
        if !subject.isEmpty {
            append(",\"subject\":")
            appendString(subject)
        }
        if !time.isEmpty {
            append(",\"time\":")
            appendString(time)
        }
        append(",\"data\":{")
    }

    /// Begins an event and its `data`. A `subject` or `time` that is nil is left out.
    public mutating func begin(type: String, source: String, id: String, subject: String?, time: String?) {
        var (type, source, id, subject, time) = (type, source, id, subject ?? "", time ?? "")
        type.withUTF8 { type in
            source.withUTF8 { source in
                id.withUTF8 { id in
                    subject.withUTF8 { subject in
                        time.withUTF8 { time in
                            begin(
                                type: UnsafeRawBufferPointer(type), source: UnsafeRawBufferPointer(source),
                                id: UnsafeRawBufferPointer(id), subject: UnsafeRawBufferPointer(subject),
                                time: UnsafeRawBufferPointer(time))
                        }
                    }
                }
            }
        }
    }

    /// Writes fields of an earlier event again, as they stand in ``bytes`` between `start` and `end`.
    public mutating func repeatFields(from start: Int, to end: Int) {
        bytes.append(copyOf: start, to: end)
    }

    /// Ends the event and its line.
    public mutating func end() {
        append("}}\n")
    }
}

extension EventWriter {
    /// The name may be any text. Names that are constants, below, are ASCII without anything that JSON escapes.
    public mutating func string(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        appendName(name)
        appendString(value)
    }

    public mutating func string(_ name: StaticString, _ value: UnsafeRawBufferPointer) {
        appendName(name)
        appendString(value)
    }

    public mutating func string(_ name: StaticString, _ value: StaticString) {
        string(name, value.rawBytes)
    }

    public mutating func string(_ name: StaticString, _ value: [UInt8]) {
        value.withUnsafeBytes { string(name, $0) }
    }

    public mutating func string(_ name: StaticString, _ value: ArraySlice<UInt8>) {
        value.withUnsafeBytes { string(name, $0) }
    }

    /// A value whose text is JSON already (RFC 8259).
    public mutating func json(_ name: UnsafeRawBufferPointer, text: UnsafeRawBufferPointer) {
        appendName(name)
        bytes.append(text)
    }

    /// A number in the digits given, which must be a JSON number (RFC 8259 §6).
    public mutating func number(_ name: StaticString, text: UnsafeRawBufferPointer) {
        appendName(name)
        bytes.append(text)
    }

    public mutating func number(_ name: StaticString, _ value: Int) {
        appendName(name)
        bytes.append(decimal: Int64(value))
    }

    public mutating func boolean(_ name: StaticString, _ value: Bool) {
        appendName(name)
        append(value ? "true" : "false")
    }

    /// Begins an object as the value of a field; ended by ``endObject()``.
    public mutating func beginObject(_ name: UnsafeRawBufferPointer) {
        appendName(name)
        append("{")
    }

    /// Begins an object as an element of the array that was begun last; ended by ``endObject()``.
    public mutating func beginObject() {
        appendComma()
        append("{")
    }

    public mutating func endObject() {
        append("}")
    }

    /// Begins an array as the value of a field; ended by ``endArray()``.
    public mutating func beginArray(_ name: StaticString) {
        appendName(name)
        append("[")
    }

    public mutating func endArray() {
        append("]")
    }

    /// Adds a string to the array that was begun last.
    public mutating func element(_ value: UnsafeRawBufferPointer) {
        appendComma()
        appendString(value)
    }

    /// Adds a string to the array that was begun last.
    public mutating func element(_ value: StaticString) {
        element(value.rawBytes)
    }
}

extension EventWriter {
    private mutating func append(_ text: StaticString) {
        bytes.append(text)
    }

    /// A value never ends in an opening bracket outside a string, so the last byte tells whether one came before.
    private mutating func appendComma() {
        let last = bytes.base[bytes.count - 1]
        if last != UInt8(ascii: "{"), last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func appendName(_ name: UnsafeRawBufferPointer) {
        appendComma()
        appendString(name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// The names that code has are ASCII without anything to escape.
    private mutating func appendName(_ name: StaticString) {
        appendComma()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(name)
        append("\":")
    }

    private mutating func appendString(_ value: UnsafeRawBufferPointer) {
        _ = JSONString.encode(value, into: &bytes, repairing: true)
    }
}

extension StaticString {
    /// The text's UTF-8, alive for ever.
    public var rawBytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}
