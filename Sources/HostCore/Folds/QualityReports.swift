internal import Plugins
internal import Store

/// What the quality plugins of a store found.
///
/// ```swift
/// let reports = try QualityReports.read(store: "viewers.sqlite", plugins: try PluginFile.all(in: "plugins"))
/// print(QualityReport.terminal(reports))
/// ```
public enum QualityReports {
    /// Folds what is new in the log, and then lets each quality plugin report what it has; `progress` is told how many events
    /// are done, and of how many. Those that `rebuilding` names, or all where it is empty, begin anew.
    public static func read(
        store path: String, plugins: [PluginFile], keyFile: String = KeyFile.defaultPath, jobs: Int = 1,
        rebuilding: Bool = false, _ progress: (Int, Int) -> Void = { _, _ in }
    ) throws(HostError) -> (reports: [QualityReport], folded: FoldReport) {
        let opened = try OpenedFolds(
            store: path, plugins: plugins, kind: "quality", keyFile: keyFile, jobs: jobs
        ) { _ in rebuilding }
        let folded = try opened.engine.catchUp(progress)
        var reports: [QualityReport] = []
        for place in opened.engine.manifests.indices {
            if let report = try report(of: place, opened) { reports.append(report) }
        }
        try opened.engine.close()
        return (reports, folded)
    }

    private static func report(of place: Int, _ opened: OpenedFolds) throws(HostError) -> QualityReport? {
        let (manifest, fold) = (opened.engine.manifests[place], opened.engine.folds[place])
        guard case .quality(let quality) = manifest.kind else { return nil }
        let plugin = opened.engine.lanes[0].folds[place]
        let groups = try HostError.translating { () throws(StoreError) in try opened.store.groups(of: fold) }
        var total = QualityReport.Row(value: "all", events: 0, numbers: quality.columns.map { _ in nil })
        var rows: [Int: [QualityReport.Row]] = [:]
        var failures = fold.failures
        for group in groups {
            let numbers: [Double?]
            do throws(PluginFailure) {
                numbers = try group.state.span.withUnsafeBytes { bytes throws(PluginFailure) in
                    try plugin.report(of: bytes)
                }
            } catch {
                failures += 1
                continue
            }
            let row = QualityReport.Row(
                value: group.dimension == 0 ? "all" : group.value, events: group.events, numbers: numbers)
            if group.dimension == 0 { total = row } else { rows[group.dimension, default: []].append(row) }
        }
        let tables = quality.dimensions.map {
            QualityReport.Table(dimension: "\($0.name)", rows: rows[$0.number] ?? [])
        }
        return QualityReport(
            plugin: manifest.name, version: manifest.version, title: quality.title,
            columns: quality.columns.map { QualityReport.Column(name: $0) }, chart: quality.chart, total: total,
            tables: tables, failures: failures,
            suspended: fold.isTakenOut ? fold.failure ?? "it failed too often" : nil,
            upTo: fold.clock)
    }
}
