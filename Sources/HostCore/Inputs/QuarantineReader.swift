internal import Archives
internal import Events
internal import Plugins
internal import Store

/// Reads the events that wait in a store's quarantine, to lead them through mended plugins.
///
/// Which they are is settled when the run begins, so that those which fail again are not met twice; the events themselves
/// are fetched a few at a time. Used from one thread at a time, which makes it safe to send.
final class QuarantineReader: EventReader, @unchecked Sendable {
    let name: String
    let path: String? = nil
    let size: Int?
    let files: [FileReport] = []

    private static let eventsAtOnce = 64

    private let store: EventStore
    private var numbers: ArraySlice<Int64>
    private var events: ArraySlice<QuarantinedEvent> = []

    init(_ store: EventStore, path: String) throws(HostError) {
        name = "quarantine of \(path)"
        self.store = store
        let waiting = try HostError.translating { () throws(StoreError) in try store.quarantinedNumbers() }
        numbers = waiting.numbers[...]
        size = waiting.bytes
    }

    func read(into chunk: Chunk) throws(HostError) -> Bool {
        while chunk.bytes.count < Chunk.size {
            guard let event = events.popFirst() else {
                if numbers.isEmpty { break }
                let next = Array(numbers.prefix(Self.eventsAtOnce))
                numbers = numbers.dropFirst(Self.eventsAtOnce)
                events = try HostError.translating { () throws(StoreError) in try store.quarantined(next) }[...]
                continue
            }
            event.body.withUnsafeBytes { chunk.bytes.append($0) }
            chunk.bytes.append(UInt8(ascii: "\n"))
            chunk.inputBytes += event.body.count
        }
        return chunk.bytes.count > 0
    }
}
