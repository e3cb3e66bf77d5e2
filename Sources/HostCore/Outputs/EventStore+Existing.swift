internal import Foundation
internal import Store

extension EventStore {
    /// The store at `path`, which must be there.
    static func existing(_ path: String, mode: Mode = .readWrite) throws(HostError) -> EventStore {
        guard FileManager.default.fileExists(atPath: path) else { throw .noStore(path) }
        return try HostError.translating { () throws(StoreError) in try EventStore(path: path, mode: mode) }
    }
}
