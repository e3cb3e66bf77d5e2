internal import Events
internal import Foundation
internal import GRDB

/// Reads what is kept of viewers, and the log, on a connection of its own, beside the store that writes; opens and seals with viewers' keys.
///
/// Used from one thread at a time, which makes it safe to send.
public final class StateReader: @unchecked Sendable {
    private let path: String
    private let queue: DatabaseQueue
    private let keys: KeyStore
    private var row = ByteBuffer()

    /// Beside the store at `path`, with the keys of its viewers.
    fileprivate init(path: String, keys: KeyStore) throws(StoreError) {
        self.path = path
        self.keys = keys
        queue = try EventStore.translating(path) {
            try DatabaseQueue(path: path, configuration: EventStore.configuration(.readOnly))
        }
    }

    /// Closes the connection. A store that is closed while others have it open leaves its write-ahead log behind.
    public func close() throws(StoreError) {
        try EventStore.translating(path) { [queue] in try queue.close() }
        try keys.close()
    }

    /// Calls `body` for each of the viewers, in their order, with its row; one that is not there has no bytes.
    public func forEach(_ viewers: [Int64], _ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws(StoreError) {
        try EventStore.translating(path) { [self] in
            try queue.read { database in
                let select = try Statement(database, "SELECT entries FROM viewer_states WHERE viewer = ?")
                for (index, viewer) in viewers.enumerated() {
                    try keys.prepare(viewers, at: index)
                    select.bind(1, viewer)
                    defer { select.reset() }
                    row.removeAll()
                    if try select.step() { try open(select.blob(0), of: viewer) }
                    try body(index, row.rawBytes)
                }
            }
        }
    }

    /// Calls `body` for each viewer whose number is in `range`, in the order of the numbers, with its row.
    public func forEach(
        in range: ClosedRange<Int64>, _ body: (Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws(StoreError) {
        try EventStore.translating(path) { [self] in
            try queue.read { database in
                let select = try Statement(
                    database,
                    "SELECT viewer, entries FROM viewer_states WHERE viewer BETWEEN ? AND ? ORDER BY viewer")
                select.bind(1, range.lowerBound)
                select.bind(2, range.upperBound)
                defer { select.reset() }
                var covered: Int64?
                while try select.step() {
                    let viewer = select.integer(0)
                    if covered.map({ viewer > $0 }) ?? true {
                        covered = try keys.prepare(in: viewer...range.upperBound)
                    }
                    row.removeAll()
                    try open(select.blob(1), of: viewer)
                    if row.count > 0 { try body(viewer, row.rawBytes) }
                }
            }
        }
    }

    /// Copies the events of a stretch of the log as they lie there.
    func readSealed(_ stretch: LogStretch, into section: LogSection) throws(StoreError) {
        try EventStore.translating(path) { [queue, keys] in
            try queue.read {
                try LogReader($0, keys).forEachBlock(after: stretch.start) { try section.append($0) }
            }
        }
    }

    /// Opens events of one viewer that were read as they lie in the log; false where the viewer's key was destroyed, or is lost.
    public func open(
        _ entries: ArraySlice<LogPart.Entry>, of viewer: Int64, in part: LogPart
    ) throws(StoreError) -> Bool {
        try EventStore.translating(path) { [self] in
            guard let key = try keys.key(of: viewer) else { return false }
            for entry in entries { try part.open(entry, key, keys.cipher) }
            return true
        }
    }

    /// Seals a row of a viewer's as it is to be stored; false where the viewer has no key.
    func seal(_ row: UnsafeRawBufferPointer, of viewer: Int64, into output: inout ByteBuffer) throws(StoreError) -> Bool
    {
        let key = try EventStore.translating(path) { [self] in try keys.key(of: viewer) }
        guard let key else { return false }
        keys.cipher.seal(sealing: row, key, .states(viewer), into: &output)
        return true
    }

    /// Opens a row into ``row``; nothing where its viewer was erased.
    private func open(_ sealed: UnsafeRawBufferPointer, of viewer: Int64) throws {
        guard let key = try keys.key(of: viewer) else { return }
        if !keys.cipher.open(sealed: sealed, key, .states(viewer), into: &row) {
            throw StoreError.damagedRow(viewer: viewer)
        }
    }
}

extension EventStore {
    /// Another reader of what is kept of viewers.
    public func makeStateReader() throws(StoreError) -> StateReader {
        try StateReader(path: path, keys: try viewerKeys.makeReader(of: path))
    }
}
