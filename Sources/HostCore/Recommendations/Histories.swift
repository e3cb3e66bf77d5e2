internal import Events
internal import Foundation
internal import Models
internal import Plugins
internal import Store

/// A viewer's history, or why it may not be used.
enum KnownHistory {
    case known(ViewerHistory)
    case refused(GateRefusal)
}

/// Viewers' histories of a store, as far as they may be used for personalization; and its catalogue.
///
/// Used from one thread at a time.
final class Histories {
    private let store: EventStore
    private let engine: FoldEngine
    private let gate: Gate
    private var entries = EntryList()
    private var lastPosition: Int64 = -1
    /// The titles of the catalogue, as of the last ``update(_:)``.
    private(set) var catalogue = TitleCatalogue()

    /// Opens a store, which must be there, with a mind to fold by `jobs` threads.
    init(store path: String, jobs: Int) throws(HostError) {
        store = try EventStore.existing(path)
        let folds = FoldSet(
            lanes: (0..<max(1, jobs)).map { _ in [HistoryFold()] },
            contents: [Array("history \(ViewerHistory.format)".utf8)])
        engine = try FoldEngine(store, folds, TitleTable(), key: [])
        gate = Gate(for: .personalization, engine.settings.rules)
    }

    /// The time of the latest event of a viewer's, in seconds since 1970.
    var clock: Int64 { engine.clock }

    /// The place of the log up to which all is known.
    var position: Int64 { engine.folds[0].position }

    /// Learns what is new in the log; whether anything was. `progress` is told how many events are done, and of how many.
    @discardableResult
    func update(_ progress: (Int, Int) -> Void = { _, _ in }) throws(HostError) -> Bool {
        let end = try HostError.translating { () throws(StoreError) in try store.lastPosition() }
        if end == lastPosition { return false }
        _ = try engine.catchUp(progress)
        catalogue = try TitleCatalogue(of: store)
        lastPosition = end
        return true
    }

    /// Events at places of the log, as far as they are the viewer's.
    func events(at positions: [Int64], of viewer: String) throws(HostError) -> [[UInt8]] {
        let number = engine.owner(of: store.viewer(named: viewer))
        return try HostError.translating { () throws(StoreError) in
            try store.events(at: positions)
        }.filter { engine.owner(of: $0.viewer) == number }.map { $0.body }
    }

    /// What is known of the viewer of this name, or why it may not be used.
    func history(of viewer: String) throws(HostError) -> KnownHistory {
        let number = engine.owner(of: store.viewer(named: viewer))
        var answer = KnownHistory.refused(.nothingKnown)
        try HostError.translating { () throws(StoreError) in
            try engine.lanes[0].reader.forEach([number]) { _, row in
                try read(row, of: number) { entry in
                    if let refusal = gate.refusal(entry) {
                        answer = .refused(refusal)
                    } else if let history = ViewerHistory(entry.state) {
                        answer = .known(history)
                    } else {
                        throw StoreError.damagedRow(viewer: number)
                    }
                }
            }
        }
        return answer
    }

    /// Calls `body` with each viewer, in the order of their numbers, and the bytes of the history, as far as it may be used.
    func forEach(_ body: (Int64, UnsafeRawBufferPointer) throws -> Void) throws(HostError) {
        try HostError.translating { () throws(StoreError) in
            try engine.lanes[0].reader.forEach(in: .min ... .max) { viewer, row in
                try read(row, of: viewer) { if gate.refusal($0) == nil { try body(viewer, $0.state) } }
            }
        }
    }

    /// Calls `body` with each event that is wanted and may be used, with the number of its viewer and with its time in seconds
    /// since 1970. A viewer's come in the log's order.
    func forEachEvent(
        where isWanted: (EventDocument) -> Bool, _ body: (Int64, EventFields, Int64) -> Void
    ) throws(HostError) {
        let event = EventDocument()
        let fields = EventFields(of: event)
        try engine.forEachEvent(admittedBy: gate, knownTo: 0, into: event, where: isWanted) { viewer, time in
            body(viewer, fields, time)
        }
    }

    /// Adds events to the log.
    func append(_ texts: [[UInt8]]) throws(HostError) {
        try HostError.translating { () throws(StoreError) in try store.append(texts) }
    }

    func close() throws(HostError) {
        try engine.close()
    }

    private func read(
        _ row: UnsafeRawBufferPointer, of viewer: Int64, _ body: (FoldEntry) throws -> Void
    ) throws {
        let number = engine.folds[0].number
        try entries.read(row, of: viewer, known: [number])
        try body(FoldEntry(entries.entry(of: number)))
    }
}
