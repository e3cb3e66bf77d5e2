internal import Foundation

/// Values that a test file saw before, in `__snapshots__/redact_test.snap` beside it: a line `=== name` before each.
final class Snapshots {
    /// Those that were written in this run.
    private(set) var written: [String] = []

    private let path: String
    private let updates: Bool
    private let isCI: Bool
    private var values: [String: String] = [:]
    private var used: Set<String> = []
    private var test = ""
    private var count = 0

    init(testFile: String, updates: Bool, isCI: Bool) {
        let file = URL(fileURLWithPath: testFile)
        let name = file.deletingPathExtension().lastPathComponent
        path = file.deletingLastPathComponent().appending(path: "__snapshots__/\(name).snap").relativePath
        self.updates = updates
        self.isCI = isCI
        guard let data = FileManager.default.contents(atPath: path) else { return }
        // A value is JSON, so no line of it begins with "=== ".
        for entry in ("\n" + String(decoding: data, as: UTF8.self)).components(separatedBy: "\n=== ").dropFirst() {
            let lines = entry.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            values[String(lines[0])] = lines.count > 1 ? lines[1].trimmingCharacters(in: .newlines) : ""
        }
    }

    /// Those that no test of this run asked for.
    var obsolete: [String] {
        values.keys.filter { !used.contains($0) }.sorted()
    }

    func begin(test: String) {
        self.test = test.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\n", with: "\\n")
            .replacingOccurrences(of: "\r", with: "\\r")
        count = 0
    }

    /// Nil where the value is the one of the snapshot, or is it from now on; else what to say. A `name` is on one line.
    func check(_ value: String, name: String) -> String? {
        count += 1
        let key = "\(test) > \(name.isEmpty ? "\(count)" : name)"
        if !used.insert(key).inserted { return "the test asks for snapshot '\(key)' twice: give each a name" }
        if values[key] == value { return nil }
        if let stored = values[key], !updates {
            return "the value is not the one of snapshot '\(key)' (--update writes it anew)\n"
                + Self.difference(stored, value)
        }
        if isCI, values[key] == nil {
            return "snapshot '\(key)' is missing: run the test without --ci and commit \(path)"
        }
        values[key] = value
        written.append(key)
        return nil
    }

    /// Writes the file where something changed; whole or not at all.
    func save(removesObsolete: Bool) throws(HarnessError) {
        let removed = updates && removesObsolete ? obsolete : []
        for key in removed { values[key] = nil }
        if written.isEmpty, removed.isEmpty { return }
        let text = values.sorted { $0.key < $1.key }.map { "=== \($0.key)\n\($0.value)\n" }.joined(separator: "\n")
        let file = URL(fileURLWithPath: path)
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file, options: .atomic)
        } catch {
            throw .unwritable(path: path, problem: error.localizedDescription)
        }
    }

    /// The lines of which one has more than the other, in their order.
    private static func difference(_ stored: String, _ value: String) -> String {
        let old = stored.components(separatedBy: "\n")
        let new = value.components(separatedBy: "\n")
        let changes = new.difference(from: old)
        let removed = Set(changes.removals.map { if case .remove(let offset, _, _) = $0 { offset } else { -1 } })
        let inserted = Set(changes.insertions.map { if case .insert(let offset, _, _) = $0 { offset } else { -1 } })
        var lines: [String] = []
        for (offset, line) in old.enumerated() where removed.contains(offset) { lines.append("- " + line) }
        for (offset, line) in new.enumerated() where inserted.contains(offset) { lines.append("+ " + line) }
        return lines.joined(separator: "\n")
    }
}
