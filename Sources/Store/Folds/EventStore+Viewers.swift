internal import Events
internal import Foundation
internal import GRDB

/// That two viewers are one from a place of the log on, or are not any more.
public struct IdentityRecord: Equatable, Sendable {
    public let position: Int64
    public let viewer: Int64
    /// Who is taken into the viewer, or leaves it.
    public let other: Int64
    public let isMerge: Bool
}

extension EventStore {
    /// The number of the viewer that events name so.
    public func viewer(named subject: String) -> Int64 {
        Array(subject.utf8).withUnsafeBytes { keys.viewer($0) }
    }

    /// What events call the viewers with these numbers; those of whom no event is stored are left out.
    public func subjects(of viewers: [Int64]) throws(StoreError) -> [Int64: String] {
        try Self.translating(path) { [queue, viewerKeys] in
            try queue.read { database in
                var subjects: [Int64: String] = [:]
                var subject = ByteBuffer()
                let statement = try database.cachedStatement(sql: "SELECT subject FROM viewers WHERE viewer = ?")
                for (place, viewer) in viewers.enumerated() {
                    try viewerKeys.prepare(viewers, at: place)
                    let sealed = try Data.fetchOne(statement, arguments: [viewer])
                    guard let sealed, let key = try viewerKeys.key(of: viewer) else { continue }
                    subject.removeAll()
                    let isOpen = sealed.withUnsafeBytes {
                        viewerKeys.cipher.open(sealed: $0, key, .subject(viewer), into: &subject)
                    }
                    if !isOpen { throw StoreError.damagedRow(viewer: viewer) }
                    subjects[viewer] = String(decoding: subject.rawBytes, as: UTF8.self)
                }
                return subjects
            }
        }
    }

