internal import Glibc

/// Why a model's file cannot be read or written.
public enum ModelFileError: Error, Equatable {
    case missing(path: String)
    /// The file is no model, or not a whole one.
    case damaged(path: String, reason: String)
    /// Another version of the host wrote it.
    case otherFormat(path: String)
    case system(operation: String, path: String, code: Int32)

    public var message: String {
        switch self {
        case .missing(let path): "there is no model \(path): `host models train` makes it"
        case .damaged(let path, let reason):
            "\(path) is no whole model (\(reason)): train it again by `host models train`"
        case .otherFormat(let path):
            "\(path) was written by another version of the host: train it again by `host models train`"
        case .system(let operation, let path, let code):
            "cannot \(operation) \(path): \(String(cString: strerror(code)).lowercased())"
        }
    }
}
