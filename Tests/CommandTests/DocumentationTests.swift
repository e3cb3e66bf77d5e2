import Events
import Foundation
import TestSupport
import Testing

/// The documents that have commands to run, by their paths.
private let documents: [String] = {
    let folders = ["", "docs/", "examples/"]
    let paths = folders.flatMap { folder in
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + folder)) ?? []
        return names.sorted().filter { $0.hasSuffix(".md") }.map { folder + $0 }
    }
    return paths.filter { text(of: $0).contains("```sh\n") }
}()

private func text(of path: String) -> String {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
}

/// A fenced block of a document.
private struct Block {
    let language: String
    let text: String

    static func all(in document: String) -> [Block] {
        let parts = document.components(separatedBy: "\n```")
        return stride(from: 1, to: parts.count, by: 2).map { index in
            let lines = parts[index].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            return Block(language: String(lines[0]), text: lines.count > 1 ? String(lines[1]) : "")
        }
    }
}

/// Whether lines are those of a document, in which `...` stands for any text, and on a line by itself for any lines.
private func matches(_ lines: ArraySlice<Substring>, _ expected: ArraySlice<Substring>) -> Bool {
    guard let first = expected.first else { return lines.isEmpty }
    if first == "..." {
        return (lines.startIndex...lines.endIndex).contains { matches(lines[$0...], expected.dropFirst()) }
    }
    guard let line = lines.first else { return false }
    return matchesLine(line, first) && matches(lines.dropFirst(), expected.dropFirst())
}

private func matchesLine(_ line: Substring, _ expected: Substring) -> Bool {
    var rest = line
    let parts = expected.components(separatedBy: "...")
    guard rest.hasPrefix(parts[0]) else { return false }
    rest = rest.dropFirst(parts[0].count)
    for part in parts.dropFirst() {
        if part.isEmpty { continue }
        guard let place = rest.range(of: part, options: part == parts.last ? .backwards : []) else { return false }
        rest = rest[place.upperBound...]
    }
    return parts.count == 1 || parts.last?.isEmpty == true ? parts.count > 1 || rest.isEmpty : rest.isEmpty
}

@Suite("The documentation")
struct DocumentationTests {
    /// A `lua` block that begins with a comment of a path is that file; a `text` block is what the commands before it print.
    @Test("says what happens: its commands run, and print what it shows", arguments: documents)
    func runs(_ document: String) throws {
        let folder = try temporaryFolder()
        for name in ["examples", "plugins"] {
            try FileManager.default.copyItem(at: root.appending(path: name), to: folder.appending(path: name))
        }
        var printed = ""
        for block in Block.all(in: text(of: document)) {
            switch block.language {
            case "lua":
                guard block.text.hasPrefix("-- "), let path = block.text.dropFirst(3).split(separator: "\n").first,
                    path.hasSuffix(".lua")
                else { continue }
                try Data(block.text.utf8).write(to: folder.appending(path: String(path)))
            case "sh":
                printed = ""
                // `make` builds and tests the repository: that is what runs this test.
                for command in block.text.split(separator: "\n") where !command.hasPrefix("make ") {
                    let outcome = try shell("{ \(command)\n} 2>&1", in: folder)
                    #expect(outcome.code == 0, "\(document): \(command)\n\(outcome.output)")
                    printed += outcome.output
                }
            case "text":
                let (lines, expected) = (printed.split(separator: "\n"), block.text.split(separator: "\n"))
                #expect(matches(lines[...], expected[...]), "\(document):\n\(block.text)\nprinted:\n\(printed)")
            default: break
            }
        }
    }

    @Test("is looked at in all documents with commands")
    func documentsAreFound() {
        for path in ["README.md", "docs/store.md", "docs/testing.md", "docs/plugins.md", "examples/README.md"] {
            #expect(documents.contains(path))
        }
    }

    @Test(
        "that is made from the catalogue of events is in step with it",
        arguments: [
            ("host events", "docs/events.md"), ("host plugin annotations", "plugins/library/viewerhost.lua"),
        ])
    func generated(_ command: String, _ path: String) throws {
        let outcome = try shell(command)
        #expect(outcome.code == 0 && outcome.output == text(of: path), "run: \(command) > \(path)")
        for type in Catalogue.types { #expect(outcome.output.contains("\(type.name)")) }
    }

    @Test("is there for programs as well: every type and field, and the categories by their numbers")
    func catalogueAsJSON() throws {
        let outcome = try shell("host events --json")
        let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(object?["categories"] as? [String] == DataCategory.allCases.map { "\($0.key)" })
        let types = object?["types"] as? [[String: Any]] ?? []
        #expect(types.map { $0["name"] as? String } == Catalogue.types.map { "\($0.name)" })
        #expect(types.map { $0["group"] as? String } == Catalogue.types.map { "\($0.group)" })
        for (type, schema) in zip(types, Catalogue.types) {
            let fields = type["fields"] as? [[String: String]] ?? []
            #expect(fields.map { $0["name"] } == schema.fields.map { "\($0.name)" })
            #expect(fields.map { $0["category"] } == schema.fields.map { "\($0.category.key)" })
        }
    }

    @Test("has an example of every event type")
    func examples() throws {
        let lines = text(of: "examples/events.ndjson").split(separator: "\n")
        let types = try lines.map { line in
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return event?["type"] as? String ?? ""
        }
        #expect(Set(types) == Set(Catalogue.types.map { "\($0.name)" }))
    }
}
