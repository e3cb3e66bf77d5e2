internal import Events
internal import Lua
internal import PluginTesting
internal import Plugins

/// The tests of one plugin. There are no files beside them.
struct TestRun {
    /// A file that the caller has read.
    struct File {
        let name: String
        let bytes: [UInt8]
    }

    private let plugin: File
    private let limits: LuaLimits
    private let file: TestFile

    /// Loads the plugin and runs the tests' file once, to learn which tests it makes. `limits` are the plugin's.
    init(_ tests: File, of plugin: File, limits: LuaLimits) throws(Stop) {
        self.plugin = plugin
        self.limits = limits
        _ = try Self.load(plugin, limits)
        file = try TestFile(path: tests.name, source: tests.bytes, folder: TestFolder())
    }

    /// Leaves the tests, in their order.
    func list(_ results: inout Results) {
        results.append(file.tests.count)
        for test in file.tests {
            results.append(test.name)
            results.append(test.line ?? 0)
            results.append(UInt8(test.isPending ? 1 : 0))
        }
    }

    /// Runs a test, and leaves what became of it.
    func run(_ index: Int, _ results: inout Results) throws(Stop) -> Outcome {
        guard file.tests.indices.contains(index) else { throw Stop("there is no test \(index)") }
        let result = try file.run(index) { () throws(Stop) in try Self.load(plugin, limits) }
        let message = if case .failed(let message) = result.outcome { message } else { "" }
        results.append(message)
        results.append(result.output)
        results.append(UInt64(result.seconds * 1e9))
        switch result.outcome {
        case .passed: return .passed
        case .failed: return .failed
        case .pending: return .pending
        }
    }

    enum Outcome: UInt32 {
        case passed = 0
        case failed = 1
        case pending = 2
        /// The test could not be run.
        case stopped = 3
    }

    private static func load(_ plugin: File, _ limits: LuaLimits) throws(Stop) -> PluginUnderTest {
        let titles = TitleTable()
        let context = PluginContext(limits: limits, hash: KeyedHash(key: TestFile.key), titles: titles)
        do throws(PluginLoadError) {
            let loaded = try plugin.bytes.span.withUnsafeBytes { bytes throws(PluginLoadError) in
                try LuaPlugin(source: bytes, file: plugin.name, context: context)
            }
            switch loaded {
            case .redactor(let redactor):
                let chain = RedactorChain([redactor])
                return .redactor(RunningPlugin { chain.process($0, skipping: false, noting: nil) })
            case .fold(let fold): return .fold(RunningFold(fold, titles))
            case .recommender(let recommender): return .recommender(RunningRecommender(recommender))
            }
        } catch {
            throw Stop(error.message, in: plugin.name)
        }
    }
}
