internal import Foundation
internal import GRDB

/// An erasure has three steps: the viewers are marked, and get no new events any more; all that the store keeps of them goes; their
/// keys are destroyed. One that is cut off goes on with the second. Viewers of whom nothing is left by itself are retired: all is the
/// same, but they may come back.
extension KeyStore {
    /// The viewers whose erasure was begun and not finished.
    func erasing() throws -> [Int64] {
        try queue.read { try Int64.fetchAll($0, sql: "SELECT viewer FROM erasing ORDER BY viewer") }
    }

    /// Whether a viewer may come back.
    enum Farewell {
        case erased
        case retired
    }

    /// Marks viewers, and waits until that is on the disk. `time` is in seconds since 1970.
    func beginErasing(_ viewers: [Int64], as farewell: Farewell, at time: Int64) throws {
        let table = farewell == .erased ? "erased" : "retired"
        try queue.write { database in
            for viewer in viewers {
                try database.execute(sql: "INSERT OR IGNORE INTO erasing VALUES (?, ?)", arguments: [viewer, time])
                try database.execute(
                    sql: "INSERT OR IGNORE INTO \(table) VALUES (?, ?)",
                    arguments: [numbers.mark(of: viewer).bytes, time])
            }
            try database.execute(
                sql: """
                    INSERT INTO meta VALUES ('erasures', 1)
                    ON CONFLICT DO UPDATE SET value = value + 1
                    """)
        }
        if farewell == .erased { add(viewers.map { numbers.mark(of: $0) }) }
    }

    /// Destroys the viewers' keys: in the file, and in what SQLite has beside it.
    func finishErasing(_ viewers: [Int64]) throws {
        try queue.write { database in
            for viewer in viewers {
                try database.execute(sql: "DELETE FROM viewer_keys WHERE viewer = ?", arguments: [viewer])
            }
        }
        try queue.writeWithoutTransaction { database in
            // SQLite leaves what it moved from page to page where it was.
            try database.execute(sql: "VACUUM")
            try database.checkpointUnlessRead()
        }
        try queue.write { database in
            for viewer in viewers {
                try database.execute(sql: "DELETE FROM erasing WHERE viewer = ?", arguments: [viewer])
            }
        }
        try queue.writeWithoutTransaction { try $0.checkpointUnlessRead() }
        forget(viewers)
    }

    /// How many erasures were begun: a store that has seen fewer is an older copy.
    func erasures() throws -> Int {
        try queue.read { try Int.fetchOne($0, sql: "SELECT value FROM meta WHERE name = 'erasures'") ?? 0 }
    }

    /// When a viewer was erased, in seconds since 1970; nil where that did not happen.
    func erasureTime(of viewer: Int64) throws -> Int64? {
        try queue.read {
            try Int64.fetchOne(
                $0, sql: "SELECT at FROM erased WHERE mark = ?", arguments: [numbers.mark(of: viewer).bytes])
        }
    }

    /// Lets a viewer who was erased begin anew, with another key. False where the viewer was not erased.
    func readmit(_ viewer: Int64) throws -> Bool {
        let mark = numbers.mark(of: viewer)
        if !marks.contains(mark) { return false }
        try queue.write { database in
            // What copies of the store have of the viewer stays erased.
            try database.execute(
                sql: "INSERT OR REPLACE INTO retired SELECT * FROM erased WHERE mark = ?", arguments: [mark.bytes])
            try database.execute(sql: "DELETE FROM erased WHERE mark = ?", arguments: [mark.bytes])
        }
        return remove(mark)
    }

    /// Those of whom nothing was left once.
    func retired() throws -> Set<ViewerMark> {
        try queue.read { try Set(Data.fetchAll($0, sql: "SELECT mark FROM retired").map { ViewerMark($0) }) }
    }

    /// Puts a new master key in the old one's place, and all keys under it: of the files as they were, and of copies of them,
    /// nothing can be opened any more without the old one, which is destroyed. Gives the number of keys.
    func rotate() throws -> Int {
        let next = master.next()
        let masterPath = Self.masterPath(path)
        try next.write(masterPath + ".next")
        let count = try queue.write { database in
            let update = try Statement(database, "UPDATE viewer_keys SET sealed = ?2 WHERE viewer = ?1")
            var last = Int64.min
            var count = 0
            while true {
                // A cursor would not go together with the updates.
                let rows = try Row.fetchAll(
                    database,
                    sql: "SELECT viewer, sealed FROM viewer_keys WHERE viewer > ? ORDER BY viewer LIMIT 10000",
                    arguments: [last])
                for row in rows {
                    last = row["viewer"]
                    let old: Data = row["sealed"]
                    let sealed = try old.withUnsafeBytes { try seal(open($0, of: last), of: last, under: next) }
                    update.bind(1, last)
                    try sealed.withUnsafeBytes {
                        update.bind(2, blob: $0)
                        try update.run()
                    }
                }
                count += rows.count
                if rows.isEmpty { break }
            }
            try database.execute(
                sql: "UPDATE meta SET value = ? WHERE name = 'secret'", arguments: [sealedSecret(under: next)])
            try database.execute(
                sql: "UPDATE meta SET value = ? WHERE name = 'generation'", arguments: [next.generation])
            return count
        }
        master = next
        try MasterKey.move(masterPath + ".next", to: masterPath)
        try queue.writeWithoutTransaction { try $0.checkpointUnlessRead() }
        return count
    }
}
