internal import Store

extension SubjectRequests {
    /// What became of the events of the log, and of those in quarantine.
    struct Edits {
        var log = EditCounts()
        var quarantine = EditCounts()
        /// Whether there are models that learned from what is not there any more.
        var hasStaleModels = false
    }

    /// Lets `change` decide about all events of some viewers, or of all. Models are stale before the first change is on the disk.
    func edit(
        _ viewers: [Int64]?, _ change: (UnsafeRawBufferPointer, Int64) throws(HostError) -> EventChange
    ) throws(HostError) -> Edits {
        let shelf = ModelShelf(store: path)
        var edits = Edits()
        var isMarked = false
        var failure: HostError?
        func decide(_ text: UnsafeRawBufferPointer, _ received: Int64) throws -> EventChange {
            do throws(HostError) {
                let decision = try change(text, received)
                if !isMarked, decision.isChange {
                    edits.hasStaleModels = try shelf.markStale()
                    isMarked = true
                }
                return decision
            } catch {
                failure = error
                throw error
            }
        }
        do throws(StoreError) {
            if let viewers {
                (edits.log, edits.quarantine) = try store.edit(eventsOf: viewers, decide)
            } else {
                (edits.log, edits.quarantine) = try store.edit(decide)
            }
        } catch {
            // Nothing of the transaction that it ended stays.
            throw failure ?? HostError(error)
        }
        return edits
    }
}

extension EventChange {
    fileprivate var isChange: Bool {
        if case .keep = self { false } else { true }
    }
}
