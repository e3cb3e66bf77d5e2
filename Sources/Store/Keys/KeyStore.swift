internal import Events
internal import Foundation
internal import GRDB

/// The keys of a store's viewers, in a file that is not the store's: what the store keeps of a viewer is sealed with the viewer's
/// key, and when the key is destroyed, neither the store nor any copy of it can be read any more.
///
/// The file is named by the store's id, in a folder of its own: a copy of the store's folder has no keys in it. Each key
/// lies there under the ``MasterKey``; of a viewer who was erased there is only a mark, a keyed hash of the viewer's number,
/// by which events that come later are refused.
///
/// Used by one thread at a time.
final class KeyStore {
    /// Keys that are kept in memory at the most.
    private static let mostKept = 1 << 16
    /// Keys that are read at a time.
    private static let stretch = 4096

    let path: String
    let queue: DatabaseQueue
    /// The numbers of events and viewers.
    let numbers: EventKeys
    private(set) var marks: Set<ViewerMark> = []
    /// Viewers whose keys were asked for in vain: the keys are older than the store.
    private(set) var lost: Set<Int64> = []

    var master: MasterKey
    let cipher = Cipher()
    let secret: [UInt8]
    private var kept: [Int64: Kept] = [:]
    private let isWritable: Bool

    private struct Kept {
        let key: SecretKey
        /// Whether the store is known to have the viewer's name.
        var isNoted = false
    }

    /// Opens the keys of the store with this id; where a secret is given, they are made where there are none.
    init(
        folder: String, id: String, store: String, mode: EventStore.Mode, secret newSecret: [UInt8]?
    ) throws(StoreError) {
        path = "\(folder)/\(id).keys"
        isWritable = mode == .readWrite
        let masterPath = Self.masterPath(path)
        var known = try MasterKey.read(masterPath)
        if known == nil, let newSecret {
            try Self.makeFolder(folder)
            let first = MasterKey.first()
            try Self.make(path, newSecret, first)
            try first.write(masterPath)
            known = first
        }
        guard let known, FileManager.default.fileExists(atPath: path) else {
            throw .keysMissing(store: store, path: known == nil ? masterPath : path)
        }
        master = known
        let queue = try EventStore.translating(path) { [path] in
            try DatabaseQueue(path: path, configuration: Self.configuration(mode))
        }
        self.queue = queue
        let generation = try EventStore.translating(path) {
            try queue.read { try Int64.fetchOne($0, sql: "SELECT value FROM meta WHERE name = 'generation'") ?? 0 }
        }
        if generation != known.generation {
            // A rotation that was cut off after its commit.
            guard let next = try MasterKey.read(masterPath + ".next"), next.generation == generation else {
                throw .keysDamaged(path: masterPath, problem: "it is of another generation than \(path)")
            }
            master = next
            if isWritable { try MasterKey.move(masterPath + ".next", to: masterPath) }
        }
        secret = try EventStore.translating(path) { [path, master, cipher] in
            try queue.read { database in
                var secret = ByteBuffer()
                let sealed = try Data.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'secret'") ?? Data()
                let isOpen = sealed.withUnsafeBytes { cipher.open(sealed: $0, master.key, .secret, into: &secret) }
                guard isOpen, secret.count == EventKeys.secretBytes else {
                    throw StoreError.keysDamaged(path: path, problem: "the master key does not fit it")
                }
                return Array(secret.rawBytes)
            }
        }
        numbers = EventKeys(secret: secret)
        marks = try EventStore.translating(path) { [isWritable] in
            if isWritable { try queue.write { try Self.makeLaterTables($0) } }
            return try queue.read { try Set(Data.fetchAll($0, sql: "SELECT mark FROM erased").map { ViewerMark($0) }) }
        }
    }

    /// Another one, for another thread, that only reads.
    func makeReader(of store: String) throws(StoreError) -> KeyStore {
        let file = path as NSString
        return try KeyStore(
            folder: file.deletingLastPathComponent, id: (file.lastPathComponent as NSString).deletingPathExtension,
            store: store, mode: .readOnly, secret: nil)
    }

    func close() throws(StoreError) {
        try EventStore.translating(path) { [queue, isWritable] in
            if isWritable { try queue.writeWithoutTransaction { try $0.checkpointUnlessRead() } }
            try queue.close()
        }
    }

    static func masterPath(_ path: String) -> String {
        (path as NSString).deletingPathExtension + ".master"
    }

    /// A viewer's key; nil where the viewer was erased, or where it is lost, which is noted then.
    func key(of viewer: Int64) throws -> SecretKey? {
        if let key = kept[viewer]?.key { return key }
        let sealed = try queue.read {
            try Data.fetchOne($0, sql: "SELECT sealed FROM viewer_keys WHERE viewer = ?", arguments: [viewer])
        }
        guard let sealed else {
            if !marks.contains(numbers.mark(of: viewer)) { lost.insert(viewer) }
            return nil
        }
        let key = try sealed.withUnsafeBytes { try open($0, of: viewer) }
        keep(key, of: viewer)
        return key
    }

