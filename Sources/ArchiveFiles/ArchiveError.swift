/// Why an archive cannot be read.
public enum ArchiveError: Error, Equatable, Sendable {
    /// The operating system refused something.
    case system(operation: String, path: String, code: Int32)
    /// The zip is damaged, or is more than is safe to read.
    case zip(path: String, entry: String?, problem: String)
    /// The folder or file is no archive that is known.
    case unknown(path: String, found: String)
    /// More than one order of dates fits.
    case ambiguousDates(path: String)

    /// What is wrong, where, and what to do.
    public var message: String {
        switch self {
        case .system(let operation, let path, let code):
            "cannot \(operation) \(path): error \(code)"
        case .zip(let path, let entry, let problem):
            entry.map { "\(path): '\($0)' \(problem)" } ?? "\(path): \(problem)"
        case .unknown(let path, let found):
            "\(path) is no archive that is known; it has \(found). Known are Netflix's personal data (its CSV files), "
                + "Netflix's history (Title,Date) and MovieLens (ml-100k, ml-1m, or CSV)"
        case .ambiguousDates(let path):
            "\(path): its dates may be read in more than one way; say which with --date-order dmy, mdy or ymd"
        }
    }
}
