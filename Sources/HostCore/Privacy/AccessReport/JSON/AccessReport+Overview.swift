internal import Events
internal import Plugins
internal import Store

extension AccessReport {
    func writeViewer(_ writer: inout EventWriter) {
        let basis = LegalBasis(for: .service, .userUniqueID, plugins.settings.rules)
        writer.object("viewer") { writer in
            writer.string("asked_for", person.name)
            writer.objects("subjects", person.viewers) { writer, viewer in
                writer.string("subject", person.names[viewer])
                // 64 bits are more than a number of JSON's surely has.
                writer.string("number", "\(viewer)")
                writer.boolean("is_owner", viewer == person.owner)
                writer.basis(.userUniqueIDPseudonymous, basis, .inferred, until: nil)
            }
            writer.objects("identities", person.records) { writer, record in
                writer.number("position", Int(record.position))
                writer.string("change", record.isMerge ? "merged" : "split")
                writer.string("into", name(of: record.viewer))
                writer.string("from", name(of: record.other))
                writer.basis(.userUniqueID, basis, .inferred, until: nil)
            }
            writer.number("events", survey.events)
            writer.number("quarantined", quarantined.count)
            writer.time("first_event", survey.first)
            writer.time("last_event", survey.last)
            writer.number("log_position", Int(end))
        }
    }

    /// The subject, where it is one of the person's; others are nobody's business here.
    private func name(of viewer: Int64) -> String? {
        person.contains(viewer) ? person.names[viewer] ?? "viewer \(viewer)" : nil
    }

    func writePurposes(_ writer: inout EventWriter) {
        let (rules, will) = (plugins.settings.rules, survey.will)
        writer.objects("purposes", Purpose.allCases) { writer, purpose in
            writer.string("purpose", "\(purpose.name)")
            writer.string("words", purpose.words)
            writer.string("data_use", purpose.dataUse)
            writer.string("basis", "\(rules[purpose].name)")
            writer.articles([LegalArticle(of: rules[purpose])])
            writer.boolean("allowed", will.isAllowed(purpose))
            writer.string("because", will.reason(for: purpose).text(purpose: "\(purpose.name)"))
            let record = will.record(for: purpose)
            writer.string("decided_by", record.decider.word)
            writer.time("decided_at", record.decider == .nobody ? nil : record.decidedAt)
            writer.time("usable_since", record.since)
            writer.boolean("child_profile", record.isChild)
        }
    }

    func writeConsents(_ writer: inout EventWriter) {
        let basis = LegalBasis(of: .userPrivacyPreferences, inType: nil, plugins.settings.rules)
        writer.object("consents") { writer in
            writer.objects("history", survey.will.decisions) { writer, decision in
                writer.string("about", decision.purpose)
                writer.boolean("granted", decision.isGranted)
                writer.string("setting", decision.setting.isEmpty ? nil : decision.setting)
                writer.time("received", decision.received)
                writer.boolean("undated", decision.isUndated)
                writer.basis(
                    .userPrivacyPreferences, basis, .told,
                    until: retentionEnd(of: .userPrivacyPreferences, from: decision.reference.time ?? decision.received)
                )
                writer.reference("event", decision.reference)
            }
            writer.object("global_privacy_control") { writer in
                writer.number("events", survey.will.privacyControl.events)
                writer.reference("first", survey.will.privacyControl.first)
                writer.reference("last", survey.will.privacyControl.last)
            }
        }
    }

    func writeCategories(_ writer: inout EventWriter) {
        writer.objects("categories", survey.shapes.categories) { writer, count in
            writer.string("category", "\(count.category.key)")
            writer.string("words", count.category.words)
            writer.number("values", count.values)
            writer.time("first", count.first)
            writer.time("last", count.last)
            writer.texts(
                "source_classes", SourceClass.allCases.filter { count.sources.contains($0) }.map { $0.rawValue })
            writer.objects("bases", count.bases) { writer, basis in
                writer.string("purpose", "\(basis.purpose.name)")
                writer.articles(basis.articles)
            }
            writer.texts("usable_for", usablePurposes(of: count.category).map { "\($0.name)" })
            let last = count.last == .min ? nil : count.last
            writer.time("retained_until", last.flatMap { retentionEnd(of: count.category, from: $0) })
        }
    }

