internal import Foundation
internal import Store

/// The audit log of a store, to be read.
public struct AuditTrail {
    /// What somebody did.
    public struct Entry: Sendable {
        public let sequence: Int
        /// Seconds since 1970.
        public let time: Int64
        public let actor: String
        public let action: String
        /// JSON.
        public let detail: String
        public let hash: String

        /// One JSON object.
        public var json: String {
            let texts = [actor, action, hash].map { text in
                (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
            }
            return #"{"sequence":\#(sequence),"time":"\#(time.timeText)","actor":\#(texts[0]),"action":\#(texts[1]),"#
                + #""detail":\#(detail),"hash":\#(texts[2])}"#
        }
    }

    private let store: EventStore

    /// Opens the store at `path`, which must be there.
    public init(store path: String) throws(HostError) {
        store = try EventStore.existing(path, mode: .readOnly)
    }

    /// The entries in their order; those that concern a viewer, under any subject that is the viewer's, where one is named.
    public func entries(of viewer: String? = nil) throws(HostError) -> [Entry] {
        let numbers = try viewer.map { (name) throws(HostError) in
            // Of a viewer who was erased, the mark of the name that was asked for is all that is left.
            try DataSubject(named: name, in: store)?.numbers ?? [store.viewer(named: name)]
        }
        let entries = try HostError.translating { () throws(StoreError) in
            if let numbers { try store.auditEntries(of: numbers) } else { try store.auditEntries() }
        }
        return entries.map {
            Entry(
                sequence: $0.sequence, time: $0.time, actor: $0.actor, action: $0.action, detail: $0.detail,
                hash: $0.hash)
        }
    }

    /// How many entries there are, and what is wrong with them; nil where they are as they were written.
    public func verify() throws(HostError) -> (entries: Int, problem: String?) {
        let count = try HostError.translating { () throws(StoreError) in try store.auditEntries() }.count
        let problem = try HostError.translating { () throws(StoreError) in try store.auditProblem() }
        switch problem {
        case nil: return (count, nil)
        case .changed(let sequence):
            return (count, "the audit log was tampered with: entry \(sequence) is not what was written there")
        case .cutOff(let written, let found):
            return (count, "the audit log was tampered with: it ends with entry \(found), and \(written) were written")
        }
    }
}
