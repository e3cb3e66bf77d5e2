/// What became of one test.
public struct TestResult: Sendable {
    public enum Outcome: Equatable, Sendable {
        case passed
        /// Why; the first line begins with file and line where they are known.
        case failed(String)
        case pending
    }

    /// The names of its `describe`s and its own, with ` > ` between them.
    public let name: String
    /// The line of the test file that makes it; nil for what is in no test file.
    public let line: Int?
    public let outcome: Outcome
    public let seconds: Double
    /// What the test printed.
    public let output: String

    package init(name: String, line: Int?, outcome: Outcome, seconds: Double, output: String) {
        self.name = name
        self.line = line
        self.outcome = outcome
        self.seconds = seconds
        self.output = output
    }
}
