internal import Events
internal import Foundation
internal import Models
internal import Plugins
internal import Store

extension AccessReport {
    /// What was made of the events.
    func writeDerived(_ writer: inout EventWriter) {
        writer.object("derived") { writer in
            writer.objects("segments", segments) { self.write($1, to: &$0) }
            writer.objects("audiences", audiences) { writer, audience in
                writer.string("segment", audience.fold.name)
                writer.string("version", audience.fold.version)
                writer.string("subject_number", "\(audience.viewer)")
                writer.time("published_at", audience.fold.publishedAt)
                let basis = LegalBasis(
                    for: .advertising, .userBehavior, plugins.settings.rules,
                    isSensitive: isSensitive(audience.fold.name))
                writer.basis(.userBehavior, basis, .inferred, until: nil)
            }
            writer.objects("states", states) { self.write($1, to: &$0) }
            writeTaste(&writer)
            writer.object("recommendations") { writer in
                writer.number("shown", survey.habits.recommended)
                writer.number("chosen", survey.habits.chosen)
            }
            writer.texts("plugin_problems", plugins.problems)
            writer.texts("changed_plugins", plugins.known.filter { !$0.isSame }.map { $0.stored.name })
        }
    }

    private func isSensitive(_ name: String) -> Bool {
        guard case .segment(let segment) = plugins.manifest(named: name)?.kind else { return false }
        return segment.isSensitive
    }

    private func write(_ segment: SegmentOfPerson, to writer: inout EventWriter) {
        let explanation = segment.explanation
        writer.string("segment", explanation.segment)
        writer.string("taxonomy", segment.segment.taxonomy)
        writer.string("taxonomy_path", segment.segment.taxonomy.flatMap { AudienceTaxonomy.node($0)?.path })
        writer.boolean("sensitive", segment.segment.isSensitive)
        writer.string("use", segment.segment.isExclusion ? "exclude" : "target")
        writer.boolean("member", explanation.isMember)
        writer.string("reason", explanation.reason)
        writer.time("asked_at", explanation.time)
        writer.time("holds_until", explanation.isMember ? explanation.expires : nil)
        writer.boolean("published", explanation.isPublished)
        writer.string("taken_out", explanation.suspension)
        let basis = LegalBasis(
            for: .advertising, .userBehavior, plugins.settings.rules, isSensitive: segment.segment.isSensitive)
        writer.basis(.userBehavior, basis, .inferred, until: nil)
        writer.object("lineage") { writer in
            writer.string("plugin", segment.manifest.name)
            writer.string("version", segment.manifest.version)
            writer.texts("reads", segment.manifest.reads)
            writer.number("folded_to", Int(segment.position))
            writer.objects("events", segment.events) { $0.reference($1) }
        }
    }

    private func write(_ state: KeptState, to writer: inout EventWriter) {
        let purpose = KeptState.purpose(ofKind: state.fold?.kind ?? "")
        let category: DataCategory =
            purpose == .quality
            ? .userTelemetry : purpose == .personalization ? .userBehaviorMediaConsumption : .userBehavior
        writer.string("subject_number", "\(state.viewer)")
        writer.string("plugin", state.fold?.name)
        writer.string("kind", state.fold?.kind)
        writer.number("bytes", state.entry.count)
        let basis = LegalBasis(
            for: purpose, category, plugins.settings.rules,
            isSensitive: state.fold.map { isSensitive($0.name) } ?? false)
        writer.basis(category, basis, .inferred, until: nil)
        writer.object("gate") { writer in
            let record = state.record
            writer.boolean("child_profile", record.isChild)
            writer.boolean("granted", record.decider == .nobody ? nil : record.isGranted)
            writer.time("decided_at", record.decider == .nobody ? nil : record.decidedAt)
            writer.time("usable_since", record.since)
        }
        state.withState { bytes in
            // A history is shown by itself, title by title.
            if let json = state.fold?.kind == "history" ? nil : StateText.json(bytes) {
                json.withUnsafeBytes { writer.json("state", $0) }
            } else {
                writer.string("state_base64", Data(bytes).base64EncodedString())
            }
        }
        writer.object("lineage") { writer in
            writer.string("plugin", state.fold?.name)
            writer.string("version", state.fold?.version)
            writer.number("fold", Int(state.number))
            writer.texts("reads", state.fold.flatMap { plugins.manifest(named: $0.name)?.reads } ?? [])
            writer.number("folded_to", Int(state.fold?.position ?? 0))
        }
    }

    private func writeTaste(_ writer: inout EventWriter) {
        guard let taste else { return writer.null("history") }
        let basis = LegalBasis(for: .personalization, .userBehaviorMediaConsumption, plugins.settings.rules)
        writer.object("history") { writer in
            writer.basis(.userBehaviorMediaConsumption, basis, .inferred, until: nil)
            writer.boolean("used", taste.refusal == nil)
            writer.string("refusal", taste.refusal?.text(purpose: "personalization"))
            writer.number("folded_to", Int(taste.position))
            writer.object("profile") { writer in
                writer.boolean("is_kids", taste.profile.isKids)
                writer.string("maturity_level", taste.profile.maturityLevel)
                writer.string("language", taste.profile.language)
                writer.string("country", taste.profile.country)
                writer.string("device", taste.profile.device)
            }
            if let model = taste.model {
                writer.object("model") { writer in
                    writer.string("recipe", model.recipe)
                    writer.time("knows_up_to", model.time)
                    writer.number("log_position", Int(model.position))
                }
            } else {
                writer.null("model")
            }
            writer.objects("titles", taste.titles) { Self.write($1, to: &$0) }
        }
    }

    private static func write(_ title: TasteOfPerson.Title, to writer: inout EventWriter) {
        let use = title.use
        writer.string("key", title.key)
        writer.string("name", title.name)
        // What models take in: nothing where it is 0, or where they do not know the title.
        writer.decimal("weight", Double(title.weight))
        writer.boolean("in_model", title.isInModel)
        writer.number("plays", use.plays)
        writer.number("seconds", Int(use.seconds))
        writer.number("position_seconds", Int(use.position))
        writer.number("furthest_seconds", Int(use.furthest))
        writer.decimal("rating", use.rating.map { Double($0.value) })
        writer.string("rating_scale", use.rating.map { "\($0.scale)" })
        writer.number("times_shown", use.shown)
        writer.number("times_chosen", use.chosen)
        writer.string("last_episode", use.episode.isEmpty ? nil : use.episode)
        writer.time("last_time", use.time > 0 ? use.time : nil)
        writer.number("last_event", Int(use.reference))
    }
}
