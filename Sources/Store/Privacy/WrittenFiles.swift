internal import Events
internal import Foundation
internal import GRDB

/// A file outside of the store that has data of viewers.
public struct WrittenFile: Equatable, Sendable {
    public enum Kind: String, Sendable {
        /// Events of all viewers, each on a line.
        case events
        /// What is held of one viewer.
        case accessReport
    }

    public let kind: Kind
    /// From the root on.
    public let path: String

    public init(_ kind: Kind, path: String) {
        self.kind = kind
        self.path = path
    }
}

extension EventStore {
    /// Remembers that a file was written; of one viewer, whose key seals the path, which may have a name in it, or of all, 0.
    public func remember(_ file: WrittenFile, of viewer: Int64 = 0) throws(StoreError) {
        try writing { [viewerKeys] database in
            if try Self.writtenFiles(of: [viewer], database, viewerKeys).contains(file) { return }
            var path = Array(file.path.utf8)
            if viewer != 0 {
                var sealed = ByteBuffer()
                let key = try viewerKeys.keyInUse(of: viewer)
                path.withUnsafeBytes { viewerKeys.cipher.seal(sealing: $0, key, .path(viewer), into: &sealed) }
                path = Array(sealed.rawBytes)
            }
            try database.execute(
                sql: "INSERT INTO written_files VALUES (NULL, ?, ?, ?)",
                arguments: [viewer, file.kind.rawValue, Data(path)])
        }
    }

    /// Files that were written and have data of these viewers, whether they are still there or not; the latest last.
    public func writtenFiles(of viewers: [Int64]) throws(StoreError) -> [WrittenFile] {
        try Self.translating(path) { [queue, viewerKeys] in
            try queue.read { try Self.writtenFiles(of: [0] + viewers, $0, viewerKeys) }
        }
    }

    private static func writtenFiles(
        of viewers: [Int64], _ database: Database, _ keys: KeyStore
    ) throws -> [WrittenFile] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT viewer, kind, path FROM written_files
                WHERE viewer IN (\(databaseQuestionMarks(count: viewers.count))) ORDER BY file
                """,
            arguments: StatementArguments(viewers)
        ).compactMap { row in
            let (viewer, stored): (Int64, Data) = (row["viewer"], row["path"])
            guard let kind = WrittenFile.Kind(rawValue: row["kind"]) else { return nil }
            if viewer == 0 { return WrittenFile(kind, path: String(decoding: stored, as: UTF8.self)) }
            guard let key = try keys.key(of: viewer) else { return nil }
            var path = ByteBuffer()
            let isOpen = stored.withUnsafeBytes {
                keys.cipher.open(sealed: $0, key, .path(viewer), into: &path)
            }
            if !isOpen { throw StoreError.damagedRow(viewer: viewer) }
            return WrittenFile(kind, path: String(decoding: path.rawBytes, as: UTF8.self))
        }
    }
}
