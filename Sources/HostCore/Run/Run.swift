internal import CBridge
internal import Events
internal import Foundation
internal import Glibc
internal import Plugins
internal import Store
internal import Wasm

/// One run: events from the sources through the plugins to the output.
///
/// ```swift
/// let run = try Run(RunOptions(sources: ["events.ndjson"], plugins: plugins, output: "-", jobs: 2))
/// let report = try run.start(observer)
/// ```
///
/// The output has the order of the input, however many workers there are. An event is in exactly one place at the end:
/// the output, the quarantine, or dropped by a plugin's decision.
public struct Run: Sendable {
    private let options: RunOptions
    private let workers: [Worker]
    private let manifests: [Manifest]
    private let homes: [PluginHome]
    private let store: EventStore?
    private let folds: RunFolds
    private let stopping = Stopping()

    /// Loads the plugins, so that a fault in one is seen before anything is read.
    public init(_ options: RunOptions) throws(HostError) {
        self.options = options
        try FileRoles.check(options)
        if options.plugins.count > 255 { throw .usage("a run takes at most 255 plugins") }
        let key = options.plugins.isEmpty ? [] : try KeyFile.key(at: options.keyFile)
        var store: EventStore?
        if let path = options.store {
            store = try HostError.translating { () throws(StoreError) in try EventStore(path: path) }
        }
        self.store = store
        if let store, let output = options.output, output != "-" {
            let file = WrittenFile(.events, path: absolutePath(ofNew: output))
            try HostError.translating { () throws(StoreError) in try store.remember(file) }
        }
        let titles = TitleTable()
        let loader = PluginLoader(home: options.isolation, key: key, limits: options.limits, titles: titles)
        let loaded = try loader.load(files: options.plugins, count: max(1, options.jobs))
        try PluginNames.check(options.plugins, loaded.manifests)
        workers = loaded.chains.map { [store] in Worker(chain: $0, keys: store?.keys) }
        manifests = loaded.redactors.map { $0.manifest }
        homes = loaded.redactors.map { $0.home }
        folds = RunFolds(plugins: loaded, titles: titles, key: key)
        if options.store == nil, !options.plugins.isEmpty, loaded.redactors.isEmpty, let fold = loaded.manifests.first {
            throw .usage("'\(fold.name)' folds the log of a store: name one with --store")
        }
    }

    /// Ends the run early, from any thread: what was read is still worked on and stored, then ``start(_:)`` throws
    /// ``HostError/interrupted(_:)``.
    public func stop() {
        stopping.request()
    }

    /// Does the run. Throws where it could not go on; what was stored up to then stays.
    public func start(_ observer: RunObserver) throws(HostError) -> RunReport {
        let started = vh_monotonic_nanoseconds()
        var readers: [any EventReader] = []
        for source in options.sources { readers.append(try makeReader(for: source, options)) }
        if options.replays, let store, let path = options.store {
            readers.append(try QuarantineReader(store, path: path))
        }
        let cutOff = try cutOffSources(besides: readers)
        let writer = try RunWriter(options, readers, manifests, store, observer)
        let sizes = readers.compactMap { $0.size }
        writer.totalBytes = sizes.count == readers.count ? sizes.reduce(0, +) : nil

        let lanes = workers.map { Lane(worker: $0) }
        let reading = Reading(readers, lanes: lanes)
        reading.start()
        for lane in lanes { lane.start() }
        stopping.begin(reading)
        defer {
            reading.stop()
            for lane in lanes { lane.end() }
        }
        do throws(HostError) {
            try write(from: lanes, to: writer, reading)
            if let error = reading.error ?? stopping.error { throw error }
        } catch {
            writer.abandon()
            throw error
        }
        var report = try writer.finish()
        report.cutOff = cutOff
        for lane in lanes { lane.join() }
        report.files = readers.flatMap { $0.files }
        add(workers, to: &report)
        report.seconds = Double(vh_monotonic_nanoseconds() - started) / 1e9
        if let path = options.store { report.folded = try folds.catchUp(path, observer) }
        return report
    }

    /// Writes the chunks in the order in which they were read, until the lanes end.
    private func write(from lanes: [Lane], to writer: RunWriter, _ reading: Reading) throws(HostError) {
        var turn = 0
        while let chunk = lanes[turn % lanes.count].done.take() {
            try writer.write(chunk)
            if writer.isCircuitOpen { for lane in lanes { lane.skip() } }
            if chunk.isDone {
                reading.free.put(chunk)
                turn += 1
            } else {
                lanes[turn % lanes.count].unfinished.put(chunk)
            }
        }
    }

    /// Sources that earlier runs into the store did not read to their end, and this one does not read either.
    private func cutOffSources(besides readers: [any EventReader]) throws(HostError) -> [RunReport.CutOff] {
        guard let store else { return [] }
        let checkpoints = try HostError.translating { () throws(StoreError) in try store.checkpoints() }
        return checkpoints.compactMap { checkpoint in
            // What is gone cannot be read again.
            guard let source = SourceProgress.source(of: checkpoint), access(source, F_OK) == 0,
                !readers.contains(where: { $0.path == source })
            else { return nil }
            return RunReport.CutOff(source: source, events: Int(checkpoint.position), plugins: checkpoint.detail)
        }
    }

    private func add(_ workers: [Worker], to report: inout RunReport) {
        let usages = workers.map { $0.usage }
        for index in report.plugins.indices {
            report.plugins[index].home = homes[index]
            var latencies = Latencies()
            for usage in usages {
                report.plugins[index].calls += usage[index].calls
                latencies.add(usage[index].latencies)
                report.plugins[index].memoryPeak = max(report.plugins[index].memoryPeak, usage[index].memoryPeak)
            }
            guard latencies.count > 0 else { continue }
            let mean = Double(latencies.sum) / Double(latencies.count)
            report.plugins[index].seconds = mean * Double(report.plugins[index].calls) / 1e9
            report.plugins[index].p50 = latencies.quantile(0.5)
            report.plugins[index].p99 = latencies.quantile(0.99)
        }
    }
}
