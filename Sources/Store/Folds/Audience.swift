internal import Foundation
internal import GRDB

/// The viewers of a segment as they are published: what is counted, shown and exported. Two editions of it differ by nobody, or
/// by so many that the difference points to no one.
///
/// It is kept in pages of sorted numbers, 64 bits each. Used within a transaction of its caller's.
struct Audience {
    /// Viewers who come, or go, in one edition at the least.
    static let smallestChange = 10
    private static let viewersOfPage = 1024
    private static let page = "a page of an audience"

    private let fold: Int64
    private let database: Database

    init(_ fold: Int64, _ database: Database) {
        self.fold = fold
        self.database = database
    }

    /// The published viewers, in the order of their numbers.
    func viewers() throws -> [Int64] {
        var viewers: [Int64] = []
        let pages = try Row.fetchCursor(
            database, sql: "SELECT viewers FROM audiences WHERE fold = ? ORDER BY first", arguments: [fold])
        while let page = try pages.next() {
            try page.withUnsafeData(named: "viewers") { viewers += try numbers(of: $0, in: Self.page) }
        }
        return viewers
    }

    /// Whether a viewer is published. The statement is kept, for it is asked again for each segment and viewer.
    func contains(_ viewer: Int64) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: "SELECT viewers FROM audiences WHERE fold = ? AND first <= ? ORDER BY first DESC LIMIT 1")
        let page = try Row.fetchOne(statement, arguments: [fold, viewer])
        return try page?.withUnsafeData(named: "viewers") { try numbers(of: $0, in: Self.page).contains(viewer) }
            ?? false
    }

    /// Publishes a new edition. `members` are all who belong to the segment now, in the order of their numbers; fewer than
    /// `minimum` are nobody. Of those who came or went since the last edition, fewer than ``smallestChange`` wait for more.
    func publish(_ members: [Int64], minimum: Int, at time: Int64) throws {
        let published = try viewers()
        var edition = members
        if !published.isEmpty {
            let (came, went) = (difference(members, published), difference(published, members))
            if came.count < Self.smallestChange { edition = difference(edition, came) }
            if went.count < Self.smallestChange { edition = union(edition, went) }
        }
        try replace(edition.count < minimum ? [] : edition)
        try database.execute(sql: "UPDATE folds SET published_at = ? WHERE fold = ?", arguments: [time, fold])
    }

    /// Takes viewers out at once, and some others with them where they are too few not to be singled out; those may come
    /// back with a later edition. `viewers` are in the order of their numbers.
    func withdraw(_ viewers: [Int64], minimum: Int) throws {
        let published = try self.viewers()
        let gone = intersection(published, viewers)
        guard let first = gone.first else { return }
        var rest = difference(published, gone)
        let others = min(rest.count, max(0, Self.smallestChange - gone.count))
        // Numbers are keyed hashes: who follows is as good as drawn by lot.
        let start = rest.firstIndex { $0 > first } ?? 0
        let behind = min(others, rest.count - start)
        rest.removeSubrange(start..<start + behind)
        rest.removeSubrange(0..<others - behind)
        try replace(rest.count < minimum ? [] : rest)
    }

    /// Publishes nobody.
    func removeAll() throws {
        try replace([])
    }

    private func replace(_ viewers: [Int64]) throws {
        try database.execute(sql: "DELETE FROM audiences WHERE fold = ?", arguments: [fold])
        var start = 0
        while start < viewers.count {
            let page = viewers[start..<min(start + Self.viewersOfPage, viewers.count)]
            try database.execute(
                sql: "INSERT INTO audiences VALUES (?, ?, ?)", arguments: [fold, page[start], numberList(page)])
            start += Self.viewersOfPage
        }
        try database.execute(
            sql: "UPDATE folds SET audience = ? WHERE fold = ?", arguments: [viewers.count, fold])
    }
}

// MARK: Sorted lists without repetitions

/// Those of `list` that are not in `other`.
func difference(_ list: [Int64], _ other: [Int64]) -> [Int64] {
    select(list, other) { !$0 }
}

/// Those of `list` that are in `other` too.
func intersection(_ list: [Int64], _ other: [Int64]) -> [Int64] {
    select(list, other) { $0 }
}

private func select(_ list: [Int64], _ other: [Int64], _ isWanted: (Bool) -> Bool) -> [Int64] {
    var place = 0
    return list.filter { number in
        while place < other.count, other[place] < number { place += 1 }
        return isWanted(place < other.count && other[place] == number)
    }
}

private func union(_ list: [Int64], _ other: [Int64]) -> [Int64] {
    (list + difference(other, list)).sorted()
}
