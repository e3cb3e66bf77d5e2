internal import Events
internal import Foundation
internal import GRDB
internal import Glibc

/// The log of events, in one SQLite file: each event once, by its `source` and `id`, with an index of viewers, a
/// catalogue of titles, the quarantine and the checkpoints.
///
/// ```swift
/// let store = try EventStore(path: "viewers.sqlite")
/// batch.add(body, key: store.keys.key(of: event, &buffer), viewer: 0, role: .ordinary)
/// try store.commit(batch)
/// try store.close()
/// ```
///
/// A commit is whole or not at all, whatever happens to the process. Only one thread at a time may use
/// it, which makes it safe to send.
public final class EventStore: @unchecked Sendable {
    public enum Mode: Sendable {
        case readOnly
        /// Makes the file where there is none, and keeps other runs from writing to it.
        case readWrite
    }

    /// The numbers of events and viewers in this store.
    public let keys: EventKeys

    /// The keys of its viewers.
    let viewerKeys: KeyStore
    let path: String
    let queue: DatabaseQueue
    var writer: CommitWriter?
    private var lock: RunLock?

    /// Opens the store at `path`, whose viewers' keys are in the folder `keys`; those of a new store are made there.
    public init(
        path: String, keys folder: String = KeyFolder.path, mode: Mode = .readWrite
    ) throws(StoreError) {
        self.path = path
        if mode == .readWrite {
            try Self.refuseOthers(path)
            lock = try RunLock(store: path)
            try Self.makeFile(path)
        } else {
            lock = nil
        }
        let queue = try Self.translating(path) {
            try DatabaseQueue(path: path, configuration: Self.configuration(mode))
        }
        self.queue = queue
        let isNewer = try Self.translating(path) { try queue.read { try Schema.migrator.hasBeenSuperseded($0) } }
        if isNewer { throw .newer(path: path) }
        if mode == .readWrite {
            try Self.translating(path) { try Schema.migrator.migrate(queue) }
        }
        let isOlder = try Self.translating(path) { try queue.read { try !Schema.migrator.hasCompletedMigrations($0) } }
        if isOlder { throw .older(path: path) }
        let (id, secret) = try Self.translating(path) {
            try queue.read { database in
                try (
                    Data.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'id'"),
                    Data.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'secret'")
                )
            }
        }
        guard let id, id.count == 16 else { throw .damaged(path: path, problem: "its id is missing") }
        if secret != nil, mode == .readOnly { throw .older(path: path) }
        viewerKeys = try KeyStore(
            folder: folder, id: id.map { String(format: "%02x", $0) }.joined(), store: path, mode: mode,
            secret: secret.map { Array($0) + SecretKey.random().withUnsafeBytes { Array($0.prefix(16)) } })
        keys = viewerKeys.numbers
        if mode == .readWrite {
            if secret != nil { try Self.translating(path) { [viewerKeys] in try Sealing.seal(queue, viewerKeys) } }
            writer = try Self.translating(path) { [viewerKeys] in try queue.read { try CommitWriter($0, viewerKeys) } }
            try finishErasures()
            try writing { [viewerKeys] in try viewerKeys.restoreLedger(of: $0) }
        }
    }

    /// Writes `batch`, which is empty afterwards, in one transaction.
    @discardableResult
    public func commit(_ batch: StoreBatch) throws(StoreError) -> CommitResult {
        guard let writer else { throw .readOnly(path: path) }
        do throws(StoreError) {
            let result = try Self.translating(path) {
                try queue.writeWithoutTransaction { database in
                    var result = CommitResult()
                    try database.inTransaction(.immediate) {
                        result = try writer.write(batch, database)
                        return .commit
                    }
                    return result
                }
            }
            batch.removeAll()
            return result
        } catch {
            // A file that cannot even be read takes nothing more.
            if (try? queue.read { try writer.forget($0) }) == nil { self.writer = nil }
            throw error
        }
    }

    /// Folds the write-ahead log into the file and closes it.
    public func close() throws(StoreError) {
        if let writer {
            try Self.translating(path) { [queue] in
                try queue.write { try writer.finish($0) }
                try queue.writeWithoutTransaction { try $0.checkpointUnlessRead() }
            }
            self.writer = nil
        }
        try Self.translating(path) { [queue] in try queue.close() }
        try viewerKeys.close()
        lock = nil
    }

    static func configuration(_ mode: Mode) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = mode == .readOnly
        configuration.busyMode = .timeout(5)
        configuration.journalMode = mode == .readWrite ? .wal : .default
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA page_size = 16384; PRAGMA cache_size = -20480")
            if mode == .readWrite {
                try database.execute(
                    sql: "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4096; PRAGMA secure_delete = ON")
            }
        }
        return configuration
    }

    /// Refuses what is no store before anything is made in it or beside it.
    private static func refuseOthers(_ path: String) throws(StoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .damaged(path: path, problem: "it is no file")
        }
        if status.st_size == 0 { return }
        if access(path, W_OK) != 0, errno == EACCES || errno == EROFS { throw .readOnly(path: path) }
        var looking = configuration(.readOnly)
        let isOthers: Bool
        do throws(StoreError) {
            isOthers = try isOtherPrograms(path, looking)
        } catch .readOnly {
            // A run that was killed early may have left a journal, which SQLite must undo before anything can be read.
            looking.readonly = false
            isOthers = try isOtherPrograms(path, looking)
        }
        if isOthers { throw .damaged(path: path, problem: "it is another program's database") }
    }

    private static func isOtherPrograms(_ path: String, _ configuration: Configuration) throws(StoreError) -> Bool {
        try translating(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { database in
                // A run that was killed at once may have left no more than the migrator's own table.
                let tables = try String.fetchSet(
                    database,
                    sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'grdb_migrations'")
                return !tables.isEmpty && tables.isDisjoint(with: ["event_keys", "key_pages"])
            }
        }
    }

    /// Makes the file before SQLite does, so that nobody else may ever read it.
    static func makeFile(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EACCES || errno == EROFS { throw .readOnly(path: path) }
            throw .system(operation: "open", path: path, code: errno)
        }
        Glibc.close(descriptor)
    }

    static func translating<T>(_ path: String, _ body: () throws -> T) throws(StoreError) -> T {
        do {
            return try body()
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_FULL: throw .full(path: path)
            case .SQLITE_READONLY: throw .readOnly(path: path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw .busy(path: path, holder: 0)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: throw .damaged(path: path, problem: error.message ?? "\(error)")
            case .SQLITE_CANTOPEN: throw .system(operation: "open", path: path, code: errno)
            default: throw .sqlite(path: path, code: error.resultCode.rawValue, problem: error.message ?? "\(error)")
            }
        } catch {
            throw .sqlite(path: path, code: 1, problem: "\(error)")
        }
    }
}
