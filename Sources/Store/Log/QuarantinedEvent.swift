internal import Events
internal import Foundation
internal import GRDB

/// An event that a plugin failed on, as it came in.
public struct QuarantinedEvent: Sendable {
    /// The number of its ``EventKey``.
    public var number: Int64
    public var body: [UInt8]
    public var plugin: String
    public var code: String
    public var message: String
    /// Where it came from: `events.ndjson:12`.
    public var origin: String
    /// When it came into the store, in seconds since 1970; 0 where it is not there.
    public internal(set) var received: Int64 = 0

    /// The message of an event that was changed where it waits.
    static let withdrawnMessage = "withdrawn, with a part of the event"

    public init(number: Int64, body: [UInt8], plugin: String, code: String, message: String, origin: String) {
        self.number = number
        self.body = body
        self.plugin = plugin
        self.code = code
        self.message = message
        self.origin = origin
    }
}

// MARK: In the store

extension QuarantinedEvent {
    /// Appends what may say something of the viewer, the message and the event, as it lies in the store.
    func writeHeld(into bytes: inout ByteBuffer) {
        bytes.append(number: UInt64(message.utf8.count))
        var message = message
        message.withUTF8 { bytes.append(UnsafeRawBufferPointer($0)) }
        body.withUnsafeBytes { bytes.append($0) }
    }

    /// Reads a row of the quarantine; nil where its viewer was erased.
    init?(_ row: Row, _ keys: KeyStore) throws {
        let (number, viewer): (Int64, Int64) = (row["key"], row["viewer"])
        var held = ByteBuffer()
        let stored: Data = row["held"]
        if viewer == 0 {
            stored.withUnsafeBytes { held.append($0) }
        } else {
            guard let key = try keys.key(of: viewer) else { return nil }
            let isOpen = stored.withUnsafeBytes {
                keys.cipher.open(sealed: $0, key, .quarantined(number), into: &held)
            }
            if !isOpen { throw Self.damage(number) }
        }
        let bytes = held.rawBytes
        var place = 0
        guard let length = bytes.number(at: &place), let message = bytes.bytes(length, at: &place) else {
            throw Self.damage(number)
        }
        self.init(
            number: number, body: Array(bytes[place...]), plugin: row["plugin"], code: row["code"],
            message: String(decoding: message, as: UTF8.self), origin: row["origin"])
        received = row["received"]
    }

    private static func damage(_ number: Int64) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "event \(number) in quarantine is damaged")
    }
}
