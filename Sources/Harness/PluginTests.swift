internal import Foundation
internal import PluginTesting
public import Wasm

/// What to test, and how.
public struct HarnessOptions: Sendable {
    /// Test files, plugins whose tests lie beside them, and folders.
    public var paths: [String]
    /// Only tests whose full name has this in it.
    public var filter: String?
    /// Writes snapshots anew, and removes those that no test asks for.
    public var updatesSnapshots = false
    /// A snapshot that is missing fails its test instead of being written.
    public var isCI = false
    /// Where the plugins run that may run anywhere.
    public var isolation = PluginHome.native
    /// Tells which lines of a plugin ran, where it runs natively.
    public var measuresCoverage = false
    /// How many events to make up and lead through each plugin.
    public var fuzzCount = 0
    /// Where the made-up events begin; the same seed gives the same events.
    public var seed: UInt64 = 0

    public init(paths: [String]) {
        self.paths = paths
    }
}

/// Runs the tests of plugins: files `redact_test.lua` beside `redact.lua`.
///
/// ```swift
/// let results = try PluginTests(HarnessOptions(paths: ["plugins"])).run { print(HarnessReport.text($0)) }
/// ```
///
/// A test runs in a sandbox of its own, like a plugin's but with wider limits. The plugin is loaded anew for each test, by
/// the code and with the grants and limits of production.
public struct PluginTests {
    /// Plugins in the folders given that have no tests.
    public let untested: [String]

    private let options: HarnessOptions
    private let subjects: [Subject]

    /// Finds the test files. With ``HarnessOptions/fuzzCount``, plugins without tests are taken as well.
    public init(_ options: HarnessOptions) throws(HarnessError) {
        self.options = options
        var subjects: [Subject] = []
        for path in options.paths { subjects += try Subject.all(at: path) }
        let isFuzzing = options.fuzzCount > 0
        untested = isFuzzing ? [] : subjects.filter { $0.tests == nil }.map { $0.plugin }
        self.subjects = isFuzzing ? subjects : subjects.filter { $0.tests != nil }
        if self.subjects.isEmpty { throw .noTests(paths: options.paths) }
    }

    /// Tests the files in turn; `onResult` is called after each.
    public func run(onResult: (FileResult) -> Void) throws(HarnessError) -> [FileResult] {
        let loader = PluginLoader(home: options.isolation, key: TestFile.key)
        let results = subjects.map { subject in
            let result = SubjectRun(subject, options, loader).run()
            onResult(result)
            return result
        }
        if let filter = options.filter, results.allSatisfy({ $0.tests.isEmpty && $0.error == nil }) {
            throw .nothingMatches(filter: filter)
        }
        return results
    }

    /// When the newest of the files that the tests may depend on was changed, and how many there are.
    public func state() -> HarnessState {
        let folders = Set(subjects.map { URL(fileURLWithPath: $0.plugin).deletingLastPathComponent() })
        var state = HarnessState(newest: .distantPast, count: 0)
        let keys: [URLResourceKey] = [.contentModificationDateKey]
        for folder in folders {
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: keys)
            while let file = files?.nextObject() as? URL {
                // The harness writes snapshots itself.
                guard file.pathExtension != "snap", !file.hasDirectoryPath else { continue }
                let changed = try? file.resourceValues(forKeys: Set(keys)).contentModificationDate
                state.newest = max(state.newest, changed ?? .distantPast)
                state.count += 1
            }
        }
        return state
    }
}

/// What the files of a test run were like at one time; another state calls for another run.
public struct HarnessState: Equatable, Sendable {
    var newest: Date
    var count: Int
}
