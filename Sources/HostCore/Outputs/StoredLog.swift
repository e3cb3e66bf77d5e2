public import Foundation
internal import Store

/// The events that a store keeps, to be read.
public struct StoredLog {
    private static let eventsAtOnce = 4096

    private let store: EventStore

    /// Opens the store at `path`, which must be there.
    public init(store path: String) throws(HostError) {
        store = try EventStore.existing(path, mode: .readOnly)
    }

    /// How many viewers' events are left out, for their keys are lost.
    public func lostViewers() throws(HostError) -> Int {
        try HostError.translating { () throws(StoreError) in try store.lostViewers() }
    }

    /// Calls `body` with some events at a time, each on a line: all, or those of a viewer, in the order in which they came.
    public func forEach(of viewer: String? = nil, _ body: (Data) -> Void) throws(HostError) {
        var last: Int64 = 0
        while true {
            let events = try HostError.translating { () throws(StoreError) in
                if let viewer {
                    try store.events(ofViewer: viewer, after: last, limit: Self.eventsAtOnce)
                } else {
                    try store.events(after: last, limit: Self.eventsAtOnce)
                }
            }
            guard let end = events.last?.position else { return }
            last = end
            var lines = Data()
            for event in events {
                lines.append(contentsOf: event.body)
                lines.append(UInt8(ascii: "\n"))
            }
            body(lines)
        }
    }
}
