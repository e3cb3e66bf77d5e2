internal import Events
internal import Privacy
internal import Store

extension SubjectRequests {
    /// Puts a right value in the place of a wrong one in all events of a viewer, where the field is there and, if `wrong` is given,
    /// has that value (GDPR Art. 16). All that was derived of any events is derived anew.
    public func rectify(
        _ name: String, field: String, from wrong: String?, to right: String
    ) throws(HostError) -> ErasureReport {
        let subject = try subject(named: name)
        let rectification = Rectification(field: field, from: wrong, to: right)
        var refusal: String?
        let counts: EditCounts
        do throws(HostError) {
            counts = try HostError.translating { () throws(StoreError) in
                try store.edit(eventsOf: subject.numbers) { event in
                    switch event.body.withUnsafeBytes({ rectification.apply(to: $0) }) {
                    case .unchanged: return .keep
                    case .changed(let text): return .replace(text)
                    case .refused(let reason):
                        refusal = reason
                        // Nothing of the transaction stays.
                        throw HostError.usage(reason)
                    }
                }
            }
        } catch {
            throw refusal.map { .usage("'\(field)' does not take that value: \($0)") } ?? error
        }
        if counts.replaced == 0 {
            let condition = wrong == nil ? "" : " with that value"
            throw .usage("no event of '\(name)' has a field '\(field)'\(condition)")
        }
        var report = ErasureReport(names: subject.names)
        report.changed = counts.replaced
        report.hasStaleModels = try forgetDerived()
        try audit("data rectified", ["viewers": marks(of: subject), "field": field, "changed": counts.replaced])
        return report
    }
}
