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
public struct EventWriter: Sendable {
    /// The events written so far, each ended by a line feed. Take them out, or empty it, between events only.
    public var bytes: [UInt8]

    public init() {
        bytes = []
    }

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

    /// Ends the event and its line.
    public mutating func end() {
        append("}}\n")
    }
}

extension EventWriter {
    public mutating func string(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        appendName(name)
        appendString(value)
    }

    public mutating func string(_ name: StaticString, _ value: UnsafeRawBufferPointer) {
        string(name.rawBytes, value)
    }

    public mutating func string(_ name: StaticString, _ value: StaticString) {
        string(name.rawBytes, value.rawBytes)
    }

    public mutating func string(_ name: StaticString, _ value: [UInt8]) {
        value.withUnsafeBytes { string(name.rawBytes, $0) }
    }

    /// A value whose text is JSON already (RFC 8259).
    public mutating func json(_ name: UnsafeRawBufferPointer, text: UnsafeRawBufferPointer) {
        appendName(name)
        bytes.append(contentsOf: text)
    }

    /// A number in the digits given, which must be a JSON number (RFC 8259 §6).
    public mutating func number(_ name: StaticString, text: UnsafeRawBufferPointer) {
        json(name.rawBytes, text: text)
    }

    public mutating func number(_ name: StaticString, _ value: Int) {
        appendName(name.rawBytes)
        bytes.append(contentsOf: String(value).utf8)
    }

    public mutating func boolean(_ name: StaticString, _ value: Bool) {
        appendName(name.rawBytes)
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
        appendName(name.rawBytes)
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
        bytes.append(contentsOf: text.rawBytes)
    }

    /// A value never ends in an opening bracket outside a string, so the last byte tells whether one came before.
    private mutating func appendComma() {
        let last = bytes[bytes.count - 1]
        if last != UInt8(ascii: "{"), last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func appendName(_ name: UnsafeRawBufferPointer) {
        appendComma()
        appendString(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func appendString(_ value: UnsafeRawBufferPointer) {
        bytes.append(UInt8(ascii: "\""))
        if let start = value.baseAddress?.assumingMemoryBound(to: UInt8.self) {
            appendEscaped(start, start + value.count)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        var clean = start
        var p = start
        while p < end {
            let byte = p.pointee
            let isPlain = byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            let length = isPlain ? 1 : byte < 0x80 ? 0 : UTF8Check.sequenceLength(p, end)
            if length > 0 {
                p += length
                continue
            }
            bytes.append(contentsOf: UnsafeBufferPointer(start: clean, count: p - clean))
            if byte < 0x80 { appendEscape(of: byte) } else { append("\u{FFFD}") }
            p += 1
            clean = p
        }
        bytes.append(contentsOf: UnsafeBufferPointer(start: clean, count: p - clean))
    }

    private mutating func appendEscape(of byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case UInt8(ascii: "\n"): append("\\n")
        case UInt8(ascii: "\r"): append("\\r")
        case UInt8(ascii: "\t"): append("\\t")
        default:
            append("\\u00")
            bytes.append(Self.hexadecimal(byte >> 4))
            bytes.append(Self.hexadecimal(byte & 15))
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}

extension StaticString {
    /// The text's UTF-8, alive for ever.
    public var rawBytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}
