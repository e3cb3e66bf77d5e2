public import Foundation

/// A new empty folder, which is gone when the tests have ended.
public func temporaryFolder() throws -> URL {
    let folder = TemporaryFolders.all.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}

private enum TemporaryFolders {
    /// The folder that has all of them.
    static let all: URL = {
        atexit { try? FileManager.default.removeItem(at: TemporaryFolders.all) }
        return FileManager.default.temporaryDirectory.appending(path: "viewerhost-tests-\(getpid())")
    }()
}