    /// All that the log says of who is who, in its order.
    public func identityRecords() throws(StoreError) -> [IdentityRecord] {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                try Row.fetchAll(database, sql: "SELECT * FROM identity_events ORDER BY position").map {
                    IdentityRecord(
                        position: $0["position"], viewer: $0["viewer"], other: $0["other"],
                        isMerge: $0["is_merge"])
                }
            }
        }
    }

    /// Reads the log behind `position`, up to `end`, into `part`; not much more than `bytes` of it. ``LogPart/end`` is
    /// `position` where there is nothing.
    public func readLog(after position: Int64, through end: Int64, bytes: Int, into part: LogPart) throws(StoreError) {
        part.removeAll(from: position)
        try Self.translating(path) { [queue, viewerKeys] in
            try queue.read { database in
                try LogReader(database, viewerKeys).forEach(after: position) { event in
                    if event.position > end { return false }
                    part.append(event)
                    return part.byteCount < bytes
                }
            }
        }
    }

    /// As ``readLog(after:through:bytes:into:)``, but events are read as they lie in the log, by all readers side by side. Those that have
    /// a viewer are opened by ``StateReader/open(_:of:in:)``. ``LogPart/end`` is `end` where there is nothing more.
    public func readSealedLog(
        after position: Int64, through end: Int64, bytes: Int, into part: LogPart, by readers: [StateReader]
    ) throws(StoreError) {
        let stretches = try Self.translating(path) { [queue] in
            try queue.read {
                try LogStretch.divide(after: position, through: end, most: bytes, among: readers.count, $0)
            }
        }
        try part.fill(with: stretches, through: stretches.last?.end ?? end) { (number, section) throws(StoreError) in
            try readers[number].readSealed(stretches[number], into: section)
        }
    }

    /// Reads all events of some viewers up to a place of the log, in the log's order.
    public func readEvents(of viewers: [Int64], through end: Int64, into part: LogPart) throws(StoreError) {
        part.removeAll(from: end)
        try Self.translating(path) { [self] in
            try queue.read { database in
                for viewer in viewers {
                    try forEachEvent(of: viewer, after: 0, database) { event in
                        if event.position <= end { part.append(event) }
                    }
                }
            }
        }
        part.sort()
    }

    /// Calls `body` with the data of each title of the catalogue, as JSON.
    public func forEachTitle(_ body: (UnsafeRawBufferPointer) -> Void) throws(StoreError) {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                let titles = try Row.fetchCursor(database, sql: "SELECT data FROM titles ORDER BY source, title_id")
                while let title = try titles.next() {
                    try title.withUnsafeData(named: "data") { ($0 ?? Data()).withUnsafeBytes(body) }
                }
            }
        }
    }

    /// Texts of events at places of the log, as far as they are there.
    public func events(at positions: [Int64]) throws(StoreError) -> [StoredEvent] {
        try Self.translating(path) { [queue, viewerKeys] in
            try queue.read { database in
                var events: [StoredEvent] = []
                try LogReader(database, viewerKeys).forEach(at: Array(Set(positions)).sorted()) {
                    events.append(StoredEvent($0))
                }
                return events
            }
        }
    }

    /// A setting of the store's; nil where it was never set.
    public func setting(_ name: String) throws(StoreError) -> String? {
        try Self.translating(path) { [queue] in
            try queue.read {
                try String.fetchOne(
                    $0, sql: "SELECT CAST(value AS TEXT) FROM meta WHERE name = ?", arguments: ["setting:" + name])
            }
        }
    }

    public func set(_ name: String, to value: String) throws(StoreError) {
        try writing {
            try $0.execute(
                sql: "INSERT OR REPLACE INTO meta VALUES (?, ?)", arguments: ["setting:" + name, value])
        }
    }

    // MARK: Audiences

    /// The published audience of a fold, in the order of the viewers' numbers.
    public func audience(of fold: StoredFold) throws(StoreError) -> [Int64] {
        try Self.translating(path) { [queue] in try queue.read { try Audience(fold.number, $0).viewers() } }
    }

    /// Which of the folds have published a viewer, by their numbers.
    public func audiences(of viewer: Int64, among folds: [StoredFold]) throws(StoreError) -> Set<Int64> {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                try Set(folds.map { $0.number }.filter { try Audience($0, database).contains(viewer) })
            }
        }
    }

    /// Publishes the viewers who are members of a fold now, in the order of their numbers, in a new edition of its audience.
    public func publish(_ members: [Int64], of fold: StoredFold, minimum: Int, at time: Int64) throws(StoreError) {
        try writing { try Audience(fold.number, $0).publish(members, minimum: minimum, at: time) }
    }

    /// Publishes nobody of the folds whose audiences are smaller than that.
    public func unpublishAudiences(below minimum: Int) throws(StoreError) {
        try writing { database in
            let small = try Int64.fetchAll(
                database, sql: "SELECT fold FROM folds WHERE audience < ?", arguments: [minimum])
            for fold in small { try Audience(fold, database).removeAll() }
        }
    }

    /// What is kept for the values of a fold's dimensions.
    public func groups(of fold: StoredFold) throws(StoreError) -> [FoldChanges.Group] {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                try Row.fetchAll(
                    database, sql: "SELECT * FROM groups WHERE fold = ? ORDER BY dimension, value",
                    arguments: [fold.number]
                ).map { FoldChanges.Group($0) }
            }
        }
    }

    /// What is kept for one value; nil where nothing is.
    public func group(
        of fold: StoredFold, dimension: Int, value: String
    ) throws(StoreError) -> FoldChanges.Group? {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                try Row.fetchOne(
                    database, sql: "SELECT * FROM groups WHERE fold = ? AND dimension = ? AND value = ?",
                    arguments: [fold.number, dimension, value]
                ).map { FoldChanges.Group($0) }
            }
        }
    }
}

extension FoldChanges.Group {
    init(_ row: Row) {
        self.init(
            fold: row["fold"], dimension: row["dimension"], value: row["value"], events: row["events"],
            state: Array(row["state"] as Data))
    }
}
