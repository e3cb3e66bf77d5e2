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
    /// An earlier version of the program made the store, and nobody has written to it since.
    case older(path: String)
    /// The file with the keys of a store's viewers, or the master key that they lie under, is not there.
    case keysMissing(store: String, path: String)
    /// A file with keys cannot be read.
    case keysDamaged(path: String, problem: String)
    /// A viewer who was not erased has no key.
    case keyLost(viewer: Int64, path: String)
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
        case .older(let path):
            "\(path) was made by an earlier version of host: `host run --store \(path)` brings it up to date"
        case .keysMissing(let store, let path):
            "the keys of \(store) are not there (\(path)): without them nobody can read what it keeps of viewers, only its "
                + "catalogue of titles and its quality reports; put the file back from another copy, or name the folder that it "
                + "is in by the variable VIEWERHOST_KEYS"
        case .keysDamaged(let path, let problem):
            "the keys in \(path) cannot be used (\(problem)): put both files back from one copy"
        case .keyLost(let viewer, let path):
            "viewer \(viewer) has no key in \(path), and was not erased: the keys are older than the store, and what it keeps of "
                + "this viewer is lost unless a later copy of them is put back; `host privacy erase` takes out what is there"
        case .sqlite(let path, let code, let problem):
            "\(path): SQLite error \(code): \(problem)"
        }
    }
}
