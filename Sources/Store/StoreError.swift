/// Why the store cannot be opened, read or written.
public enum StoreError: Error, Equatable, Sendable {
    /// The operating system refused something.
    case system(operation: String, path: String, code: Int32)
    /// Another run writes to the store; `holder` is its process.
    case busy(path: String, holder: Int32)
    /// The file is there, but may not be written to.
    case readOnly(path: String)
    /// The disk has no room left; what was not committed is not in the store.
    case full(path: String)
    /// The file is no store, or is damaged.
    case damaged(path: String, problem: String)
    /// A newer version of the program made the store.
    case newer(path: String)
    /// A viewer's row that cannot be read.
    case damagedRow(viewer: Int64)
    /// SQLite failed in another way.
    case sqlite(path: String, code: Int32, problem: String)

    /// What is wrong, where, and what to do.
    public var message: String {
        switch self {
        case .system(let operation, let path, let code):
            "cannot \(operation) \(path): error \(code)"
        case .busy(let path, let holder):
            "\(path) is written to by another run (process \(holder)): wait for its end, or use another store"
        case .readOnly(let path):
            "\(path) may not be written to: change its permissions or those of its folder, or use another store"
        case .full(let path):
            "the disk of \(path) is full; what was committed before is safe: make room and run again"
        case .damaged(let path, let problem):
            "\(path) is no store, or is damaged (\(problem)): use another file, or a backup"
        case .damagedRow(let viewer):
            "what is kept of viewer \(viewer) is damaged: rebuild the segments, or use a backup"
        case .newer(let path):
            "\(path) was made by a newer version of host: update, or use another store"
        case .sqlite(let path, let code, let problem):
            "\(path): SQLite error \(code): \(problem)"
        }
    }
}
