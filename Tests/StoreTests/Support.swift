import Events
import Foundation
import Store
import TestSupport
import Testing

func temporaryFile() throws -> String {
    try temporaryFolder().appending(path: "viewers.sqlite").path
}

func event(_ id: String, subject: String? = nil, source: String = "s", type: String = "x", data: String = "{}")
    -> String
{
    let subject = subject.map { #","subject":"\#($0)""# } ?? ""
    return #"{"specversion":"1.0","id":"\#(id)","source":"\#(source)","type":"\#(type)"\#(subject),"data":\#(data)}"#
}

extension StoreBatch {
    /// Adds an event as a run does.
    func add(_ text: String, to store: EventStore) throws {
        let document = EventDocument()
        var buffer = ByteBuffer()
        let bytes = Array(text.utf8)
        try bytes.withUnsafeBufferPointer { try document.load(try #require($0.baseAddress), count: $0.count) }
        bytes.withUnsafeBytes {
            add(
                $0, key: store.keys.key(of: document, &buffer), viewer: store.keys.viewer(of: document, &buffer),
                role: text.contains("title.") ? .title : .ordinary)
        }
    }
}

func key(_ number: Int64) -> EventKey {
    EventKey(number: number, check: 0)
}

@discardableResult
func put(_ events: [String], into store: EventStore) throws -> CommitResult {
    let batch = StoreBatch()
    for event in events { try batch.add(event, to: store) }
    return try store.commit(batch)
}

func log(_ store: EventStore) throws -> [String] {
    try store.events(after: 0, limit: 100_000).map { String(decoding: $0.body, as: UTF8.self) }
}

/// Runs a statement, or several, on a store, as another process would.
func sqlite(_ path: String, _ sql: String) throws -> String {
    try python(path, "print(list(c.executescript(sql)) if ';' in sql else c.execute(sql).fetchall())", sql)
}

/// Runs a program of Python's on a store, whose connection is `c`.
func python(_ path: String, _ program: String, _ argument: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let whole =
        "import sqlite3, struct, sys\nc = sqlite3.connect(sys.argv[1])\nsql = sys.argv[2]\n\(program)\nc.commit()"
    process.arguments = ["python3", "-c", whole, path, argument]
    var environment = ProcessInfo.processInfo.environment
    environment["PYTHONPATH"] = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
}
