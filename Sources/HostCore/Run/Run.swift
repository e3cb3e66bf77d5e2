internal import Events
internal import Foundation
internal import Plugins
internal import Store

/// One run: events from the sources through the plugins to the output.
///
/// ```swift
/// let run = try Run(RunOptions(sources: ["events.ndjson"], plugins: plugins, output: "-", jobs: 2))
/// let report = try run.start(observer)
/// ```
///
/// The output has the order of the input, however many workers there are. An event is in exactly one place at the end:
/// the output, the quarantine, or dropped by a plugin's decision.
public struct Run {
    private let options: RunOptions
    private let workers: [Worker]
    private let manifests: [Manifest]
    private let store: EventStore?

    /// Loads the plugins, so that a fault in one is seen before anything is read.
    public init(_ options: RunOptions) throws(HostError) {
        self.options = options
        let key = options.plugins.isEmpty ? [] : try KeyFile.key(at: options.keyFile)
        var store: EventStore?
        if let path = options.store {
            store = try HostError.translating { () throws(StoreError) in try EventStore(path: path) }
        }
        self.store = store
        let context = PluginContext(limits: options.limits, hash: KeyedHash(key: key))
        var workers: [Worker] = []
        var manifests: [Manifest] = []
        for _ in 0..<max(1, options.jobs) {
            var redactors: [Redactor] = []
            for file in options.plugins { redactors.append(try file.load(context)) }
            manifests = redactors.map { $0.manifest }
            workers.append(Worker(redactors: redactors, keys: store?.keys))
        }
        self.workers = workers
        self.manifests = manifests
    }

    /// Does the run. Throws where it could not go on; what was written up to then stays.
    public func start(_ observer: RunObserver) throws(HostError) -> RunReport {
        let started = monotonicNanoseconds()
        var readers: [any EventReader] = []
        for source in options.sources { readers.append(try makeReader(for: source, dateOrder: options.dateOrder)) }
        if options.replays, let store, let path = options.store {
            readers.append(try QuarantineReader(store, path: path))
        }
        let writer = try RunWriter(
            options, names: readers.map { $0.name }, manifests, store.map { StoreOutput($0) }, observer)
        let sizes = readers.compactMap { $0.size }
        writer.totalBytes = sizes.count == readers.count ? sizes.reduce(0, +) : nil

        let lanes = workers.map { Lane(worker: $0) }
        let reading = Reading(readers, lanes: lanes)
        reading.start()
        for lane in lanes { lane.start() }
        defer {
            reading.stop()
            for lane in lanes { lane.join() }
        }
        var turn = 0
        while let chunk = lanes[turn % lanes.count].done.take() {
            try writer.write(chunk)
            if writer.isCircuitOpen { for lane in lanes { lane.skip() } }
            reading.free.put(chunk)
            turn += 1
        }
        if let error = reading.error { throw error }
        var report = try writer.finish()
        for lane in lanes { lane.join() }
        report.files = readers.flatMap { $0.files }
        add(workers, to: &report)
        report.seconds = Double(monotonicNanoseconds() - started) / 1e9
        return report
    }

    private func add(_ workers: [Worker], to report: inout RunReport) {
        for index in report.plugins.indices {
            var latencies = Latencies()
            for worker in workers {
                report.plugins[index].calls += worker.calls[index]
                latencies.add(worker.latencies[index])
                let peak = worker.memoryPeak(ofPlugin: index)
                report.plugins[index].memoryPeak = max(report.plugins[index].memoryPeak, peak)
            }
            guard latencies.count > 0 else { continue }
            let mean = Double(latencies.sum) / Double(latencies.count)
            report.plugins[index].seconds = mean * Double(report.plugins[index].calls) / 1e9
            report.plugins[index].p50 = latencies.quantile(0.5)
            report.plugins[index].p99 = latencies.quantile(0.99)
        }
    }
}
