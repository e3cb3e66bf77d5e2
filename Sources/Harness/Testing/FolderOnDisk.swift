internal import Foundation
internal import PluginTesting

/// The folder that a test file lies in, and its snapshots.
final class FolderOnDisk: TestFolder {
    private static let fixtureLimit = 64 << 20

    private let path: String
    private let snapshots: Snapshots

    /// The folder of the test file at `path`.
    init(of path: String, _ snapshots: Snapshots) {
        self.path = path
        self.snapshots = snapshots
    }

    override func fixture(_ name: String) throws(Refusal) -> [UInt8] {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().resolvingSymlinksInPath()
        let file = folder.appending(path: name).resolvingSymlinksInPath()
        guard !name.hasPrefix("/"), file.path.hasPrefix(folder.path + "/") else {
            throw Refusal("fixture '\(name)' does not lie beside the test or below")
        }
        // A pipe would never end, and a folder has no content.
        let values = try? file.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
        guard values?.isRegularFile == true, let size = values?.fileSize else {
            throw Refusal("there is no fixture \(file.path)")
        }
        guard size <= Self.fixtureLimit, let data = FileManager.default.contents(atPath: file.path) else {
            throw Refusal("fixture '\(name)' cannot be read, or is larger than 64 MiB")
        }
        return Array(data)
    }

    override func beginSnapshots(of test: String) {
        snapshots.begin(test: test)
    }

    override func checkSnapshot(_ value: String, name: String) -> String? {
        snapshots.check(value, name: name)
    }
}
