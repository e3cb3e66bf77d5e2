internal import Foundation
internal import HostCore

extension [SegmentSummary] {
    /// The table that people read.
    func lines(minimum: Int) -> [String] {
        let names = map { "\($0.name) \($0.version)" }
        let paths = map { $0.path + ($0.isSensitive ? " (sensitive)" : "") }
        let width = names.map { $0.count }.max() ?? 0
        let pathWidth = paths.map { $0.count }.max() ?? 0
        return indices.map { index in
            names[index].padding(toLength: width + 2, withPad: " ", startingAt: 0)
                + paths[index].padding(toLength: pathWidth + 2, withPad: " ", startingAt: 0)
                + self[index].audienceText(minimum)
        }
    }
}

extension SegmentSummary {
    fileprivate var path: String {
        guard let taxonomy, let node = AudienceTaxonomy.node(taxonomy) else { return "-" }
        return "\(node.id) \(node.name)"
    }

    fileprivate func audienceText(_ minimum: Int) -> String {
        if isTakenOut { return "taken out: \(failure ?? "it failed too often")" }
        if isExclusion { return "keeps ads away" }
        let count = audience > 0 ? audience.counted("viewer") : "fewer than \(minimum) viewers"
        return count + (publishedAt.map { ", \($0.timeText)" } ?? "")
    }

    func object(_ minimum: Int) -> [String: Any] {
        [
            "name": name, "version": version, "taxonomy": taxonomy ?? NSNull() as Any,
            "taxonomy_path": taxonomy.flatMap { AudienceTaxonomy.node($0)?.path } ?? NSNull() as Any,
            "sensitive": isSensitive, "use": isExclusion ? "exclude" : "target",
            "audience": audience > 0 ? audience : NSNull() as Any, "minimum_audience": minimum,
            "published_at": publishedAt?.timeText ?? NSNull() as Any, "calls": calls, "failures": failures,
            "failure": failure ?? NSNull() as Any, "taken_out": isTakenOut,
        ]
    }
}

extension SegmentExplanation {
    var lines: [String] {
        var lines = ["\(viewer) is \(isMember ? "" : "not ")in \(segment) \(version) at \(time.timeText)"]
        if !reason.isEmpty { lines.append("  \(reason)") }
        if isMember, let expires { lines.append("  holds until \(expires.timeText), if nothing new happens") }
        if let suspension { lines.append("  the segment is taken out and not used: \(suspension)") }
        if isMember, !isPublished, !isExclusion, suspension == nil {
            lines.append("  not used for ads: the segment's published audience is without the viewer, or too small")
        }
        if !events.isEmpty { lines.append("  because of") }
        for event in events { lines.append("    " + String(decoding: event, as: UTF8.self)) }
        return lines
    }

    /// The events stand in it as they are stored.
    var json: String {
        let object: [String: Any] = [
            "segment": segment, "version": version, "viewer": viewer, "at": time.timeText, "member": isMember,
            "reason": reason, "expires": expires?.timeText ?? NSNull() as Any, "published": isPublished,
            "taken_out": suspension ?? NSNull() as Any,
        ]
        let text = (try? JSONText.of(object)) ?? "{}"
        let list = events.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",")
        return text.dropLast() + ",\"events\":[\(list)]}"
    }
}

extension ViewerAnswer {
    var lines: [String] {
        if segments.isEmpty, exclusions.isEmpty { return ["\(viewer): no segment at \(time.timeText)"] }
        return ["\(viewer) at \(time.timeText)"] + segments.map { Self.line($0) }
            + exclusions.map { Self.line($0) + " (keeps ads away)" }
    }

    private static func line(_ segment: Segment) -> String {
        let node = segment.taxonomy.flatMap { AudienceTaxonomy.node($0) }.map { " (\($0.id) \($0.path))" } ?? ""
        return "  \(segment.name) \(segment.version)\(node): \(segment.reason), until \(segment.expires.timeText)"
    }

    var object: [String: Any] {
        [
            "viewer": viewer, "at": time.timeText, "segments": segments.map { Self.object($0) },
            "exclusions": exclusions.map { Self.object($0) },
        ]
    }

    private static func object(_ segment: Segment) -> [String: Any] {
        [
            "name": segment.name, "version": segment.version, "taxonomy": segment.taxonomy ?? NSNull() as Any,
            "reason": segment.reason, "expires": segment.expires.timeText,
        ]
    }
}
