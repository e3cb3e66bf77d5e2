internal import Foundation
internal import Lua
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
        let tests = try TestState(path, source, nil, snapshots).tests
        if tests.isEmpty { throw Stop(HarnessError.emptyFile(path: path)) }
        for (index, test) in tests.enumerated() where options.filter.map({ test.name.contains($0) }) ?? true {
            result.tests.append(try run(test, at: index, path, source, plugin, snapshots))
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

    private func run(
        _ test: TestState.Test, at index: Int, _ path: String, _ source: [UInt8], _ plugin: TestedPlugin,
        _ snapshots: Snapshots
    ) throws(Stop) -> TestResult {
        if test.isPending {
            return TestResult(name: test.name, line: test.line, outcome: .pending, seconds: 0, output: "")
        }
        let loaded = try plugin.load()
        snapshots.begin(test: test.name)
        let started = DispatchTime.now().uptimeNanoseconds
        let state = try TestState(path, source, loaded, snapshots)
        let failure = state.run(test: index)
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e9
        return TestResult(
            name: test.name, line: test.line, outcome: failure.map { .failed($0) } ?? .passed, seconds: seconds,
            output: state.output)
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

/// Why a plugin's tests cannot be run.
struct Stop: Error {
    let message: String

    init(_ error: HarnessError) { message = error.message }

    init(_ error: WasmError) {
        if case .plugin(let file, let message) = error {
            self.message = Self.placed(message, file)
        } else {
            message = error.message
        }
    }

    init(_ error: LuaError, _ file: String) { message = Self.placed(error.message, file) }

    /// Lua cuts the front off a path that is long.
    private static func placed(_ message: String, _ file: String) -> String {
        if message.hasPrefix(file) { return message }
        let name = "/\(URL(fileURLWithPath: file).lastPathComponent):"
        if message.hasPrefix("..."), let place = message.firstRange(of: name) {
            return "\(file):\(message[place.upperBound...])"
        }
        return "\(file): \(message)"
    }
}
