public import Events
internal import Foundation
internal import Privacy
internal import Store

/// What an erasure did.
public struct ErasureReport: Equatable, Sendable {
    /// All names of the viewer.
    public let names: [String]
    public internal(set) var events = 0
    /// Events that lost a part of their data.
    public internal(set) var changed = 0
    /// Events in quarantine that went, or lost a part of their data.
    public internal(set) var quarantined = 0
    /// Who was given something of the viewer, and has to be told (GDPR Art. 19).
    public let recipients: [String]
    /// Paths of files that the host wrote, where they are still there, that may have data of the viewer.
    public var files: [String] { written.map { $0.path } }
    let written: [WrittenFile]
    /// Whether the store's models have to be trained anew.
    public internal(set) var hasStaleModels = false

    init(names: [String], recipients: [String] = [], written: [WrittenFile] = []) {
        self.names = names
        self.recipients = recipients
        self.written = written
    }
}

extension SubjectRequests {
    /// Erases a viewer, with all names (GDPR Art. 17): what the store keeps, and the keys to all copies of it. Models are stale from
    /// then on: see ``ModelShelf/refresh(store:jobs:_:)``.
    public func erase(_ name: String) throws(HostError) -> ErasureReport {
        let subject = try subject(named: name)
        let marks = marks(of: subject)
        var report = try report(of: subject)
        // Who has to be told stands there before it is forgotten.
        try audit("erasure begun", ["viewers": marks, "recipients": report.recipients])
        report.hasStaleModels = try ModelShelf(store: path).markStale()
        let counts = try HostError.translating { () throws(StoreError) in
            try store.erase(subject.numbers, at: time)
        }
        report.events = counts.events
        report.quarantined = counts.quarantined
        try audit(
            "erasure finished",
            ["viewers": marks, "events": counts.events, "quarantined": counts.quarantined])
        return report
    }

    /// Removes the data of some categories from all events of a viewer, those in quarantine too; events that have nothing else go as well.
    /// What the viewer decided stays as long as anything else does. The viewer is taken out of all published audiences, and what was derived of the log is derived anew.
    public func erase(_ name: String, _ categories: [DataCategory]) throws(HostError) -> ErasureReport {
        let subject = try subject(named: name)
        let marks = marks(of: subject)
        var report = try report(of: subject)
        let edits = try remove(of: subject.numbers) { edits in
            record(
                "data erased",
                [
                    "viewers": marks, "categories": categories.map { "\($0.key)" }, "events": edits.log.removed,
                    "changed": edits.log.replaced, "quarantined": edits.quarantine.removed + edits.quarantine.replaced,
                ])
        } where: { category, _ in
            categories.contains { category == $0 || category.isWithin($0) }
        }
        report.note(edits)
        _ = try removeEmptyViewers(among: edits)
        return report
    }

    /// Lets a viewer who was erased in again.
    public func readmit(_ name: String) throws(HostError) {
        let number = store.viewer(named: name)
        let wasErased = try HostError.translating { () throws(StoreError) in try store.readmit(number) }
        guard wasErased else { throw .usage("the viewer '\(name)' was not erased") }
        try audit("viewer readmitted", ["viewers": [store.mark(of: number).text]])
    }

    /// Puts all viewers' keys under a new master key, and destroys the old one. Gives the number of keys.
    public func rotateKeys() throws(HostError) -> Int {
        let count = try HostError.translating { () throws(StoreError) in try store.rotateKeys() }
        try audit("keys rotated", ["keys": count])
        return count
    }

    /// Those of whom nothing is left after all that went; how many.
    func removeEmptyViewers(among edits: Edits) throws(HostError) -> Int {
        try HostError.translating { () throws(StoreError) in
            try store.removeEmptyViewers(among: edits.viewers, at: time)
        }
    }

    /// What is known of an erasure before it is done: who has something of the viewer.
    private func report(of subject: DataSubject) throws(HostError) -> ErasureReport {
        let disclosures = try HostError.translating { () throws(StoreError) in
            try store.disclosures(of: subject.numbers)
        }
        return ErasureReport(
            names: subject.names, recipients: Set(disclosures.map { $0.recipient }).sorted(),
            written: try writtenFiles(of: subject.numbers))
    }
}

extension ErasureReport {
    mutating func note(_ edits: SubjectRequests.Edits) {
        events = edits.log.removed
        changed = edits.log.replaced
        quarantined = edits.quarantine.removed + edits.quarantine.replaced
        hasStaleModels = edits.hasStaleModels
    }
}
