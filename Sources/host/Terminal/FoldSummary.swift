internal import Foundation
internal import HostCore
internal import Plugins

extension FoldReport {
    /// What people read after a fold.
    var summary: String {
        var lines = ["folded \(events.counted("event")) in \(String(format: "%.3f", seconds)) s"]
        for plugin in plugins {
            lines.append(
                "  \(plugin.name) \(plugin.version)\(plugin.isAnew ? ", anew" : ""): "
                    + "\(plugin.tally.calls.counted("call"))"
                    + (plugin.tally.refused > 0 ? ", \(plugin.tally.refused.counted("event")) not allowed" : "")
                    + (plugin.tally.undated > 0 ? ", \(plugin.tally.undated.counted("event")) without a time" : "")
                    + (plugin.tally.failures > 0 ? ", \(plugin.tally.failures.grouped) failed" : ""))
        }
        return lines.joined(separator: "\n")
    }

    /// What nobody should miss.
    var warnings: [String] {
        plugins.compactMap { plugin in
            guard let failure = plugin.tally.failure else {
                return plugin.isTakenOut
                    ? "'\(plugin.name)' is taken out, for it failed too often: mend it, and it begins anew" : nil
            }
            let count = plugin.tally.failures.counted("call")
            return "'\(plugin.name)' failed in \(count): \(failure.code): \(failure.message)"
                + (plugin.isTakenOut ? "; it is taken out until its file changes" : "")
        }
    }

    var object: [String: Any] {
        [
            "events": events, "seconds": seconds, "withdrawn": withdrawn,
            "plugins": plugins.map { plugin -> [String: Any] in
                [
                    "name": plugin.name, "version": plugin.version, "anew": plugin.isAnew,
                    "calls": plugin.tally.calls, "failures": plugin.tally.failures,
                    "not_allowed": plugin.tally.refused, "undated": plugin.tally.undated,
                    "failure": plugin.tally.failure.map { "\($0.code): \($0.message)" } ?? NSNull() as Any,
                    "taken_out": plugin.isTakenOut,
                ]
            },
        ]
    }
}
