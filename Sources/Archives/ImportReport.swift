/// What became of one file of an archive.
public struct FileReport: Sendable {
    /// The file's path in the archive.
    public let name: String
    public internal(set) var rows = 0
    public internal(set) var events = 0
    /// Rows that are wrong.
    public internal(set) var rejected = 0
    /// Why the file gives no events, where that is no mistake.
    public internal(set) var skipReason: String?
    /// Columns that are not known; their cells are kept as unclassified fields.
    public internal(set) var unknownColumns: [String] = []

    /// The report of a file that is not read.
    public init(name: String, skippedBecause reason: String? = nil) {
        self.name = name
        skipReason = reason
    }
}

/// A row that is wrong, or a file that cannot be read on.
public struct ImportProblem: Sendable {
    /// From 1.
    public let line: Int
    public let message: String
}
