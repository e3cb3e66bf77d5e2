internal import Foundation
internal import Models

extension ModelEvaluation {
    /// Writes the split into a folder, so that other programs can do the same: `training.csv`, `known.csv` and `hidden.csv`, each
    /// with the columns `viewer` and `title`. Viewers are numbers: those of the training, and those who are asked about.
    public func save(to folder: String) throws(HostError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw HostError.system("make the folder", folder)
        }
        for (name, interactions) in [("training", split.training), ("known", split.known), ("hidden", split.hidden)] {
            let path = "\(folder)/\(name).csv"
            var text = "viewer,title\n"
            for viewer in 0..<interactions.viewerCount {
                interactions.withRow(viewer) { for title in $0.titles { text += "\(viewer),\(title)\n" } }
            }
            guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
                throw HostError.system("write", path)
            }
        }
    }
}