    /// Reads the keys of viewers that are asked for next, in one go: each by itself takes ten times as long. There should be no more than a
    /// few thousand.
    func prepare(_ viewers: some Sequence<Int64>) throws {
        let unknown = Set(viewers.lazy.filter { $0 != 0 && self.kept[$0] == nil })
        if unknown.isEmpty { return }
        try queue.read { database in
            let select = try Statement(database, Self.selectKey)
            for viewer in unknown.sorted() {
                if let key = try key(of: viewer, select) { keep(key, of: viewer) }
            }
        }
    }

    /// For whoever goes through a list of viewers: reads the keys of the next few thousand, where that is due.
    func prepare(_ viewers: [Int64], at place: Int) throws {
        if place % Self.stretch == 0 { try prepare(viewers[place...].prefix(Self.stretch)) }
    }

    /// Reads the keys of the next few thousand viewers whose numbers are in `range`, in their order. Gives the last number that is
    /// covered.
    func prepare(in range: ClosedRange<Int64>) throws -> Int64 {
        try queue.read { database in
            let select = try Statement(
                database, "SELECT viewer, sealed FROM viewer_keys WHERE viewer BETWEEN ? AND ? ORDER BY viewer LIMIT ?")
            select.bind(1, range.lowerBound)
            select.bind(2, range.upperBound)
            select.bind(3, Int64(Self.stretch))
            defer { select.reset() }
            var last = Int64.max
            var count = 0
            while try select.step() {
                last = select.integer(0)
                if kept[last] == nil { keep(try open(select.blob(1), of: last), of: last) }
                count += 1
            }
            return count < Self.stretch ? range.upperBound : last
        }
    }

    private static let selectKey: StaticString = "SELECT sealed FROM viewer_keys WHERE viewer = ?"

    /// What the file has for a viewer.
    private func key(of viewer: Int64, _ select: Statement) throws -> SecretKey? {
        select.bind(1, viewer)
        defer { select.reset() }
        return try select.step() ? try open(select.blob(0), of: viewer) : nil
    }

    /// All who have a key.
    func viewers() throws -> Set<Int64> {
        try queue.read { try Int64.fetchSet($0, sql: "SELECT viewer FROM viewer_keys") }
    }

    /// The key of a viewer who must have one.
    func keyInUse(of viewer: Int64) throws -> SecretKey {
        guard let key = try key(of: viewer) else { throw StoreError.keyLost(viewer: viewer, path: path) }
        return key
    }

    /// The keys of viewers, one after the other, which are made for those that have none: nil where there is no viewer, 0, or one who was
    /// erased. Gives those as well, and the places of viewers who are not noted.
    func keysInUse(
        of viewers: [Int64], besides store: Database
    ) throws -> (keys: [SecretKey?], erased: Set<Int64>, unnoted: [Int]) {
        var keys: [SecretKey?] = []
        keys.reserveCapacity(viewers.count)
        var unknown: [Int] = []
        var unnoted: [Int] = []
        for (place, viewer) in viewers.enumerated() {
            let known = viewer == 0 ? nil : kept[viewer]
            keys.append(known?.key)
            if viewer != 0, known == nil { unknown.append(place) }
            if viewer != 0, known?.isNoted != true { unnoted.append(place) }
        }
        if unknown.isEmpty { return (keys, [], unnoted) }
        let (found, erased) = try findOrMake(Set(unknown.lazy.map { viewers[$0] }), besides: store)
        for place in unknown { keys[place] = found[viewers[place]] }
        return (keys, erased, unnoted)
    }

    /// Notes that the store has the viewer's name; false where that was noted before.
    func note(_ viewer: Int64) -> Bool {
        if kept[viewer]?.isNoted == true { return false }
        kept[viewer]?.isNoted = true
        return true
    }

    /// After a transaction that was undone.
    func forgetNotes() {
        kept = kept.mapValues { Kept(key: $0.key) }
    }

    /// Throws where the viewer's key is lost: what is there of the viewer cannot be read.
    func check(_ viewer: Int64) throws {
        if viewer != 0, try key(of: viewer) == nil, lost.contains(viewer) {
            throw StoreError.keyLost(viewer: viewer, path: path)
        }
    }

    /// Makes keys for those of the viewers that have none, and waits until they are on the disk. Gives those who were erased.
    ///
    /// A viewer of whom `store` has something already gets no other key: what it has could not be opened with that.
    func makeKeys(for viewers: some Sequence<Int64>, besides store: Database?) throws -> Set<Int64> {
        let unknown = Set(viewers.lazy.filter { self.kept[$0] == nil }).subtracting([0])
        return unknown.isEmpty ? [] : try findOrMake(unknown, besides: store).erased
    }

