internal import CBridge

/// A file of tests, and what it takes to run them: the same in all homes of a plugin.
///
/// ```swift
/// let file = try TestFile(path: "redact_test.lua", source: bytes, folder: TestFolder())
/// let result = try file.run(0) { () throws(Stop) in .redactor(RunningPlugin(process)) }
/// ```
package struct TestFile {
    package struct Test {
        package let name: String
        /// Nil where Lua does not know it.
        package let line: Int?
        package let isPending: Bool
    }

    /// The key behind `host.hash` is the same in every run, so that tests can name pseudonyms.
    package static let key = Array("viewerhost tests use this key".utf8)

    /// In the file's order; at least one.
    package let tests: [Test]

    private let path: String
    private let source: [UInt8]
    private let folder: TestFolder

    /// Runs the file once, to learn which tests it makes. Messages call it `path`.
    package init(path: String, source: [UInt8], folder: TestFolder) throws(Stop) {
        self.path = path
        self.source = source
        self.folder = folder
        tests = try TestState(path, source, nil, folder).tests
        if tests.isEmpty { throw Stop("\(path): the file makes no test: it(name, function) makes one") }
    }

    /// Runs one of the tests in a state of its own, with the plugin that `load` makes anew for it.
    package func run(_ index: Int, load: () throws(Stop) -> PluginUnderTest) throws(Stop) -> TestResult {
        let test = tests[index]
        if test.isPending {
            return TestResult(name: test.name, line: test.line, outcome: .pending, seconds: 0, output: "")
        }
        let plugin = try load()
        folder.beginSnapshots(of: test.name)
        let started = vh_monotonic_nanoseconds()
        let state = try TestState(path, source, plugin, folder)
        let failure = state.run(test: index)
        let seconds = Double(vh_monotonic_nanoseconds() - started) / 1e9
        return TestResult(
            name: test.name, line: test.line, outcome: failure.map { .failed($0) } ?? .passed, seconds: seconds,
            output: state.output)
    }
}
