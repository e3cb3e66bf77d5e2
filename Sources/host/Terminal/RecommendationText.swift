internal import Foundation
internal import HostCore

extension RecommendedList {
    /// What stands above the titles.
    func head(_ viewer: String) -> [String] {
        var lines = ["\(recommender) for \(viewer)"]
        if let fallback { lines.append("  popular titles, for \(fallback)") }
        if !leftOut.isEmpty { lines.append("  left out: " + leftOut.joined(separator: ", ")) }
        if titles.isEmpty { lines.append("  nothing") }
        return lines
    }
}

extension RecommendedTitle {
    /// Its line in a list; the row's name stands in front where another one begins.
    func line(_ place: Int, after row: String) -> String {
        let title = name == key ? name : "\(name) (\(key))"
        let line = "\(place)".padding(toLength: 4, withPad: " ", startingAt: 0) + title
        return self.row.isEmpty || self.row == row ? "  \(line)" : "  \(self.row)\n  \(line)"
    }
}
