/// Why nothing, or one file, cannot be tested.
public enum HarnessError: Error, Equatable, Sendable {
    case missingPath(String)
    /// Nothing to test is found in the paths.
    case noTests(paths: [String])
    case unreadable(path: String)
    /// There is no plugin beside the tests.
    case missingPlugin(tests: String, plugin: String)
    /// No test has the filter's text in its name.
    case nothingMatches(filter: String)
    case unwritable(path: String, problem: String)

    /// What is wrong, where, and what to do.
    public var message: String {
        switch self {
        case .missingPath(let path): "there is no file or folder \(path)"
        case .noTests(let paths):
            "there is no test in \(paths.joined(separator: ", ")): the tests of plugin.lua are looked for in "
                + "plugin_test.lua beside it"
        case .unreadable(let path): "\(path): cannot read the file"
        case .missingPlugin(let tests, let plugin): "\(tests): the plugin that it tests is missing: \(plugin)"
        case .nothingMatches(let filter): "no test has '\(filter)' in its name"
        case .unwritable(let path, let problem): "cannot write \(path): \(problem)"
        }
    }

    /// The process's exit code.
    public var exitCode: Int32 {
        switch self {
        case .missingPath, .unreadable, .unwritable: 74
        case .noTests, .missingPlugin, .nothingMatches: 1
        }
    }
}
