internal import Events
package import Plugins

/// A plugin that folds, with the viewers of one test. Their events go through the gate, as in a run, and what is kept of them
/// is written down and read back after each event.
package final class RunningFold {
    /// What became of an event that the plugin failed on.
    package struct Failure {
        /// The event's id.
        package let event: String
        package let failure: PluginFailure
    }

    package enum Answer {
        /// The plugin was not even asked: the reason's name.
        case refused(StaticString)
        case member(Membership)
    }

    let fold: Fold

    private let titles: TitleTable
    private let folder: ViewerFolder
    private let reader: SegmentReader
    private let document = EventDocument()
    private var audiences: [Audience] = []
    /// The ids of all events, by their references from 1 on.
    private var ids: [String] = []
    private var buffer = ByteBuffer()

    /// What a test's `segment()` or `quality()` stands for: one viewer, or all that events name.
    private struct Audience {
        /// What is kept of each viewer; a segment has one, whose name is empty.
        var entries: [[UInt8]: [UInt8]] = [:]
        var groups: [GroupFolder.Key: GroupFolder.Group] = [:]
    }

    /// `titles` are those behind the plugin's `host.title`; events of the catalogue are added to them.
    package init(_ fold: Fold, _ titles: TitleTable) {
        self.fold = fold
        self.titles = titles
        folder = ViewerFolder([fold], GateRules())
        reader = SegmentReader(fold, GateRules())
    }

    /// What the plugin logged in its last call; nothing where it is isolated.
    var log: String {
        String(decoding: fold.lua?.log ?? [], as: UTF8.self)
    }

    var isSegment: Bool {
        if case .segment = fold.manifest.kind { true } else { false }
    }

    /// Adds a viewer, or for a quality plugin many; gives its number. Where it `hasConsented`, a viewer has allowed what the
    /// plugin is for, since ever.
    package func add(hasConsented: Bool) -> Int {
        var audience = Audience()
        if hasConsented, isSegment { audience.entries[[]] = consent() }
        audiences.append(audience)
        return audiences.count - 1
    }

    func has(_ number: Int) -> Bool {
        audiences.indices.contains(number)
    }

    /// Folds an event, whose text must have been found to be one.
    package func fold(_ text: UnsafeRawBufferPointer, into number: Int) -> [Failure] {
        guard document.load(text) else { return [] }
        if EventRole(of: document) == .title {
            titles.add(document)
            return []
        }
        guard let viewer = isSegment ? [] : string(of: .subject) else { return [] }
        ids.append(String(decoding: string(of: .id) ?? [], as: UTF8.self))
        folder.resetTallies()
        let entry = audiences[number].entries[viewer] ?? []
        entry.withUnsafeBytes { bytes in folder.begin { _ in bytes } }
        folder.add(text, received: nil, reference: Int64(ids.count))
        folder.finish { _, entry in audiences[number].entries[viewer] = Array(entry) }
        let tally = folder.tallies[0]
        let failures = [tally.failure].compactMap { $0 } + group(text, tally.admitted, in: number)
        return failures.map { Failure(event: ids[ids.count - 1], failure: $0) }
    }

    /// Folds what the gate has admitted for a quality plugin.
    private func group(
        _ text: UnsafeRawBufferPointer, _ admitted: [AdmittedEvent], in number: Int
    ) -> [PluginFailure] {
        if admitted.isEmpty { return [] }
        let groups = audiences[number].groups
        let folder = GroupFolder(fold) { groups[$0] }
        for event in admitted { folder.add(text, received: nil, event) }
        folder.finish { key, group in audiences[number].groups[key] = group }
        return [folder.tally.failure].compactMap { $0 }
    }

    /// Whether a segment's viewer is in it at `now`, in seconds since 1970.
    package func member(_ number: Int, now: Int64) throws(PluginFailure) -> Answer {
        let entry = audiences[number].entries[[]] ?? []
        let answer = try entry.span.withUnsafeBytes { bytes throws(PluginFailure) in
            try reader.answer(bytes, now: now)
        }
        switch answer {
        case .known(let membership): return .member(membership)
        case .refused(.child): return .refused("child")
        case .refused(.refused): return .refused("refused")
        case .refused(.noConsent): return .refused("no consent")
        case .refused(.nothingKnown): return .refused("nothing known")
        }
    }

    /// The id of the event that a reference stands for; nil where it stands for none.
    func id(of reference: Int64) -> String? {
        (1...Int64(max(1, ids.count))).contains(reference) && !ids.isEmpty ? ids[Int(reference) - 1] : nil
    }

    /// Calls `body` with the bytes of what the plugin keeps of a segment's viewer; with none where it keeps nothing.
    func withState<R>(of number: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        (audiences[number].entries[[]] ?? []).withUnsafeBytes { body(FoldEntry($0).state) }
    }

    /// What a quality plugin reports of a dimension's value, or with nil of all events: the numbers of its columns. Nil where
    /// the value has had no event.
    package func report(
        _ number: Int, _ dimension: QualityManifest.Dimension?, _ value: [UInt8]
    ) throws(PluginFailure) -> [Double?]? {
        let group = audiences[number].groups[GroupFolder.Key(dimension, value)]
        if group == nil, dimension != nil { return nil }
        let state = group?.state ?? []
        return try state.span.withUnsafeBytes { bytes throws(PluginFailure) in try fold.report(of: bytes) }
    }

    /// Asks the plugin for its answer about all that it has folded, whatever it is.
    package func ask(_ number: Int, now: Int64) throws(PluginFailure) {
        if isSegment { _ = try member(number, now: now) } else { _ = try report(number, nil, []) }
    }

    private func string(of attribute: EventDocument.Attribute) -> [UInt8]? {
        let node = document.node(of: attribute)
        return node == 0 ? nil : Array(document.string(of: node, decodedInto: &buffer))
    }

    /// The entry of a viewer who has said yes to the plugin's purpose, and of whom nothing else is known.
    private func consent() -> [UInt8] {
        guard let purpose = fold.manifest.purpose else { return [] }
        let text = Array(
            """
            {"specversion":"1.0","id":"0","source":"test","type":"consent.changed",\
            "data":{"purpose":"\(purpose.name)","granted":true}}
            """.utf8)
        return text.withUnsafeBytes { bytes in
            var record = GateRecord()
            guard document.load(bytes), let signal = GateSignal(of: document) else { return [] }
            Gate(for: purpose, GateRules()).note(signal, at: .min, in: &record)
            var entry = ByteBuffer()
            FoldEntry.write(record, UnsafeRawBufferPointer(start: nil, count: 0), into: &entry)
            return Array(entry.rawBytes)
        }
    }
}
