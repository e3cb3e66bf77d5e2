internal import Events
internal import Plugins

/// A viewer whose events go through the gate here, and then to all plugins that fold.
final class ViewerRun {
    private let folds: [Fold]
    private let folder: ViewerFolder
    private let rules: GateRules
    /// What is kept of the viewer, by plugin.
    private var entries: [[UInt8]]
    private var lineCount: Int64 = 0

    /// `basis` is that of advertising.
    init(_ folds: [LuaFold], _ basis: GateRules.Basis) {
        var rules = GateRules()
        rules[.advertising] = basis
        let folds = folds.map { fold -> Fold in fold }
        self.folds = folds
        self.rules = rules
        folder = ViewerFolder(folds, rules)
        entries = folds.map { _ in [] }
    }

    /// Those that were loaded before the viewer began.
    var plugins: Range<Int> {
        folds.indices
    }

    /// Folds the viewer's next events, lines of NDJSON. An event's reference is its line's number, over all, from 0.
    func add(_ lines: UnsafeRawBufferPointer) {
        let kept = entries.flatMap { $0 }
        kept.withUnsafeBytes { bytes in
            var start = 0
            folder.begin { plugin in
                defer { start += entries[plugin].count }
                return UnsafeRawBufferPointer(rebasing: bytes[start..<(start + entries[plugin].count)])
            }
        }
        lines.forEachLine { line in
            folder.add(line, received: nil, reference: lineCount)
            lineCount += 1
        }
        folder.finish { plugin, entry in entries[plugin] = Array(entry) }
    }

    /// Whether the viewer is in a segment at `now`, in seconds since 1970.
    func answer(of plugin: Int, now: Int64) throws(PluginFailure) -> SegmentReader.Answer {
        let entry = entries[plugin]
        return try entry.span.withUnsafeBytes { entry throws(PluginFailure) in
            try SegmentReader(folds[plugin], rules).answer(entry, now: now)
        }
    }
}

extension Engine {
    enum Asked: UInt32 {
        case refused = 0
        case answered = 1
        case failed = 2
    }

    /// Begins with a viewer of whom nothing is known. Advertising needs consent, or goes on until there is an objection.
    func beginViewer(untilObjection: Bool) {
        viewer = ViewerRun(folds, untilObjection ? .objection : .consent)
    }

    /// Leaves a segment's answer for the viewer, or why it is not even asked, or why it failed.
    func askViewer(_ plugin: Int, now: Int64) -> Asked {
        results.removeAll()
        do throws(PluginFailure) {
            guard let viewer, viewer.plugins.contains(plugin) else {
                throw PluginFailure(plugin: "", code: "error", message: "there is no such plugin or viewer")
            }
            switch try viewer.answer(of: plugin, now: now) {
            case .known(let membership):
                append(membership)
                return .answered
            case .refused(let refusal):
                append(refusal)
                return .refused
            }
        } catch {
            append(error)
            return .failed
        }
    }

    private func append(_ refusal: GateRefusal) {
        let (reason, time): (UInt8, Int64) =
            switch refusal {
            case .nothingKnown: (0, 0)
            case .child: (1, 0)
            case .noConsent: (2, 0)
            case .refused(let since, .privacyControl): (4, since)
            case .refused(let since, _): (3, since)
            }
        results.append(reason)
        results.append(UInt64(bitPattern: time))
    }
}