    /// The purposes for which data of a category may be used at present, as far as their events may be.
    func usablePurposes(of category: DataCategory) -> [Purpose] {
        Purpose.allCases.filter { !$0.forbids(category) && survey.will.isAllowed($0) }
    }

    /// What every field of every type of event is.
    func writeTypes(_ writer: inout EventWriter) {
        let types = Dictionary(grouping: survey.shapes.shapes) { $0.typeName }
        writer.objects("event_types", types.keys.sorted()) { writer, name in
            let shapes = types[name] ?? []
            writer.string("type", name)
            writer.string("summary", shapes.first?.type.map { "\($0.summary)" })
            writer.string("source_class", shapes.first?.source.rawValue)
            writer.number("events", shapes.reduce(0) { $0 + $1.count })
            var counts: [[UInt8]: (field: EventShape.Field, count: Int)] = [:]
            for shape in shapes {
                for field in shape.fields { counts[field.name, default: (field, 0)].count += shape.count }
            }
            let fields = counts.values.sorted { $0.field.name.lexicographicallyPrecedes($1.field.name) }
            writer.objects("fields", fields) { writer, entry in
                writer.string("field", String(decoding: entry.field.name, as: UTF8.self))
                writer.number("values", entry.count)
                writer.string("category", "\(entry.field.category.key)")
                writer.string("purpose", "\(entry.field.basis.purpose.name)")
                writer.articles(entry.field.basis.articles)
            }
        }
    }

    func writeSources(_ writer: inout EventWriter) {
        let sources = survey.sources.sorted { $0.key < $1.key }
        writer.objects("sources", sources) { writer, source in
            writer.string("source", source.key)
            writer.number("events", source.value)
        }
    }

    /// Parties that events name, and who else got data.
    func writeRecipients(_ writer: inout EventWriter) {
        writer.objects("providers", parties { $0.isProvider }) { $0.party($1) }
        writer.objects("recipients", parties { !$0.isProvider }) { $0.party($1) }
        writer.objects("disclosures", disclosures) { writer, disclosure in
            writer.string("recipient", disclosure.recipient)
            writer.string("purpose", disclosure.purpose)
            writer.time("time", disclosure.time)
            writer.string("contents", disclosure.subject)
            writer.string("version", disclosure.version)
        }
        writer.objects("files", files) { writer, file in
            writer.string("kind", file.kind == .events ? "events" : "access_report")
            writer.string("path", file.path)
        }
    }

    /// What was done at the viewer's wish, or else with what is kept of the viewer. Who did it is another person's data.
    func writeAudit(_ writer: inout EventWriter) {
        writer.objects("requests", audit) { writer, entry in
            writer.number("sequence", entry.sequence)
            writer.time("time", entry.time)
            writer.string("action", entry.action)
            Array(entry.detail.utf8).withUnsafeBytes { writer.json("detail", $0) }
            let basis = LegalBasis(of: .userPrivacyPreferences, inType: nil, plugins.settings.rules)
            writer.basis(.userPrivacyPreferences, basis, .seen, until: nil)
        }
    }

    func parties(_ isWanted: (Habits.Party) -> Bool) -> [Habits.Party] {
        survey.habits.parties.values.filter(isWanted).sorted { ($1.events, $0.name) < ($0.events, $1.name) }
    }
}

extension EventWriter {
    fileprivate mutating func party(_ party: Habits.Party) {
        string("name", party.name)
        number("events", party.events)
        time("first", party.first)
        time("last", party.last)
        reference("latest_event", party.latest)
    }
}

extension GateRecord.Decider {
    fileprivate var word: String {
        switch self {
        case .nobody: "nobody"
        case .viewer: "viewer"
        case .privacyControl: "global_privacy_control"
        }
    }
}
