internal import Events
internal import Plugins
internal import Store

/// What a segment says of a person, and why.
struct SegmentOfPerson {
    let explanation: SegmentExplanation
    let manifest: Manifest
    let segment: SegmentManifest
    /// The events behind the answer.
    let events: [EventReference]
    /// The last place of the log that the segment has folded.
    let position: Int64

    /// What all segments say at `now` that have folded the log as they are.
    static func all(
        of person: Person, _ plugins: StoreOfPlugins, _ states: [KeptState], at now: Int64, in store: EventStore
    ) throws(HostError) -> [SegmentOfPerson] {
        var segments: [SegmentOfPerson] = []
        for known in plugins.known where known.isSame {
            let manifest = known.fold.manifest
            guard case .segment(let segment) = manifest.kind else { continue }
            let state = states.first { $0.viewer == person.owner && $0.number == known.stored.number }
            let answer = self.answer(known.fold, plugins.settings.rules, state?.entry ?? [], now)
            var explanation = SegmentExplanation(manifest, viewer: person.name, at: now, answer)
            if known.stored.isTakenOut { explanation.suspension = known.stored.failure ?? "it failed too often" }
            explanation.isPublished = try HostError.translating { () throws(StoreError) in
                !(try store.audiences(of: person.owner, among: [known.stored])).isEmpty
            }
            var events: [EventReference] = []
            if case .success(.known(let membership)) = answer {
                // Whatever the plugin names: another viewer's events are no reason.
                events = try references(membership.events, of: person, in: store)
            }
            segments.append(
                SegmentOfPerson(
                    explanation: explanation, manifest: manifest, segment: segment, events: events,
                    position: known.stored.position))
        }
        return segments.sorted { $0.manifest.name < $1.manifest.name }
    }

    private static func answer(
        _ fold: Fold, _ rules: GateRules, _ entry: [UInt8], _ now: Int64
    ) -> Result<SegmentReader.Answer, PluginFailure> {
        do throws(PluginFailure) {
            return .success(
                try entry.span.withUnsafeBytes { bytes throws(PluginFailure) in
                    try SegmentReader(fold, rules).answer(bytes, now: now)
                })
        } catch {
            return .failure(error)
        }
    }

    /// Events of the person's at places of the log.
    static func references(
        _ positions: [Int64], of person: Person, in store: EventStore
    ) throws(HostError) -> [EventReference] {
        if positions.isEmpty { return [] }
        let event = EventDocument()
        let found = try HostError.translating { () throws(StoreError) in try store.events(at: positions) }
        return found.filter { person.contains($0.viewer) }.compactMap { stored in
            stored.body.withUnsafeBytes { body in
                event.load(body) ? EventReference(event, at: stored.position, received: nil) : nil
            }
        }
    }
}
