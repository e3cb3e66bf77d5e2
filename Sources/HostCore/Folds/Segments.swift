internal import Foundation
internal import Plugins
internal import Store
internal import Wasm

/// The segments of a store: who is in them, and why. What is new in the log is folded before anything is answered, so that
/// a viewer who has just refused is in none.
///
/// ```swift
/// let segments = try Segments(store: "viewers.sqlite", plugins: try PluginFile.all(in: "plugins"))
/// _ = try segments.update()
/// let answer = try segments.answer(for: "account-1/Anna")
/// ```
///
/// Used from one thread at a time.
public final class Segments {
    private let store: EventStore
    private let engine: FoldEngine
    private let readers: [SegmentReader]
    /// Places in the engine's list of plugins.
    private let places: [Int]
    /// Those of the viewer who was asked about last.
    private var entries = EntryList()
    private var lastPosition: Int64 = -1

    /// Opens a store with the segments among `plugins`, and with a mind to fold by `jobs` threads. Those that `rebuilding` names, or
    /// all where it is empty, begin anew; nil leaves all where they are.
    public init(
        store path: String, plugins: [PluginFile], keyFile: String = KeyFile.defaultPath, jobs: Int = 1,
        rebuilding: [String]? = nil
    ) throws(HostError) {
        let opened = try OpenedFolds(store: path, plugins: plugins, kind: "segment", keyFile: keyFile, jobs: jobs) {
            manifest in
            guard let rebuilding else { return false }
            return rebuilding.isEmpty || rebuilding.contains(manifest.name)
        }
        let engine = opened.engine
        store = opened.store
        self.engine = engine
        let (lane, rules) = (engine.lanes[0], engine.settings.rules)
        places = engine.manifests.indices.filter {
            if case .segment = engine.manifests[$0].kind { true } else { false }
        }
        readers = places.map { SegmentReader(lane.folds[$0], rules) }
        if let missing = rebuilding?.first(where: { name in !engine.manifests.contains { $0.name == name } }) {
            throw .usage("there is no segment '\(missing)': `host segments list` shows them")
        }
    }

    /// The settings of the store.
    public var settings: FoldSettings {
        engine.settings
    }

    /// What is taken for now where nobody says otherwise: the time of the latest event, in seconds since 1970.
    public var now: Int64 {
        engine.clock
    }

    /// Folds what is new, and publishes audiences that are due, or all where `isForced`. `progress` is told how many events are
    /// done, and of how many.
    public func update(
        at time: Int64? = nil, isForced: Bool = false, _ progress: (Int, Int) -> Void = { _, _ in }
    ) throws(HostError) -> FoldReport {
        let report = try engine.catchUp(progress)
        lastPosition = try HostError.translating { () throws(StoreError) in try store.lastPosition() }
        try engine.publish(at: time ?? now, isForced: isForced)
        return report
    }

    /// The segments that viewers may be in, as they are published.
    public func list() throws(HostError) -> [SegmentSummary] {
        let stored = try HostError.translating { () throws(StoreError) in try store.folds() }
        return places.compactMap { place in
            let manifest = engine.manifests[place]
            guard case .segment(let segment) = manifest.kind,
                let fold = stored.first(where: { $0.name == manifest.name })
            else { return nil }
            return SegmentSummary(manifest, segment, fold)
        }
    }

    /// The viewers of a segment's published audience, as events name them, in alphabetical order. Where they are given to somebody, that
    /// is recorded before they are known.
    public func members(of name: String, for recipient: String? = nil) throws(HostError) -> [String] {
        let (_, manifest, fold) = try segment(named: name)
        if case .segment(let segment) = manifest.kind, segment.isExclusion {
            throw .usage("'\(name)' keeps ads away and is no audience: ask `host segments for VIEWER`")
        }
        return try HostError.translating { () throws(StoreError) in
            let audience = try store.audience(of: fold)
            if let recipient, !audience.isEmpty { try disclose(audience, of: manifest, to: recipient) }
            return try store.subjects(of: audience).values.sorted()
        }
    }

