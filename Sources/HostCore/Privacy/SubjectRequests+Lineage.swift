internal import Events
internal import Foundation
internal import Store

/// That something was shown to a viewer, or given to somebody, and why: as the store's records have it.
public struct LineageEntry: Equatable, Sendable {
    /// Seconds since 1970.
    public let time: Int64
    /// In words.
    public let text: String
    /// The events behind it: `source` and `id` of each.
    public let events: [String]
}

extension SubjectRequests {
    /// What was recommended and advertised to a viewer, why, and to whom something of the viewer was given, in the order in which it
    /// happened; about one title where one is named.
    public func lineage(of name: String, title: String? = nil) throws(HostError) -> [LineageEntry] {
        let subject = try subject(named: name)
        var entries: [LineageEntry] = []
        let end = try HostError.translating { () throws(StoreError) in try store.lastPosition() }
        try EventPages.forEach(of: subject.numbers, through: end, in: store) { event, stored, _ in
            guard let time = event.seconds(received: stored.received), let shown = ShownThing(of: event),
                title == nil || shown.isAbout(title ?? "")
            else { return }
            entries.append(LineageEntry(time: time, text: shown.text, events: shown.events))
        }
        if title == nil {
            let disclosures = try HostError.translating { () throws(StoreError) in
                try store.disclosures(of: subject.numbers)
            }
            entries += disclosures.map {
                LineageEntry(
                    time: $0.time,
                    text:
                        "\($0.recipient) was given the viewers of the segment \($0.subject) \($0.version), for \($0.purpose)",
                    events: [])
            }
        }
        return entries.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map { $0.element }
    }
}

/// What an event says was shown.
private struct ShownThing {
    private(set) var text = ""
    private(set) var events: [String] = []
    private var titles: [String?] = []

    /// Nil where the event is about something else.
    init?(of event: EventDocument) {
        var buffer = ByteBuffer()
        func string(_ node: UInt32) -> String? {
            if node == 0 || event.kind(of: node) != .string { return nil }
            return String(decoding: event.string(of: node, decodedInto: &buffer), as: UTF8.self).shown(atMost: 200)
        }
        func field(_ name: StaticString) -> String? {
            event.data == 0 ? nil : string(event.child(of: event.data, named: name.rawBytes))
        }
        switch string(event.node(of: .type)) {
        case "recommendation.shown":
            let (name, key) = (field("title"), field("title_id"))
            titles = [name, key]
            text = "\(name ?? key ?? "a title") was recommended by \(field("recommender") ?? "an unnamed recommender")"
            if let reason = field("because") { text += ", because \(reason)" }
        case "ad.shown":
            text = "an advertisement of \(field("advertiser") ?? "an unnamed advertiser") was shown"
            if let segment = field("segment") { text += ", for the segment \(segment)" }
        default: return nil
        }
        let list = event.data == 0 ? 0 : event.child(of: event.data, named: StaticString("events").rawBytes)
        if list == 0 || event.kind(of: list) != .array { return }
        var place = event.firstChild(of: list)
        while place != 0 {
            if let name = string(event.value(at: place)) { events.append(name) }
            place = event.nextSibling(of: place)
        }
    }

    func isAbout(_ title: String) -> Bool {
        titles.contains(title)
    }
}
