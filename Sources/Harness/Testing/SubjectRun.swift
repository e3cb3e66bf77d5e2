internal import Foundation
internal import PluginTesting
internal import Wasm

/// Tests one plugin.
struct SubjectRun {
    private let subject: Subject
    private let options: HarnessOptions
    private let loader: PluginLoader

    init(_ subject: Subject, _ options: HarnessOptions, _ loader: PluginLoader) {
        self.subject = subject
        self.options = options
        self.loader = loader
    }

    func run() -> FileResult {
        var result = FileResult(path: subject.tests ?? subject.plugin)
        do throws(Stop) {
            let plugin = try TestedPlugin(subject, loader, measuresCoverage: options.measuresCoverage)
            result.isIsolated = plugin.home == .wasm
            if let tests = subject.tests { try runTests(tests, plugin, &result) }
            if options.fuzzCount > 0 { result.tests.append(try fuzz(plugin)) }
            result.coverage = plugin.coverage
            result.lacksCoverage = options.measuresCoverage && plugin.coverage == nil
        } catch {
            result.error = error.message
        }
        return result
    }

    private func runTests(_ path: String, _ plugin: TestedPlugin, _ result: inout FileResult) throws(Stop) {
        guard let source = FileManager.default.contents(atPath: path).map({ Array($0) }) else {
            throw Stop(HarnessError.unreadable(path: path))
        }
        let snapshots = Snapshots(testFile: path, updates: options.updatesSnapshots, isCI: options.isCI)
        let file = try TestFile(path: path, source: source, folder: FolderOnDisk(of: path, snapshots))
        for (index, test) in file.tests.enumerated() where options.filter.map({ test.name.contains($0) }) ?? true {
            result.tests.append(try file.run(index, load: plugin.load))
        }
        // What a filter leaves out, or a failure keeps from being asked for, is still wanted.
        let isWhole = options.filter == nil && result.failures == 0
        do throws(HarnessError) {
            try snapshots.save(removesObsolete: isWhole)
        } catch {
            throw Stop(error)
        }
        result.written = snapshots.written
        result.obsolete = isWhole ? snapshots.obsolete : []
    }

    private func fuzz(_ plugin: TestedPlugin) throws(Stop) -> TestResult {
        let started = DispatchTime.now().uptimeNanoseconds
        let finding = try Fuzzer(plugin).run(count: options.fuzzCount, seed: options.seed)
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e9
        let name = "\(options.fuzzCount) made-up events, seed \(options.seed)"
        return TestResult(
            name: name, line: nil, outcome: finding.map { .failed($0) } ?? .passed, seconds: seconds, output: "")
    }
}

extension Stop {
    init(_ error: HarnessError) { self.init(error.message) }

    init(_ error: WasmError) {
        if case .plugin(let file, let message) = error {
            self.init(message, in: file)
        } else {
            self.init(error.message)
        }
    }
}
