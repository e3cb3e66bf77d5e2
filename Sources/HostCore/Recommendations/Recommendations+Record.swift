internal import Events
internal import Foundation

extension Recommendations {
    /// Records that a list was shown to a viewer: an event `recommendation.shown` for each title, with the recommender, the reason and the
    /// events behind it, so that the viewer may ask later. `time` is in seconds since 1970.
    public func record(_ list: RecommendedList, for viewer: String, at time: Int64) throws(HostError) {
        let id = UUID().uuidString.lowercased()
        var texts: [[UInt8]] = []
        for (place, title) in list.titles.enumerated() {
            var writer = EventWriter()
            writer.begin(
                type: "recommendation.shown", source: "host:recommend", id: "\(id)/\(place + 1)", subject: viewer,
                time: time.timeText)
            writer.string("title_id", Array(title.key.utf8))
            writer.string("title", Array(title.name.utf8))
            writer.number("position", place + 1)
            writer.string("recommender", Array(list.recommender.utf8))
            if !title.row.isEmpty { writer.string("row", Array(title.row.utf8)) }
            if let reason = list.fallback.map({ "it is popular: \($0)" }) ?? title.reason {
                writer.string("because", Array(reason.utf8))
            }
            writer.beginArray("events")
            for event in try events(behind: title, for: viewer) {
                if let name = EventName(of: event) { name.text.withUnsafeBytes { writer.element($0) } }
            }
            writer.endArray()
            writer.end()
            texts.append(Array(writer.bytes.rawBytes.dropLast()))
        }
        try histories.append(texts)
    }
}

extension RecommendedTitle {
    /// In words; nil where there is none.
    public var reason: String? {
        if !text.isEmpty { return text }
        return because.isEmpty ? nil : "of " + because.map { $0.name }.joined(separator: ", ")
    }
}

/// What an event is known by, in one text: its `source` and `id`.
private struct EventName {
    let text: [UInt8]

    init?(of text: [UInt8]) {
        let event = EventDocument()
        guard text.withUnsafeBytes({ event.load($0) }) else { return nil }
        var buffer = ByteBuffer()
        var name = Array(event.string(of: event.node(of: .source), decodedInto: &buffer))
        name.append(UInt8(ascii: " "))
        name += event.string(of: event.node(of: .id), decodedInto: &buffer)
        self.text = name
    }
}
