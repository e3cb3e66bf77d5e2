internal import Glibc

/// Why a run could not begin or go on. What one event or one plugin call does wrong is no error of the run: it is
/// counted in the ``RunReport``.
public enum HostError: Error, Equatable, Sendable {
    /// The command does not make sense.
    case usage(String)
    /// An input is damaged, or more than is safe to read.
    case data(String)
    /// The store cannot be opened or written.
    case store(String)
    /// A plugin file cannot be loaded; `message` begins with file and line where they are known.
    case plugin(file: String, message: String)
    /// Plugins cannot be isolated.
    case isolation(String)
    /// A rule does not allow it.
    case refused(String)
    /// Somebody stopped the run before all was read.
    case interrupted(String)
    /// The operating system refused something.
    case system(operation: String, path: String, code: Int32)

    static func noStore(_ path: String) -> HostError {
        .usage("there is no store \(path): make one with `host run ... --store \(path)`, or name another")
    }

    /// What is wrong, where, and what to do.
    public var message: String {
        switch self {
        case .usage(let message), .data(let message), .store(let message), .isolation(let message),
            .refused(let message), .interrupted(let message):
            message
        case .plugin(let file, let message): message.hasPrefix(file) ? message : "\(file): \(message)"
        case .system(let operation, let path, let code): "cannot \(operation) \(path): \(Self.text(of: code))"
        }
    }

    /// The process's exit code: after BSD's sysexits.h, but 2 for usage.
    public var exitCode: Int32 {
        switch self {
        case .refused: 1
        case .usage: 2
        case .data: 65
        case .plugin: 70
        case .system, .store, .isolation, .interrupted: 74
        }
    }

    /// The error that the last failed system call left in `errno`.
    static func system(_ operation: String, _ path: String) -> HostError {
        .system(operation: operation, path: path, code: errno)
    }

    private static func text(of code: Int32) -> String {
        switch code {
        case ENOSPC: "the disk is full: make room and run again"
        case ENOENT: "there is no such file or folder"
        case EISDIR: "it is a folder"
        case EWOULDBLOCK: "another run is writing it: wait for its end, or name another file"
        default: String(cString: strerror(code)).lowercased()
        }
    }
}
