internal import Foundation
internal import GRDB

/// Reads what is kept of viewers, on a connection of its own, beside the store that writes.
///
/// Used from one thread at a time, which makes it safe to send.
public final class StateReader: @unchecked Sendable {
    private let path: String
    private let queue: DatabaseQueue

    public init(path: String) throws(StoreError) {
        self.path = path
        queue = try EventStore.translating(path) {
            try DatabaseQueue(path: path, configuration: EventStore.configuration(.readOnly))
        }
    }

    /// Closes the connection. A store that is closed while others have it open leaves its write-ahead log behind.
    public func close() throws(StoreError) {
        try EventStore.translating(path) { [queue] in try queue.close() }
    }

    /// Calls `body` for each of the viewers, in their order, with its row; one that is not there has no bytes.
    public func forEach(_ viewers: [Int64], _ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws(StoreError) {
        try EventStore.translating(path) { [queue] in
            try queue.read { database in
                let select = try Statement(database, "SELECT entries FROM viewer_states WHERE viewer = ?")
                for (index, viewer) in viewers.enumerated() {
                    select.bind(1, viewer)
                    let isThere = try select.step()
                    try body(index, isThere ? select.blob(0) : UnsafeRawBufferPointer(start: nil, count: 0))
                    select.reset()
                }
            }
        }
    }

    /// Calls `body` for each viewer whose number is in `range`, in the order of the numbers, with its row.
    public func forEach(
        in range: ClosedRange<Int64>, _ body: (Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws(StoreError) {
        try EventStore.translating(path) { [queue] in
            try queue.read { database in
                let select = try Statement(
                    database,
                    "SELECT viewer, entries FROM viewer_states WHERE viewer BETWEEN ? AND ? ORDER BY viewer")
                select.bind(1, range.lowerBound)
                select.bind(2, range.upperBound)
                defer { select.reset() }
                while try select.step() { try body(select.integer(0), select.blob(1)) }
            }
        }
    }
}
