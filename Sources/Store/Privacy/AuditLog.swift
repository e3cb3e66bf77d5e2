internal import Events
internal import Foundation
internal import GRDB

/// What somebody did with viewers' data, and when. It names no viewer but by the mark.
public struct AuditEntry: Equatable, Sendable {
    /// From 1 on, without gaps.
    public let sequence: Int
    /// Seconds since 1970.
    public let time: Int64
    /// Who: the name of the user whose process it was.
    public let actor: String
    public let action: String
    /// JSON.
    public let detail: String
    /// Of this entry and the one before: 128 bits of an HMAC as 32 hex digits (``KeyedHash``), with the store's own key.
    public let hash: String
}

/// What is to be said of something that is done.
public struct AuditRecord: Equatable, Sendable {
    let action: String
    let detail: String
    let actor: String
    let time: Int64

    /// `detail` is JSON, and names no viewer but by the mark; `time` is in seconds since 1970.
    public init(_ action: String, _ detail: String, actor: String, at time: Int64) {
        self.action = action
        self.detail = detail
        self.actor = actor
        self.time = time
    }
}

/// What is wrong with an audit log.
public enum AuditProblem: Equatable, Sendable {
    /// An entry is not what was written, or does not follow the one before.
    case changed(sequence: Int)
    /// Entries at the end are gone: the last one that was written, and the last one that is there.
    case cutOff(written: Int, found: Int)
}

/// The audit log: entries are added, and each is bound to all before it, so that none can be changed, taken out or put in between
/// without the key. How far it goes is kept with the keys as well, so that none can be taken off its end.
///
/// After Schneier and Kelsey 1999, "Secure Audit Logs to Support Computer Forensics", without the keys that evolve.
struct AuditLog {
    private let database: Database
    private let keys: KeyStore

    init(_ database: Database, _ keys: KeyStore) {
        self.database = database
        self.keys = keys
    }

    /// Adds an entry, which is in the log when the caller's transaction ends.
    ///
    /// It follows what the keys know of: where entries were taken off the end, it leaves their gap.
    func add(_ record: AuditRecord) throws -> AuditEntry {
        var last = try Row.fetchOne(database, sql: "SELECT * FROM audit ORDER BY sequence DESC LIMIT 1")
            .map { AuditEntry($0) }.map { (sequence: $0.sequence, hash: $0.hash) }
        if let head = try keys.auditHead(), head.sequence >= last?.sequence ?? 0 { last = head }
        let sequence = (last?.sequence ?? 0) + 1
        let hash = hash(
            of: (sequence, record.time, record.actor, record.action, record.detail), after: last?.hash ?? "")
        try database.execute(
            sql: "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [sequence, record.time, record.actor, record.action, record.detail, hash])
        return AuditEntry(
            sequence: sequence, time: record.time, actor: record.actor, action: record.action, detail: record.detail,
            hash: hash)
    }

    func entries() throws -> [AuditEntry] {
        try Row.fetchAll(database, sql: "SELECT * FROM audit ORDER BY sequence").map { AuditEntry($0) }
    }

    /// Checks all entries; nil where they are what was written.
    func problem() throws -> AuditProblem? {
        var hash = ""
        var count = 0
        let head = try keys.auditHead()
        for entry in try entries() {
            count += 1
            hash = self.hash(
                of: (entry.sequence, entry.time, entry.actor, entry.action, entry.detail), after: hash)
            if entry.sequence != count || entry.hash != hash { return .changed(sequence: count) }
            if let head, head.sequence == count, head.hash != hash { return .changed(sequence: count) }
        }
        if let head, head.sequence > count { return .cutOff(written: head.sequence, found: count) }
        return nil
    }

    private func hash(
        of entry: (sequence: Int, time: Int64, actor: String, action: String, detail: String), after last: String
    ) -> String {
        // The lengths keep one text's end from being taken for the next one's beginning.
        var text: [UInt8] = []
        for part in ["\(entry.sequence)", "\(entry.time)", entry.actor, entry.action, entry.detail, last] {
            text += Array("\(part.utf8.count):\(part)\n".utf8)
        }
        var digits: [UInt8] = []
        text.withUnsafeBytes { keys.auditHash.hex($0, into: &digits) }
        return String(decoding: digits, as: UTF8.self)
    }
}

extension AuditEntry {
    fileprivate init(_ row: Row) {
        self.init(
            sequence: row["sequence"], time: row["at"], actor: row["actor"], action: row["action"],
            detail: row["detail"], hash: row["hash"])
    }
}

extension KeyStore {
    /// Made from the store's secret, and not that itself.
    var auditHash: KeyedHash {
        var key: [UInt8] = []
        let label = Array("audit".utf8)
        label.withUnsafeBytes { KeyedHash(key: secret).hex($0, into: &key) }
        return KeyedHash(key: key)
    }

    func auditHead() throws -> (sequence: Int, hash: String)? {
        try queue.read { database in
            let text = try String.fetchOne(
                database, sql: "SELECT CAST(value AS TEXT) FROM meta WHERE name = 'audit'")
            guard let parts = text?.split(separator: " "), parts.count == 2, let sequence = Int(parts[0]) else {
                return nil
            }
            return (sequence, String(parts[1]))
        }
    }

    func setAuditHead(_ entry: AuditEntry) throws {
        try queue.write {
            try $0.execute(
                sql: "INSERT OR REPLACE INTO meta VALUES ('audit', ?)", arguments: ["\(entry.sequence) \(entry.hash)"])
        }
    }
}

extension EventStore {
    /// Adds an entry to the audit log.
    public func audit(_ record: AuditRecord) throws(StoreError) {
        try writing(recording: { _ in record }) { _ in }
    }

    /// A transaction with an entry in the audit log, of what came of it; none where nothing is to be said.
    func writing<T>(
        recording record: (T) -> AuditRecord?, _ body: (Database) throws -> T
    ) throws(StoreError) -> T {
        let (result, entry) = try writingForGood { [viewerKeys] database in
            let result = try body(database)
            return (result, try record(result).map { try AuditLog(database, viewerKeys).add($0) })
        }
        if let entry { try Self.translating(path) { [viewerKeys] in try viewerKeys.setAuditHead(entry) } }
        return result
    }

    /// The audit log, in its order.
    public func auditEntries() throws(StoreError) -> [AuditEntry] {
        try Self.translating(path) { [queue, viewerKeys] in
            try queue.read { try AuditLog($0, viewerKeys).entries() }
        }
    }

    /// What is wrong with the audit log; nil where nothing is.
    public func auditProblem() throws(StoreError) -> AuditProblem? {
        try Self.translating(path) { [queue, viewerKeys] in
            try queue.read { try AuditLog($0, viewerKeys).problem() }
        }
    }
}
