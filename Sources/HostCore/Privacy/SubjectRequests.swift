internal import Events
internal import Foundation
internal import Glibc
internal import Plugins
internal import Store

/// A store that is open to do what viewers ask for: the rights of data subjects (GDPR Art. 12 to 22). Each request goes into the
/// store's audit log.
///
/// ```swift
/// let requests = try SubjectRequests(store: "viewers.sqlite")
/// let report = try requests.erase("account-1/Anna")
/// try requests.close()
/// ```
///
/// Used from one thread at a time.
public final class SubjectRequests {
    let store: EventStore
    let path: String
    let actor: String
    /// What is taken for now, in seconds since 1970. The audit log has the clock's time.
    let time: Int64

    /// Opens the store at `path`, which must be there. `actor` is who does it, for the audit log: the process's user where nobody is
    /// named.
    public init(store path: String, actor: String? = nil, at time: Int64? = nil) throws(HostError) {
        store = try EventStore.existing(path)
        self.path = path
        self.actor = actor ?? NSUserName()
        self.time = time ?? Int64(Date().timeIntervalSince1970)
    }

    public func close() throws(HostError) {
        try HostError.translating { () throws(StoreError) in try store.close() }
    }

    /// The viewer of this name.
    func subject(named name: String) throws(HostError) -> DataSubject {
        if let subject = try DataSubject(named: name, in: store) { return subject }
        let erased = try HostError.translating { () throws(StoreError) in
            try store.erasureTime(of: store.viewer(named: name))
        }
        if let erased {
            throw .usage("the viewer '\(name)' was erased at \(erased.timeText); nothing is kept of them")
        }
        throw .usage("the store has nothing of a viewer '\(name)'; viewers are named as events name their subject")
    }

    /// Adds an entry to the audit log.
    func audit(_ action: String, _ detail: [String: Any]) throws(HostError) {
        try HostError.translating { () throws(StoreError) in try store.audit(record(action, detail)) }
    }

    /// An entry for the audit log.
    func record(_ action: String, _ detail: [String: Any]) -> AuditRecord {
        AuditRecord(action, Self.json(detail), actor: actor, at: Int64(Date().timeIntervalSince1970))
    }

    /// The detail of an audit entry.
    static func json(_ detail: [String: Any]) -> String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        let data = try? JSONSerialization.data(withJSONObject: detail, options: options)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// The marks by which records name a viewer.
    func marks(of subject: DataSubject) -> [String] {
        subject.numbers.map { store.mark(of: $0).text }
    }
}
