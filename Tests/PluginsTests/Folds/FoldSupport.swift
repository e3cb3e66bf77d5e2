import Events
import Foundation
import Lua
import Plugins
import Testing

/// A plugin that folds, loaded from its text.
func loadFold(
    _ source: String, limits: LuaLimits = LuaLimits(), titles: TitleTable? = nil
) throws -> LuaFold {
    let text = Array(source.utf8)
    return try text.withUnsafeBytes {
        try LuaFold(
            source: $0, file: "test.lua",
            context: PluginContext(limits: limits, hash: KeyedHash(key: [1, 2, 3]), titles: titles))
    }
}

/// A segment around the bodies of its functions; it sees what `reads` names.
func segment(
    fold: String, start: String = "return {}", member: String = "return true", reads: String = "\"user.behavior\"",
    extra: String = ""
) -> String {
    """
    return { kind = "segment", name = "test", version = "1.0.0", taxonomy = "719", reads = { \(reads) }, \(extra)
      start = function() \(start) end,
      fold = function(state, event, at, ref) \(fold) end,
      member = function(state, now) \(member) end,
    }
    """
}

/// Rules under which advertising goes on until somebody objects.
var optOut: GateRules {
    var rules = GateRules()
    rules[.advertising] = .objection
    return rules
}

/// An event's text; `time` is in seconds since 1970.
func viewerEvent(
    _ id: String = "1", type: String = "playback.stopped", time: Int64? = 1_000, data: String = "{}",
    subject: String = "anna"
) -> String {
    let when = time.map {
        #","time":"\#(String(decoding: Timestamp.text(ofSeconds: $0), as: UTF8.self))""#
    }
    return
        #"{"specversion":"1.0","id":"\#(id)","source":"test","type":"\#(type)","subject":"\#(subject)"\#(when ?? ""),"data":\#(data)}"#
}

func consent(_ isGranted: Bool, time: Int64?, purpose: String = "advertising") -> String {
    viewerEvent(type: "consent.changed", time: time, data: #"{"purpose":"\#(purpose)","granted":\#(isGranted)}"#)
}

/// What is kept of one viewer for one plugin, and who folds into it.
struct KeptViewer {
    var entry: [UInt8] = []
    private(set) var tally = FoldTally()
    private(set) var hasClosed = false
    private let fold: LuaFold
    private let rules: GateRules

    init(_ fold: LuaFold, _ rules: GateRules = optOut) {
        self.fold = fold
        self.rules = rules
    }

    /// Folds events in one go, as between two commits. Their references are their places, from `first` on.
    mutating func fold(_ events: [String], first: Int64 = 1, received: Int64? = nil) {
        let folder = ViewerFolder([fold], rules)
        let texts = events.map { ContiguousArray($0.utf8) }
        entry.withUnsafeBytes { bytes in folder.begin { _ in bytes } }
        // Texts must stay in place until the end.
        withExtendedLifetime(texts) {
            for (index, text) in texts.enumerated() {
                text.withUnsafeBytes { folder.add($0, received: received, reference: first + Int64(index)) }
            }
            var changed = entry
            folder.finish { _, bytes in changed = Array(bytes) }
            entry = changed
        }
        hasClosed = !folder.closed.isEmpty
        tally = folder.tallies[0]
    }

    func answer(at now: Int64 = 10_000) throws -> SegmentReader.Answer {
        try entry.withUnsafeBytes { try SegmentReader(fold, rules).answer($0, now: now) }
    }

    /// The reason that the plugin gives, which tests let tell what the state is.
    func reason(at now: Int64 = 10_000) throws -> String? {
        guard case .known(let membership) = try answer(at: now) else { return nil }
        return membership.reason
    }
}
