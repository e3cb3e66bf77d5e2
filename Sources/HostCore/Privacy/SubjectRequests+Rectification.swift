internal import Events
internal import Privacy
internal import Store

extension SubjectRequests {
    /// Puts a right value in the place of a wrong one in all events of a viewer, those in quarantine too, where the field is there and, if `wrong` is given,
    /// has that value (GDPR Art. 16). The viewer is taken out of all published audiences, and what was derived of the log is derived anew.
    public func rectify(
        _ name: String, field: String, from wrong: String?, to right: String
    ) throws(HostError) -> ErasureReport {
        let subject = try subject(named: name)
        let rectification = Rectification(field: field, from: wrong, to: right)
        let marks = marks(of: subject)
        let edits = try edit(
            subject.numbers,
            recording: { edits in
                let waiting = edits.quarantine.replaced
                if edits.log.replaced + waiting == 0 { return nil }
                return record(
                    "data rectified",
                    ["viewers": marks, "field": field, "changed": edits.log.replaced, "quarantined": waiting])
            }
        ) { event throws(HostError) in
            switch rectification.apply(to: event.body) {
            case .unchanged: return .keep
            case .changed(let text): return .replace(text)
            case .refused(let reason): throw .usage("'\(field)' does not take that value: \(reason)")
            }
        }
        if edits.log.replaced + edits.quarantine.replaced == 0 {
            let condition = wrong == nil ? "" : " with that value"
            throw .usage("no event of '\(name)' has a field '\(field)'\(condition)")
        }
        var report = ErasureReport(names: subject.names)
        report.note(edits)
        return report
    }
}
