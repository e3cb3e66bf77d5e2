public import Events
internal import Foundation
public import Privacy
internal import Store

/// What a retention schedule does to a store, or would do.
public struct RetentionReport: Equatable, Sendable {
    /// Fields whose time is over, by data category; most first.
    public internal(set) var fields: [(category: DataCategory, count: Int)] = []
    /// Events that lose a part of their data, and those that go.
    public internal(set) var changed = 0
    public internal(set) var removed = 0
    /// Viewers of whom nothing is left.
    public internal(set) var viewers = 0
    public internal(set) var hasStaleModels = false

    public static func == (a: RetentionReport, b: RetentionReport) -> Bool {
        a.changed == b.changed && a.removed == b.removed && a.viewers == b.viewers
            && a.hasStaleModels == b.hasStaleModels && a.fields.elementsEqual(b.fields, by: ==)
    }
}

extension RetentionSchedule {
    /// Reads the file at `path`.
    public init(path: String) throws(HostError) {
        guard let data = FileManager.default.contents(atPath: path) else { throw .system("read the schedule", path) }
        do throws(RetentionError) {
            self = try RetentionSchedule(json: Array(data), named: path)
        } catch {
            throw .data(error.message)
        }
    }
}

extension SubjectRequests {
    /// Removes what may not be kept any more, in quarantine too: fields of events whose period is over, and events of which nothing else
    /// is left. What viewers decided stays as long as anything else of them does.
    /// Where it `isDryRun`, it only counts.
    public func retain(_ schedule: RetentionSchedule, isDryRun: Bool) throws(HostError) -> RetentionReport {
        var counts = [Int](repeating: 0, count: 256)
        let now = time
        let edits = try remove(of: nil, isDryRun: isDryRun) { category, time in
            schedule.isOver(category, from: time, at: now)
        } noting: { category in
            counts[Int(category.rawValue)] += 1
        }
        var report = RetentionReport()
        report.fields = DataCategory.allCases.map { ($0, counts[Int($0.rawValue)]) }.filter { $0.1 > 0 }
        report.fields.sort { $0.count > $1.count }
        report.changed = edits.log.replaced + edits.quarantine.replaced
        report.removed = edits.log.removed + edits.quarantine.removed
        if isDryRun { return report }
        report.hasStaleModels = edits.hasStaleModels
        report.viewers = try removeEmptyViewers(among: edits)
        try audit(
            "retention applied",
            ["changed": report.changed, "removed": report.removed, "viewers": report.viewers])
        return report
    }
}
