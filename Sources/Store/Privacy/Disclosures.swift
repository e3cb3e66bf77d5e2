internal import Events
internal import Foundation
internal import GRDB

/// That data of viewers were given to somebody: an audience to an advertiser, say.
public struct Disclosure: Equatable, Sendable {
    /// Seconds since 1970.
    public let time: Int64
    public let recipient: String
    public let purpose: String
    /// What was given: a segment's name.
    public let subject: String
    /// Of the plugin that made it.
    public let version: String

    public init(time: Int64, recipient: String, purpose: String, subject: String, version: String) {
        self.time = time
        self.recipient = recipient
        self.purpose = purpose
        self.subject = subject
        self.version = version
    }
}

extension EventStore {
    /// Records that data of viewers were given to somebody.
    public func record(_ disclosure: Disclosure, of viewers: [Int64]) throws(StoreError) {
        try writing { database in
            try database.execute(
                sql: "INSERT INTO disclosures VALUES (NULL, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    disclosure.time, disclosure.recipient, disclosure.purpose, disclosure.subject, disclosure.version,
                    numberList(viewers.sorted()),
                ])
        }
    }

    /// Who was given what, of any of these viewers where they are named; the latest last.
    public func disclosures(of viewers: [Int64]? = nil) throws(StoreError) -> [Disclosure] {
        try Self.translating(path) { [queue] in
            try queue.read { database in
                try Row.fetchAll(database, sql: "SELECT * FROM disclosures ORDER BY disclosure").filter { row in
                    guard let viewers else { return true }
                    let given = Set(try numbers(of: row["viewers"], in: "a disclosure"))
                    return viewers.contains { given.contains($0) }
                }.map {
                    Disclosure(
                        time: $0["at"], recipient: $0["recipient"], purpose: $0["purpose"], subject: $0["subject"],
                        version: $0["version"])
                }
            }
        }
    }

    /// Takes viewers out of all disclosures.
    func removeDisclosures(of viewers: [Int64], _ database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT disclosure, viewers FROM disclosures") {
            let given = try numbers(of: row["viewers"], in: "a disclosure")
            let rest = difference(given, viewers.sorted())
            if rest.count == given.count { continue }
            try database.execute(
                sql: "UPDATE disclosures SET viewers = ? WHERE disclosure = ?",
                arguments: [numberList(rest), row["disclosure"] as Int64])
        }
    }
}

/// Numbers of viewers as bytes, 64 bits each.
func numberList(_ numbers: some Sequence<Int64>) -> Data {
    var bytes = Data()
    for number in numbers { withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) } }
    return bytes
}

/// The numbers that those bytes are.
func numbers(of bytes: Data?, in place: String) throws -> [Int64] {
    guard let bytes, bytes.count % 8 == 0 else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(place) is damaged")
    }
    return bytes.withUnsafeBytes { page in
        (0..<page.count / 8).map { Int64(littleEndian: page.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self)) }
    }
}