    /// Why a viewer is in a segment, or is not.
    public func explain(_ name: String, viewer: String, at time: Int64? = nil) throws(HostError) -> SegmentExplanation {
        try refresh()
        let (place, manifest, fold) = try segment(named: name)
        let number = try self.number(of: viewer)
        let answer = try self.answer(of: place, fold, number, at: time ?? now)
        var explanation = SegmentExplanation(manifest, viewer: viewer, at: time ?? now, answer)
        if fold.isTakenOut { explanation.suspension = fold.failure }
        let published = try HostError.translating { () throws(StoreError) in
            try store.audiences(of: number, among: [fold])
        }
        explanation.isPublished = !published.isEmpty
        if case .success(.known(let membership)) = answer {
            // Whatever the plugin names: another viewer's events are no reason.
            explanation.events = try HostError.translating { () throws(StoreError) in
                try store.events(at: membership.events)
            }.filter { engine.owner(of: $0.viewer) == number }.map { $0.body }
        }
        return explanation
    }

    /// The segments that a viewer may be shown something for now, and those that keep ads away.
    public func answer(for viewer: String, at time: Int64? = nil) throws(HostError) -> ViewerAnswer {
        try refresh()
        let number = try self.number(of: viewer)
        let now = time ?? self.now
        var answer = ViewerAnswer(viewer: viewer, at: now)
        let published = try HostError.translating { () throws(StoreError) in
            try store.audiences(of: number, among: places.map { engine.folds[$0] })
        }
        try readEntries(of: number, known: places.map { engine.folds[$0].number })
        for (reader, place) in zip(readers, places) {
            let (manifest, fold) = (engine.manifests[place], engine.folds[place])
            guard !fold.isTakenOut, case .segment(let segment) = manifest.kind,
                segment.isExclusion || published.contains(fold.number)
            else { continue }
            let known = try? reader.answer(entries.entry(of: fold.number), now: now)
            guard case .known(let membership) = known, membership.isMember else { continue }
            answer.add(manifest, segment, membership)
        }
        return answer
    }

    /// Closes the store.
    public func close() throws(HostError) {
        try engine.close()
    }

    private func disclose(
        _ viewers: [Int64], of manifest: Manifest, to recipient: String
    ) throws(StoreError) {
        let time = Int64(Date().timeIntervalSince1970)
        let disclosure = Disclosure(
            time: time, recipient: recipient, purpose: "advertising", subject: manifest.name, version: manifest.version)
        try store.record(disclosure, of: viewers)
        let detail: [String: Any] = [
            "recipient": recipient, "segment": manifest.name, "version": manifest.version, "viewers": viewers.count,
        ]
        try store.audit(
            AuditRecord("audience disclosed", SubjectRequests.json(detail), actor: NSUserName(), at: time))
    }

    /// Folds what came since the last time, where anything did.
    private func refresh() throws(HostError) {
        let end = try HostError.translating { () throws(StoreError) in try store.lastPosition() }
        if end != lastPosition { _ = try update() }
    }

    private func readEntries(of viewer: Int64, known: [Int64]) throws(HostError) {
        try HostError.translating { () throws(StoreError) in
            try engine.lanes[0].reader.forEach([viewer]) { _, row in
                try entries.read(row, of: viewer, known: known)
            }
        }
    }

    private func segment(named name: String) throws(HostError) -> (Int, Manifest, StoredFold) {
        guard let index = places.firstIndex(where: { engine.manifests[$0].name == name }) else {
            throw .usage("there is no segment '\(name)': `host segments list` shows them")
        }
        let stored = try HostError.translating { () throws(StoreError) in try store.folds() }
        let fold = stored.first { $0.name == name } ?? engine.folds[places[index]]
        return (index, engine.manifests[places[index]], fold)
    }

    /// The number under which what is known of a viewer is kept.
    private func number(of viewer: String) throws(HostError) -> Int64 {
        let number = store.viewer(named: viewer)
        let isThere = try HostError.translating { () throws(StoreError) in
            !(try store.subjects(of: [number])).isEmpty
        }
        guard isThere else {
            throw .usage(
                "the store has no events of a viewer '\(viewer)'; viewers are named as events name their subject")
        }
        return engine.owner(of: number)
    }

    private func answer(
        of place: Int, _ fold: StoredFold, _ viewer: Int64, at time: Int64
    ) throws(HostError) -> Result<SegmentReader.Answer, PluginFailure> {
        try readEntries(of: viewer, known: [fold.number])
        do throws(PluginFailure) {
            return .success(try readers[place].answer(entries.entry(of: fold.number), now: time))
        } catch {
            return .failure(error)
        }
    }
}
