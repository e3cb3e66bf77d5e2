import Events
import Foundation
import Lua
import Plugins
import TestSupport
import Wasm

/// A plugin in both homes.
struct BothFolds {
    let native: LuaFold
    let isolated: IsolatedFold

    static let key: [UInt8] = Array("a key of the tests".utf8)

    init(_ source: String, limits: LuaLimits, titles: TitleTable = TitleTable()) throws {
        let plugin = IsolatedPlugin(file: "plugin.lua", source: Array(source.utf8))
        guard let isolated = try isolation.get().fold(plugin, key: Self.key, limits: limits, titles: titles) else {
            throw PluginLoadError.manifest(.otherKind("redactor", wanted: "segment"))
        }
        self.isolated = isolated
        let context = PluginContext(limits: limits, hash: KeyedHash(key: Self.key), titles: titles)
        native = try plugin.source.withUnsafeBytes {
            try LuaFold(source: $0, file: plugin.file, context: context)
        }
    }
}

/// Viewers' events, as a run would find them in the log.
struct MadeUpLog {
    /// By viewer, and by the part of the log in which they are.
    var parts: [[[(text: [UInt8], reference: Int64)]]] = []

    init(seed: UInt64, viewers: Int, events: Int) {
        var random = SplitMix(state: seed)
        var reference: Int64 = 0
        for viewer in 1...viewers {
            var time: Int64 = 1_770_000_000 + Int64(random.next() % 100_000)
            parts.append([])
            for _ in 1...3 {
                var part: [(text: [UInt8], reference: Int64)] = []
                for _ in 0..<(random.next() % UInt64(events)) {
                    reference += 1
                    time += Int64(random.next() % 50_000)
                    let text = Self.event(reference, viewer, time, &random)
                    part.append((Array(text.utf8), reference))
                }
                parts[parts.count - 1].append(part)
            }
        }
    }

    private static func event(_ number: Int64, _ viewer: Int, _ time: Int64, _ random: inout SplitMix) -> String {
        let (type, data): (String, String) =
            switch random.next() % 12 {
            case 0: ("consent.changed", #""purpose":"advertising","granted":\#(random.next() % 3 > 0)"#)
            case 1: ("search.made", #""query":"\#(["film", "žena", ""][Int(random.next() % 3)])""#)
            case 2: ("session.started", random.next() % 4 == 0 ? #""gpc":true"# : #""ip":"192.0.2.33""#)
            default:
                (
                    "playback.stopped",
                    #""title_id":"t\#(random.next() % 4)","title":"Title \#(random.next() % 3)","seconds_watched":\#(random.next() % 5000)"#
                )
            }
        let head = #"{"specversion":"1.0","id":"\#(number)","source":"test","type":"\#(type)","subject":"v\#(viewer)""#
        let undated = random.next() % 20 == 0
        return head + (undated ? "" : #","time":"\#(Self.text(of: time))""#) + #","data":{\#(data)}}"#
    }

    private static func text(of time: Int64) -> String {
        String(decoding: Timestamp.text(ofSeconds: time), as: UTF8.self)
    }
}

/// All that a plugin made of a log.
struct Folded: Equatable, CustomStringConvertible {
    private(set) var entries: [[UInt8]] = []
    private(set) var answers: [String] = []
    private(set) var tallies: [String] = []
    private(set) var groups: [String] = []

    /// Folds all parts, one after the other, each by folders of its own.
    init(_ log: MadeUpLog, with fold: Fold) {
        var rules = GateRules()
        rules[.advertising] = .objection
        var entries = log.parts.map { _ in [UInt8]() }
        var kept: [GroupFolder.Key: GroupFolder.Group] = [:]
        for part in 0..<3 {
            let folder = ViewerFolder([fold], rules)
            for viewer in log.parts.indices {
                let events = log.parts[viewer][part]
                entries[viewer].withUnsafeBytes { bytes in folder.begin { _ in bytes } }
                // Every third event came before its time.
                withTexts(of: events) { text, reference in
                    folder.add(text, received: reference % 31 == 0 ? 1_000_000_000 : nil, reference: reference)
                } end: {
                    folder.finish { _, entry in entries[viewer] = Array(entry) }
                }
            }
            tallies += folder.tallies.map { Self.text(of: $0) }
            let admitted = folder.tallies[0].admitted.sorted { $0.reference < $1.reference }
            if case .quality = fold.manifest.kind {
                let groups = GroupFolder(fold) { kept[$0] }
                let all = log.parts.flatMap { $0[part] }
                withTexts(of: all.filter { event in admitted.contains { $0.reference == event.reference } }) {
                    text, reference in
                    for event in admitted where event.reference == reference {
                        groups.add(text, received: nil, event)
                    }
                } end: {
                    groups.finish { kept[$0] = $1 }
                }
                tallies.append(Self.text(of: groups.tally))
            }
        }
        self.entries = entries
        groups = kept.map { key, group in
            let report = Result { () throws(PluginFailure) in
                try group.state.span.withUnsafeBytes { bytes throws(PluginFailure) in try fold.report(of: bytes) }
            }
            return
                "\(key.dimension.map { "\($0.name)" } ?? "all") \(key.value): \(group.events) \(group.state) \(report)"
        }.sorted()
        guard case .segment = fold.manifest.kind else { return }
        let reader = SegmentReader(fold, rules)
        for entry in entries {
            for now: Int64 in [1_770_000_000, 1_780_000_000] {
                let answer = Result { () throws(PluginFailure) in
                    try entry.span.withUnsafeBytes { bytes throws(PluginFailure) in try reader.answer(bytes, now: now) }
                }
                answers.append("\(answer)")
            }
        }
    }

    private static func text(of tally: FoldTally) -> String {
        let samples = tally.admitted.map { "\($0.reference): \($0.sample.map { "\($0)" } ?? "-")" }
        return "\(tally.calls) \(tally.failures) \(tally.undated) \(tally.refused) \(tally.failure as Any) "
            + "\(tally.takenOut as Any) \(samples)"
    }

    var description: String {
        [entries.map { "\($0)" }, answers, tallies, groups].map { $0.joined(separator: "\n") }.joined(
            separator: "\n---\n")
    }
}

/// Calls `body` with each event's text, in a place that is good until `end` returns.
private func withTexts(
    of events: [(text: [UInt8], reference: Int64)], _ body: (UnsafeRawBufferPointer, Int64) -> Void, end: () -> Void
) {
    let bytes = events.flatMap { $0.text }
    bytes.withUnsafeBytes { all in
        var place = 0
        for event in events {
            body(UnsafeRawBufferPointer(rebasing: all[place..<(place + event.text.count)]), event.reference)
            place += event.text.count
        }
        end()
    }
}
