public import PluginTesting

/// Which lines of a plugin ran in its tests.
public struct Coverage: Sendable, Equatable {
    /// How many lines hold code.
    public let lines: Int
    /// Those of them that did not run, from 1.
    public let missed: [Int]

    /// Lines that ran, out of 100.
    public var percent: Double {
        lines == 0 ? 100 : Double(lines - missed.count) / Double(lines) * 100
    }
}

/// What became of one plugin and its tests.
public struct FileResult: Sendable {
    /// The test file, or the plugin where it has none.
    public let path: String
    public internal(set) var tests: [TestResult] = []
    /// Why the file's tests could not be run; nil where they could.
    public internal(set) var error: String?
    /// Snapshots that were written, and those that no test asked for.
    public internal(set) var written: [String] = []
    public internal(set) var obsolete: [String] = []
    /// Nil where it was not asked for, or cannot be measured.
    public internal(set) var coverage: Coverage?
    /// Whether coverage was asked for and cannot be measured, because the plugin is isolated.
    public internal(set) var lacksCoverage = false
    public internal(set) var isIsolated = false

    public var failures: Int {
        tests.count { if case .failed = $0.outcome { true } else { false } } + (error == nil ? 0 : 1)
    }
}
