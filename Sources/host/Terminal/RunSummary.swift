internal import Archives
internal import Events
internal import Foundation
internal import HostCore
internal import Wasm

extension RunReport {
    /// The summary that people read.
    func summary(quarantine: String) -> String {
        var lines = ["\(events.counted("event")) in \(Self.decimal(seconds)) s (\(rate.grouped) events/s)"]
        lines.append("  passed      \(passed.grouped)  (\(changed.grouped) of them changed)")
        if let stored {
            lines.append("  stored      \(stored.inserted.grouped)  (\(stored.duplicates.grouped) were in the store)")
            if stored.refused > 0 {
                lines.append("  refused     \(stored.refused.grouped)  (of viewers who were erased)")
            }
        }
        if dropped > 0 { lines.append("  dropped     \(dropped.grouped)") }
        if quarantined > 0 {
            lines.append("  quarantined \(quarantined.grouped)  (in \(quarantine), with the reasons)")
        }
        if rejected > 0 { lines.append("  rejected    \(rejected.grouped)  (lines or rows that are no events)") }
        if !files.isEmpty { lines += filesSummary }
        for plugin in plugins {
            let isolated = plugin.home == .wasm ? ", isolated" : ""
            lines.append(
                "\(plugin.name) \(plugin.version)\(isolated): \(plugin.calls.counted("call")), "
                    + "\(Self.decimal(plugin.seconds)) s, "
                    + "p50 \(Self.microseconds(plugin.p50)), p99 \(Self.microseconds(plugin.p99)), "
                    + "\(plugin.memoryPeak / 1024) KiB"
                    + (plugin.dropped > 0 ? ", \(plugin.dropped.grouped) dropped" : "")
                    + (plugin.failed > 0 ? ", \(plugin.failed.grouped) failed" : "")
            )
        }
        for source in cutOff {
            lines.append(
                "the store has only a part of \(source.source): a run "
                    + (source.plugins.isEmpty ? "without plugins" : "with \(source.plugins)")
                    + " ended after \(source.events.counted("event")); run it again")
        }
        if let folded { lines.append(folded.summary) }
        if !redactions.isEmpty { lines.append("redacted, by data category") }
        for (category, count) in redactions { lines.append("  \(category.key)  \(count.grouped)") }
        return lines.joined(separator: "\n")
    }

    /// The archives' files: what was read, and what was not and why.
    private var filesSummary: [String] {
        var lines = ["files"]
        let width = files.map { $0.name.count }.max() ?? 0
        for file in files {
            var line = "  " + file.name.padding(toLength: width, withPad: " ", startingAt: 0)
            line +=
                "  "
                + (file.skipReason.map { "skipped: " + $0 }
                    ?? "\(file.rows.counted("row")), \(file.events.counted("event"))")
            if file.rejected > 0 { line += ", \(file.rejected.grouped) rejected" }
            if !file.unknownColumns.isEmpty {
                line += "; kept unclassified: \(file.unknownColumns.joined(separator: ", "))"
            }
            lines.append(line)
        }
        return lines
    }

    /// The summary that programs read: one JSON object.
    var json: String {
        var object: [String: Any] = [
            "events": events, "passed": passed, "changed": changed, "dropped": dropped, "quarantined": quarantined,
            "rejected": rejected, "bytes": bytes, "seconds": seconds,
            "redactions": Dictionary(uniqueKeysWithValues: redactions.map { ("\($0.category.key)", $0.count) }),
        ]
        object["plugins"] = plugins.map { plugin -> [String: Any] in
            [
                "name": plugin.name, "version": plugin.version, "calls": plugin.calls, "dropped": plugin.dropped,
                "failed": plugin.failed, "isolation": plugin.home.rawValue, "seconds": plugin.seconds,
                "p50_ns": plugin.p50, "p99_ns": plugin.p99,
                "memory_peak_bytes": plugin.memoryPeak,
            ]
        }
        object["files"] = files.map { file -> [String: Any] in
            [
                "name": file.name, "rows": file.rows, "events": file.events, "rejected": file.rejected,
                "unknown_columns": file.unknownColumns, "skip_reason": file.skipReason as Any,
            ]
        }
        if let stored {
            object["stored"] = [
                "inserted": stored.inserted, "duplicates": stored.duplicates, "refused": stored.refused,
            ]
        }
        object["cut_off"] = cutOff.map {
            ["source": $0.source, "events": $0.events, "plugins": $0.plugins] as [String: Any]
        }
        if let folded { object["folded"] = folded.object }
        if let takenOut { object["taken_out"] = takenOut }
        return (try? JSONText.of(object)) ?? ""
    }

    private var rate: Int {
        Int(Double(events) / max(seconds, 1e-6))
    }

    private static func decimal(_ value: Double) -> String {
        String(format: "%.3f", value)
    }

    private static func microseconds(_ nanoseconds: UInt64) -> String {
        String(format: "%.1f µs", Double(nanoseconds) / 1000)
    }
}
