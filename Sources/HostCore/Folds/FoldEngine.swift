internal import CBridge
internal import Dispatch
internal import Events
internal import Foundation
internal import Plugins
internal import Store
internal import Synchronization

/// Leads the log of a store through the plugins that fold it, from where each of them has come to. What they keep, and how far
/// they came, is committed together: a run that is killed goes on where the last commit left off, with the same result.
///
/// Lanes work side by side on slices of the viewers; events of one viewer stay in the log's order.
final class FoldEngine {
    /// Bytes of the log that are folded between two commits. Each commit reads and writes what is kept of all its viewers, so that few large
    /// parts are folded sooner than many small ones.
    private static let partBytes = min(max(Int(ProcessInfo.processInfo.physicalMemory) / 64, 64 << 20), 384 << 20)

    let store: EventStore
    let settings: FoldSettings
    let lanes: [FoldLane]
    /// The plugins, in their order, and what the store has of them.
    let manifests: [Manifest]
    private(set) var folds: [StoredFold] = []

    private let titles: TitleTable
    private var identities: [IdentityRecord]
    /// What they say up to the log's end.
    private var latestIdentities: Identities
    private var known: [Int64] = []
    private var report = FoldReport()

    /// `titles` is what the plugins were loaded with. A plugin whose fingerprint is not the stored one begins anew, as all do
    /// where `begins` says so.
    init(
        _ store: EventStore, _ set: FoldSet, _ titles: TitleTable, key: [UInt8],
        begins: (Manifest) -> Bool = { _ in false }
    ) throws(HostError) {
        self.store = store
        self.titles = titles
        settings = try FoldSettings(of: store)
        manifests = set.lanes[0].map { $0.manifest }
        var lanes: [FoldLane] = []
        for folds in set.lanes { lanes.append(try FoldLane(folds, store)) }
        self.lanes = lanes
        identities = try HostError.translating { () throws(StoreError) in try store.identityRecords() }
        latestIdentities = Identities(identities, through: .max)
        let stored = try HostError.translating { () throws(StoreError) in try store.folds() }
        for (manifest, content) in zip(manifests, set.contents) {
            let fingerprint = Self.fingerprint(content, key, settings.rules[manifest.purpose ?? .service])
            let known = stored.first { $0.name == manifest.name }
            let isAnew = known?.fingerprint != fingerprint || begins(manifest)
            report.plugins.append(
                FoldReport.Plugin(name: manifest.name, version: manifest.version, isAnew: isAnew))
            if let known, !isAnew {
                folds.append(known)
                report.plugins[report.plugins.count - 1].isTakenOut = known.isTakenOut
            } else {
                let fold = StoredFold(
                    kind: "\(manifest.kind.name)", name: manifest.name, version: manifest.version,
                    fingerprint: fingerprint)
                folds.append(try HostError.translating { () throws(StoreError) in try store.begin(fold) })
            }
        }
        self.known = try HostError.translating { () throws(StoreError) in try store.folds() }.map { $0.number }
    }

    /// The time of the latest event that was folded, in seconds since 1970: what folds take for now.
    var clock: Int64 {
        folds.compactMap { $0.clock }.max() ?? 0
    }

    /// The viewer under whose number all that is known of `viewer` is kept.
    func owner(of viewer: Int64) -> Int64 {
        latestIdentities.owner(of: viewer)
    }

    /// Closes the store.
    func close() throws(HostError) {
        for lane in lanes { try HostError.translating { () throws(StoreError) in try lane.reader.close() } }
        try HostError.translating { () throws(StoreError) in try store.close() }
    }

    /// Folds what is new in the log. `progress` is told how many events are done, and of how many.
    func catchUp(_ progress: (Int, Int) -> Void = { _, _ in }) throws(HostError) -> FoldReport {
        let started = vh_monotonic_nanoseconds()
        let end = try HostError.translating { () throws(StoreError) in try store.lastPosition() }
        if folds.allSatisfy({ $0.isTakenOut || $0.position >= end }) { return report }
        identities = try HostError.translating { () throws(StoreError) in try store.identityRecords() }
        latestIdentities = Identities(identities, through: .max)
        try fillTitles()
        let total = folds.filter { !$0.isTakenOut }.map { Int(end - $0.position) }.max() ?? 0
        while let (pass, from, through) = nextPass(upTo: end) {
            try fold(pass, from: from, through: through) { progress(min(total, report.events + $0), total) }
        }
        report.seconds = Double(vh_monotonic_nanoseconds() - started) / 1e9
        return report
    }

