internal import Events

/// Reads the values of dimensions from events.
struct DimensionValues: ~Copyable {
    /// Bytes of a value; what is longer is cut off.
    private static let longest = 200

    private var buffer = ByteBuffer()

    /// The event's value of a dimension; nil where it has none.
    mutating func value(of event: EventDocument, _ dimension: QualityManifest.Dimension) -> [UInt8]? {
        switch dimension {
        case .title: text("title", of: event) ?? text("title_id", of: event)
        case .device: text("device", of: event)
        case .appVersion: text("app_version", of: event)
        case .region: region(of: event)
        case .hour: time(of: event, 11..<13)
        case .day: time(of: event, 0..<10)
        }
    }

    private mutating func region(of event: EventDocument) -> [UInt8]? {
        guard let country = text("country", of: event) else { return text("region", of: event) }
        guard let region = text("region", of: event) else { return country }
        return country + Array(", ".utf8) + region
    }

    private mutating func text(_ name: StaticString, of event: EventDocument) -> [UInt8]? {
        guard event.data != 0, event.kind(of: event.data) == .object else { return nil }
        let node = event.child(of: event.data, named: name.rawBytes)
        guard node != 0, event.kind(of: node) == .string else { return nil }
        let text = event.string(of: node, decodedInto: &buffer)
        if text.isEmpty { return nil }
        return text.count <= Self.longest ? Array(text) : Array(text[..<Self.end(of: text)])
    }

    /// Where a text that is too long is cut off: not within a character.
    private static func end(of text: UnsafeRawBufferPointer) -> Int {
        var end = longest
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }

    /// A part of the event's time as it is written, in its own time zone.
    private mutating func time(of event: EventDocument, _ range: Range<Int>) -> [UInt8]? {
        let node = event.node(of: .time)
        guard event.time != nil, node != 0, event.kind(of: node) == .string else { return nil }
        let text = event.string(of: node, decodedInto: &buffer)
        return text.count >= range.upperBound ? Array(text[range]) : nil
    }
}
