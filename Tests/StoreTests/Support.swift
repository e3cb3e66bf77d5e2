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
                role: EventRole(of: document))
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

/// A store with keys of its own, in a folder that nothing else is in.
struct Place {
    let folder: URL

    init() throws {
        folder = try temporaryFolder()
    }

    var path: String { folder.appending(path: "viewers.sqlite").path }
    var keys: String { folder.appending(path: "keys").path }

    func open(_ mode: EventStore.Mode = .readWrite) throws -> EventStore {
        try EventStore(path: path, keys: keys, mode: mode)
    }

    /// All bytes of all files.
    func bytes() throws -> Data {
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return files.reduce(into: Data()) { bytes, file in
            bytes.append(FileManager.default.contents(atPath: folder.appending(path: file).path) ?? Data())
        }
    }

    func file(ending: String) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: keys)
        return keys + "/" + (try #require(names.first { $0.hasSuffix(ending) }))
    }
}

/// Events of three viewers, in an order that has them all over the log.
func events(_ count: Int) -> [String] {
    (0..<count).map { event("id-\($0)", subject: ["anna", "petr", "mia"][$0 % 3], data: #"{"n":"secret-\#($0)"}"#) }
}

func texts(_ store: EventStore, of viewer: String) throws -> [String] {
    try store.events(ofViewer: viewer, after: 0, limit: .max).map { String(decoding: $0.body, as: UTF8.self) }
}

/// Another process that has a store open, and reads.
struct ReadingProcess {
    private let process = Process()
    private let input = Pipe()

    init(_ path: String) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1])
            c.execute("BEGIN")
            c.execute("SELECT count(*) FROM blocks").fetchall()
            print("reads", flush=True)
            sys.stdin.read()
            """, path,
        ]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        _ = try output.fileHandleForReading.read(upToCount: 1)
    }

    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
