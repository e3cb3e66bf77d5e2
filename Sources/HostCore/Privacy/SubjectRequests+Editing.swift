internal import Events
internal import Privacy
internal import Store

extension SubjectRequests {
    /// What became of the events of the log, and of those in quarantine.
    struct Edits {
        var log = EditCounts()
        var quarantine = EditCounts()
        /// Of whom an event went.
        var viewers: Set<Int64> = []
        /// Whether there are models that learned from what is not there any more.
        var hasStaleModels = false
    }

    /// Takes fields out of the events of some viewers, or of all, by their data category, and events of which nothing else is left; but what
    /// the gate goes by stays as long as anything else of the viewer does. `note` is told the category of each such field.
    func remove(
        of viewers: [Int64]?, isDryRun: Bool = false, recording record: (Edits) -> AuditRecord? = { _ in nil },
        where isWanted: @escaping (DataCategory, Int64) -> Bool,
        noting note: @escaping (DataCategory) -> Void = { _ in }
    ) throws(HostError) -> Edits {
        let will = try KeptWill(in: store, of: viewers, without: isWanted)
        let removal = DataRemoval { category, time in
            if !isWanted(category, time) { return false }
            note(category)
            return true
        }
        return try edit(viewers, isDryRun: isDryRun, recording: record) { event in
            let keepsWill = will.contains(event.position)
            switch removal.apply(to: event.body, received: event.received, keepsWill: keepsWill) {
            case .unchanged: return .keep
            case .changed(let text): return .replace(text)
            case .emptied: return .remove
            }
        }
    }

    /// Lets `change` decide about all events of some viewers, or of all. Models are stale before the first change is on the disk. Where some
    /// are named, what came of it is recorded with it. In a dry run, nothing is changed.
    func edit(
        _ viewers: [Int64]?, isDryRun: Bool = false, recording record: (Edits) -> AuditRecord? = { _ in nil },
        _ change: (LogEvent) throws(HostError) -> EventChange
    ) throws(HostError) -> Edits {
        let shelf = ModelShelf(store: path)
        var edits = Edits()
        var isMarked = false
        var failure: HostError?
        func decide(_ event: LogEvent) throws -> EventChange {
            do throws(HostError) {
                let decision = try change(event)
                if case .keep = decision { return decision }
                edits.count(decision, isWaiting: event.position == 0)
                if isDryRun { return .keep }
                if case .remove = decision { edits.viewers.insert(event.viewer) }
                if !isMarked {
                    isMarked = !shelf.isStale
                    edits.hasStaleModels = try shelf.markStale()
                }
                return decision
            } catch {
                failure = error
                throw error
            }
        }
        do throws(StoreError) {
            if let viewers {
                _ = try store.edit(
                    eventsOf: viewers, recording: { _ in isDryRun ? nil : record(edits) }, decide)
            } else {
                _ = try store.edit(decide)
            }
        } catch {
            // Nothing of the transaction that it ended stays.
            if isMarked, viewers != nil { shelf.unmarkStale() }
            throw failure ?? HostError(error)
        }
        return edits
    }
}

extension SubjectRequests.Edits {
    fileprivate mutating func count(_ change: EventChange, isWaiting: Bool) {
        var counts = EditCounts()
        switch change {
        case .keep: break
        case .replace: counts.replaced = 1
        case .remove: counts.removed = 1
        }
        if isWaiting { quarantine.add(counts) } else { log.add(counts) }
    }
}
