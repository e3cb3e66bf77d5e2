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
    public internal(set) var recipients: [String] = []
    /// Whether the store's models have to be trained anew.
    public internal(set) var hasStaleModels = false
}

extension SubjectRequests {
    /// Erases a viewer, with all names (GDPR Art. 17): what the store keeps, and the keys to all copies of it. Models are stale from
    /// then on: see ``ModelShelf/refresh(store:jobs:_:)``.
    public func erase(_ name: String) throws(HostError) -> ErasureReport {
        let subject = try subject(named: name)
        let marks = marks(of: subject)
        var report = ErasureReport(names: subject.names)
        report.recipients = try recipients(of: subject)
        report.hasStaleModels = try ModelShelf(store: path).markStale()
        let counts = try HostError.translating { () throws(StoreError) in
            try store.erase(subject.numbers, at: time)
        }
        report.events = counts.events
        report.quarantined = counts.quarantined
        try audit(
            "viewer erased",
            [
                "viewers": marks, "events": counts.events, "quarantined": counts.quarantined,
                "recipients": report.recipients,
            ])
        return report
    }

    /// Removes the data of some categories from all events of a viewer, those in quarantine too; events that have nothing else go as well.
    /// The viewer is taken out of all published audiences, and what was derived of the log is derived anew.
    public func erase(_ name: String, _ categories: [DataCategory]) throws(HostError) -> ErasureReport {
        let subject = try subject(named: name)
        let marks = marks(of: subject)
        var report = ErasureReport(names: subject.names)
        report.recipients = try recipients(of: subject)
        let removal = DataRemoval { category, _ in
            categories.contains { category == $0 || category.isWithin($0) }
        }
        let edits = try edit(subject.numbers) { removal.change(of: $0, received: $1) }
        report.note(edits)
        if edits.log.removed > 0 {
            _ = try HostError.translating { () throws(StoreError) in
                try store.removeEmptyViewers(among: subject.numbers)
            }
        }
        try audit(
            "data erased",
            [
                "viewers": marks, "categories": categories.map { "\($0.key)" }, "events": report.events,
                "changed": report.changed, "quarantined": report.quarantined,
            ])
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

    private func recipients(of subject: DataSubject) throws(HostError) -> [String] {
        let disclosures = try HostError.translating { () throws(StoreError) in
            try store.disclosures(of: subject.numbers)
        }
        return Set(disclosures.map { $0.recipient }).sorted()
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

extension DataRemoval {
    func change(of text: UnsafeRawBufferPointer, received: Int64) -> EventChange {
        switch apply(to: text, received: received) {
        case .unchanged: .keep
        case .changed(let text): .replace(text)
        case .emptied: .remove
        }
    }
}