    private func findOrMake(
        _ viewers: Set<Int64>, besides store: Database?
    ) throws -> (keys: [Int64: SecretKey], erased: Set<Int64>) {
        var keys = [Int64: SecretKey](minimumCapacity: viewers.count)
        var erased: Set<Int64> = []
        var made: [Int64] = []
        try queue.read { database in
            let select = try Statement(database, Self.selectKey)
            let find = try store.map { try Statement($0, "SELECT 1 FROM viewers WHERE viewer = ?") }
            for viewer in viewers.sorted() {
                if let key = try key(of: viewer, select) {
                    keys[viewer] = key
                } else if marks.contains(numbers.mark(of: viewer)) {
                    erased.insert(viewer)
                } else {
                    find?.bind(1, viewer)
                    if try find?.integer() != nil { throw StoreError.keyLost(viewer: viewer, path: path) }
                    made.append(viewer)
                }
            }
        }
        if !made.isEmpty {
            try queue.write { database in
                let insert = try Statement(database, "INSERT INTO viewer_keys VALUES (?, ?)")
                for viewer in made {
                    let key = SecretKey.random()
                    keys[viewer] = key
                    insert.bind(1, viewer)
                    try seal(key, of: viewer, under: master).withUnsafeBytes {
                        insert.bind(2, blob: $0)
                        try insert.run()
                    }
                }
            }
        }
        for (viewer, key) in keys { keep(key, of: viewer) }
        return (keys, erased)
    }

    /// Takes over what a store's ledger has more; it is on the disk when this returns.
    func keepLedger(of store: Database) throws {
        try queue.write { _ = try LedgerTables.copy(store, to: $0) }
    }

    /// Gives a store's ledger what it has less.
    func restoreLedger(of store: Database) throws {
        try queue.read { _ = try LedgerTables.copy($0, to: store) }
    }

    /// What is known of keys is read anew.
    func forget(_ viewers: some Sequence<Int64>) {
        for viewer in viewers { kept[viewer] = nil }
        lost.subtract(viewers)
    }

    func add(_ marks: some Sequence<ViewerMark>) {
        self.marks.formUnion(marks)
    }

    /// Whether it was there.
    func remove(_ mark: ViewerMark) -> Bool {
        marks.remove(mark) != nil
    }

    /// A viewer's key as it lies in the file.
    func seal(_ key: SecretKey, of viewer: Int64, under master: MasterKey) -> Data {
        var sealed = ByteBuffer()
        key.withUnsafeBytes { cipher.seal(sealing: $0, master.key, .key(viewer), into: &sealed) }
        return Data(sealed.rawBytes)
    }

    /// What numbers and marks are made with, as it lies in the file.
    func sealedSecret(under master: MasterKey) -> Data {
        var sealed = ByteBuffer()
        secret.withUnsafeBytes { cipher.seal(sealing: $0, master.key, .secret, into: &sealed) }
        return Data(sealed.rawBytes)
    }

    func open(_ sealed: UnsafeRawBufferPointer, of viewer: Int64) throws -> SecretKey {
        var bytes = ByteBuffer()
        let isOpen = cipher.open(sealed: sealed, master.key, .key(viewer), into: &bytes)
        guard isOpen, bytes.count == SecretKey.byteCount else {
            throw StoreError.keysDamaged(path: path, problem: "the key of viewer \(viewer) is not what was written")
        }
        return SecretKey(bytes.rawBytes)
    }

    private func keep(_ key: SecretKey, of viewer: Int64) {
        if kept.count >= Self.mostKept { kept.removeAll(keepingCapacity: true) }
        kept[viewer] = Kept(key: key)
    }

    private static func configuration(_ mode: EventStore.Mode) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = mode == .readOnly
        configuration.busyMode = .timeout(5)
        configuration.journalMode = mode == .readWrite ? .wal : .default
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA secure_delete = ON")
            // A key must be on the disk before anything is that it seals.
            if mode == .readWrite { try database.execute(sql: "PRAGMA synchronous = FULL") }
        }
        return configuration
    }

    /// Tables that came later than the others: viewers of whom nothing was left once, and who may come back; and what was spent of privacy.
    private static func makeLaterTables(_ database: Database) throws {
        try database.execute(
            sql: "CREATE TABLE IF NOT EXISTS retired (mark BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID")
        try LedgerTables.make(database)
    }

    private static func makeFolder(_ folder: String) throws(StoreError) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .system(operation: "make the folder", path: folder, code: errno)
        }
    }

    private static func make(_ path: String, _ secret: [UInt8], _ master: MasterKey) throws(StoreError) {
        // One that was cut off before its master key was there has sealed nothing.
        for rest in ["", "-wal", "-shm"] { unlink(path + rest) }
        try EventStore.makeFile(path)
        try EventStore.translating(path) {
            let queue = try DatabaseQueue(path: path, configuration: configuration(.readWrite))
            try queue.write { database in
                try database.execute(
                    sql: """
                        CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
                        CREATE TABLE viewer_keys (viewer INTEGER PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
                        CREATE TABLE erased (mark BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
                        CREATE TABLE erasing (viewer INTEGER PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
                        """)
                try makeLaterTables(database)
                var sealed = ByteBuffer()
                secret.withUnsafeBytes { Cipher().seal(sealing: $0, master.key, .secret, into: &sealed) }
                try database.execute(
                    sql: "INSERT INTO meta VALUES ('generation', ?), ('secret', ?)",
                    arguments: [master.generation, Data(sealed.rawBytes)])
            }
            try queue.close()
        }
    }
}
