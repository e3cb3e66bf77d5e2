internal import Foundation

/// Files that come with the program.
enum ProgramFiles {
    /// The first of `names` that is there: beside the program, in the folder at hand, or in a folder above the program,
    /// as for one that was built in the repository.
    static func find(_ names: [String]) -> String? {
        var folders: [URL] = [URL(fileURLWithPath: FileManager.default.currentDirectoryPath)]
        var folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        folders.insert(folder, at: 0)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            folders.append(folder)
        }
        for folder in folders {
            for name in names {
                let path = folder.appending(path: name).path
                if FileManager.default.fileExists(atPath: path) { return path }
            }
        }
        return nil
    }
}
