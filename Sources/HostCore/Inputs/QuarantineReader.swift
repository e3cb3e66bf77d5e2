internal import Archives
internal import Events
internal import Store

/// Reads the events that wait in a store's quarantine, to lead them through mended plugins.
///
/// They are taken out when the run begins, so that those which fail again are not met twice. Used from one thread at a
/// time, which makes it safe to send.
final class QuarantineReader: EventReader, @unchecked Sendable {
    let name: String
    let size: Int?
    let files: [FileReport] = []

    private var events: ArraySlice<QuarantinedEvent>

    init(_ store: EventStore, path: String) throws(HostError) {
        name = "quarantine of \(path)"
        let waiting = try HostError.translating { () throws(StoreError) in
            try store.quarantined(after: .min, limit: .max)
        }
        events = waiting[...]
        size = waiting.reduce(0) { $0 + $1.body.count }
    }

    func read(into chunk: Chunk) throws(HostError) -> Bool {
        while chunk.bytes.count < Chunk.size, let event = events.popFirst() {
            event.body.withUnsafeBytes { chunk.bytes.append($0) }
            chunk.bytes.append(UInt8(ascii: "\n"))
            chunk.inputBytes += event.body.count
        }
        return chunk.bytes.count > 0
    }
}
