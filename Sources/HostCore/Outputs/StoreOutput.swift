internal import CBridge
internal import Events
internal import Foundation
internal import Plugins
internal import Store

/// Puts a run's events into a store: many of them in one transaction, but none later than a second. A thread of its own
/// commits one batch while the next is filled.
///
/// The counts and the error are written by that thread before it ends, and read after; the rest belongs to the caller's.
final class StoreOutput: @unchecked Sendable {
    /// Large enough that a page of the store's indexes is written for several events; small enough for the memory.
    private static let eventsOfCommit = 40 << 10
    private static let secondsOfCommit = 1.0

    private(set) var inserted = 0
    private(set) var duplicates = 0
    private(set) var refused = 0
    /// How far the source at hand is read; it goes into the store with the events.
    var progress: Checkpoint?

    private let store: EventStore
    private var batch = StoreBatch()
    private let full = HandOver<StoreBatch>()
    private let free = HandOver<StoreBatch>()
    private let ended = DispatchSemaphore(value: 0)
    private var error: HostError?
    private var lastCommit = vh_monotonic_nanoseconds()

    init(_ store: EventStore) {
        self.store = store
        free.put(StoreBatch())
        Thread.start { [self] in
            commitBatches()
            ended.signal()
        }
    }

    deinit {
        full.close()
    }

    func add(_ event: BatchEvent, _ body: UnsafeRawBufferPointer) {
        batch.add(body, key: event.key, viewer: event.viewer, role: event.role)
    }

    func drop(_ event: BatchEvent) {
        batch.drop(event.key)
    }

    func quarantine(_ event: QuarantinedEvent) {
        batch.quarantine(event)
    }

    /// Says that the source is read to its end.
    func endSource(_ path: String) {
        progress = nil
        batch.clear(checkpoint: SourceProgress.name(of: path))
    }

    /// Called between chunks.
    func commitIfDue() throws(HostError) {
        let seconds = Double(vh_monotonic_nanoseconds() - lastCommit) / 1e9
        if batch.count >= Self.eventsOfCommit || seconds >= Self.secondsOfCommit { try handOver() }
    }

    /// Commits what is left, and closes the store.
    func finish() throws(HostError) {
        if let progress { batch.mark(progress) }
        full.put(batch)
        full.close()
        ended.wait()
        ended.signal()
        if let error { throw error }
    }

    private func handOver() throws(HostError) {
        lastCommit = vh_monotonic_nanoseconds()
        if batch.isEmpty { return }
        if let progress { batch.mark(progress) }
        batch.prepare()
        guard let empty = free.take() else { return try finish() }
        full.put(batch)
        batch = empty
    }

    private func commitBatches() {
        do throws(HostError) {
            while let batch = full.take() {
                if !batch.isEmpty {
                    let result = try HostError.translating { () throws(StoreError) in try store.commit(batch) }
                    inserted += result.inserted
                    duplicates += result.duplicates
                    refused += result.refused
                }
                free.put(batch)
            }
            try HostError.translating { () throws(StoreError) in try store.close() }
        } catch {
            self.error = error
            // The next hand-over finds it.
            free.close()
        }
    }
}

extension HostError {
    static func translating<T>(_ body: () throws(StoreError) -> T) throws(HostError) -> T {
        do throws(StoreError) {
            return try body()
        } catch {
            throw HostError(error)
        }
    }

    init(_ error: StoreError) {
        if case .system(let operation, let path, let code) = error {
            self = .system(operation: operation, path: path, code: code)
        } else {
            self = .store(error.message)
        }
    }
}
