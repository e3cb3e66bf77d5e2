import Foundation
import TestSupport
import Testing

/// A store of a few events, and what is beside it.
struct StorePlace {
    let folder: URL

    init() throws {
        folder = try temporaryFolder()
    }

    @discardableResult
    func run(_ line: String, code: Int32 = 0) throws -> Outcome {
        let outcome = try shell(line, in: folder)
        #expect(outcome.code == code, "\(line): \(outcome.output)\(outcome.errors)")
        return outcome
    }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    /// Runs events into the store at `path`; each is what it has besides the attributes that all have.
    func store(_ events: [String], in path: String = "s.sqlite") throws {
        let lines = events.map { text in
            #"{"specversion":"1.0","id":"\#(UUID())","source":"t","time":"2026-01-01T00:00:00Z",\#(text)}"#
        }
        try write("in.ndjson", lines.joined(separator: "\n") + "\n")
        try run("host run in.ndjson --no-plugins --quiet --store \(path)")
    }
}