    /// The plugins that are furthest behind, and up to where they can go together: to where others are.
    private func nextPass(upTo end: Int64) -> (FoldPass, from: Int64, through: Int64)? {
        let behind = folds.indices.filter { !folds[$0].isTakenOut && folds[$0].position < end }
        guard let from = behind.map({ folds[$0].position }).min() else { return nil }
        let first = behind.filter { folds[$0].position == from }
        let through = behind.map { folds[$0].position }.filter { $0 > from }.min() ?? end
        let pass = FoldPass(
            folds: first, numbers: first.map { folds[$0].number }, known: known, rules: settings.rules)
        return (pass, from, through)
    }

    /// Folds a stretch of the log, part by part. `progress` is told how many events of a part are done.
    private func fold(
        _ pass: FoldPass, from: Int64, through: Int64, _ progress: (Int) -> Void
    ) throws(HostError) {
        let part = LogPart()
        var reached = from
        repeat {
            try HostError.translating { () throws(StoreError) in
                try store.readSealedLog(
                    after: reached, through: through, bytes: Self.partBytes, into: part, by: lanes.map { $0.reader })
            }
            let records = identities.filter { $0.position > reached && $0.position <= part.end }
            let work = FoldWork(
                part, pass, Identities(identities, through: reached), records, threads: lanes.count)
            let group = DispatchGroup()
            for lane in lanes {
                DispatchQueue.global().async(group: group) { lane.process(work) }
            }
            while group.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
                progress(work.done.load(ordering: .relaxed))
            }
            try commit(work)
            progress(0)
            reached = part.end
        } while reached < through
    }

    /// Commits what the lanes made of a part.
    private func commit(_ work: FoldWork) throws(HostError) {
        let changes = FoldChanges()
        var tallies = work.pass.folds.map { _ in FoldTally() }
        for slice in work.slices {
            if let error = slice.error { throw error }
            changes.add(slice.changes)
            for index in tallies.indices { tallies[index].add(slice.tallies[index]) }
        }
        try foldGroups(of: work.part, work.pass, &tallies, into: changes)
        try commit(
            changes, work.pass, tallies, end: work.part.end, latest: work.slices.compactMap { $0.latest }.max())
        report.events += work.part.entries.count - work.slices.reduce(0) { $0 + $1.unreadable }
    }

    private func commit(
        _ changes: FoldChanges, _ pass: FoldPass, _ tallies: [FoldTally], end: Int64, latest: Int64?
    ) throws(HostError) {
        for (place, tally) in zip(pass.folds, tallies) {
            report.plugins[place].tally.add(tally)
            folds[place].calls += tally.calls
            folds[place].failures += tally.failures
            folds[place].failure = folds[place].failure ?? tally.failure.map { "\($0.code): \($0.message)" }
            if tally.takenOut != nil {
                folds[place].isTakenOut = true
                report.plugins[place].isTakenOut = true
            } else {
                folds[place].position = end
                if let latest { folds[place].clock = max(folds[place].clock ?? .min, latest) }
            }
        }
        changes.folds = pass.folds.map { folds[$0] }
        changes.minimumAudience = settings.minimumAudience
        report.withdrawn += Set(changes.withdrawn.values.joined()).count
        try HostError.translating { () throws(StoreError) in try store.commit(changes) }
    }

    // MARK: What the plugins depend on

    private func fillTitles() throws(HostError) {
        titles.removeAll()
        try CatalogueEvent.forEach(in: store) { titles.add($0) }
    }

    /// What a stored fold was made by: another file, key or basis gives another one.
    static func fingerprint(
        _ content: [UInt8], _ key: [UInt8], _ basis: GateRules.Basis
    ) -> [UInt8] {
        // What a host keeps of states, should that ever change.
        var text: [UInt8] = Array("1\n".utf8) + content
        KeyedHash(key: key).hex(UnsafeRawBufferPointer(start: nil, count: 0), into: &text)
        text.append(basis.rawValue)
        var digest: [UInt8] = []
        text.withUnsafeBytes { KeyedHash(key: []).hex($0, into: &digest) }
        return digest
    }
}
