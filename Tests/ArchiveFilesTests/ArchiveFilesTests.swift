import ArchiveFiles
import Archives
import Events
import Foundation
import Testing

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

private func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "archive-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}

/// Runs a Python program; Debian's python3 has what is needed to write good and hostile zips.
private func python(_ program: String, in folder: URL) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    process.currentDirectoryURL = folder
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
}

/// All events of an archive, each of which must be one, and the reader at its end.
private func read(_ path: String, _ order: DateOrder? = nil) throws -> (events: [String], reader: ArchiveReader) {
    let reader = try ArchiveReader(path: path, dateOrder: order)
    var writer = EventWriter()
    while try reader.read(into: &writer) {}
    let lines = writer.bytes.split(separator: UInt8(ascii: "\n"))
    for line in lines {
        try Array(line).withUnsafeBufferPointer {
            try EventDocument().load(try #require($0.baseAddress), count: $0.count)
        }
    }
    return (lines.map { String(decoding: $0, as: UTF8.self) }, reader)
}

@Suite("Archives on disk")
struct ArchiveFilesTests {
    private let example = root.appending(path: "examples/netflix-report").path

    @Test("the example of Netflix's export is read wholly: every file gives events, or says why not")
    func readsExample() throws {
        let (events, reader) = try read(example)
        #expect(reader.kind == .netflix && reader.problems.isEmpty)
        #expect(reader.reports.count == 29)
        for report in reader.reports {
            #expect((report.events > 0) == (report.skipReason == nil), "\(report.name)")
            #expect(report.events >= report.rows && report.rejected == 0, "\(report.name)")
        }
        #expect(
            reader.reports.filter { $0.skipReason != nil }.map { $0.name }.sorted() == [
                "ACCOUNT/ExtraMembers.txt", "Additional Information.pdf", "Cover Sheet.pdf",
            ])
        #expect(reader.position == reader.size)
        #expect(Set(events.map { $0.split(separator: "\"")[7] }).count == events.count, "every id is another")
    }

    @Test("a zip gives what the folder gives, also below a folder with a number")
    func readsZip() throws {
        let folder = try temporaryFolder()
        try python(
            """
            import zipfile, os
            root = \"\(example)\"
            z = zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED)
            for base, _, names in os.walk(root):
                for name in names:
                    path = os.path.join(base, name)
                    z.write(path, "4711/" + os.path.relpath(path, root).lower())
            z.close()
            """, in: folder)
        let zip = try read(folder.path + "/a.zip")
        #expect(zip.reader.kind == .netflix)
        #expect(zip.events.sorted() == (try read(example)).events.sorted())
    }

    @Test("ml-100k is read to its last row")
    func readsMovieLens() throws {
        let folder = root.deletingLastPathComponent().appending(path: "shared/data/ml-100k").path
        guard FileManager.default.fileExists(atPath: folder) else { return }
        let (events, reader) = try read(folder)
        #expect(reader.kind == .movieLens(.ml100k) && reader.problems.isEmpty)
        #expect(events.count == 1682 + 943 + 100_000)
    }

    @Test("a history whose dates do not tell asks for their order, and takes it")
    func asksForOrder() throws {
        let file = try temporaryFolder().appending(path: "NetflixViewingHistory.csv")
        try Data("Title,Date\nHome,\"3/3/19\"\n".utf8).write(to: file)
        let error = #expect(throws: ArchiveError.self) { try ArchiveReader(path: file.path) }
        #expect(error == .ambiguousDates(path: file.path) && error?.message.contains("--date-order") == true)
        #expect(try read(file.path, .dayMonthYear).events.count == 1)
    }

    @Test("names what is in a folder that is no archive")
    func namesUnknown() throws {
        let folder = try temporaryFolder()
        try Data("x".utf8).write(to: folder.appending(path: "notes.txt"))
        let error = #expect(throws: ArchiveError.self) { try ArchiveReader(path: folder.path) }
        #expect(error?.message.contains("it has notes.txt") == true)
    }

    @Test(
        "refuses files of a zip that lead elsewhere, are links, encrypted or a bomb, before it reads anything",
        arguments: [
            ("z.writestr('../MyList.csv', text)", "leads out of the archive"),
            ("z.writestr('/etc/MyList.csv', text)", "leads out of the archive"),
            (
                "i = zipfile.ZipInfo('MyList.csv'); i.create_system = 3; i.external_attr = 0o120777 << 16; z.writestr(i, 'x')",
                "is a link"
            ),
            ("z.writestr('MyList.csv', text + b'a' * (100 << 20))", "zip bomb"),
            ("[z.writestr(str(n) + '.csv', b'') for n in range(10001)]", "more than 10000 is no export"),
        ])
    func refusesHostile(_ line: String, _ message: String) throws {
        let folder = try temporaryFolder()
        try python(
            """
            import zipfile
            text = b'Profile Name,Title Name\\nAnna,Home\\n'
            z = zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED)
            \(line)
            z.close()
            """, in: folder)
        let error = #expect(throws: ArchiveError.self) { try ArchiveReader(path: folder.path + "/a.zip") }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(
        "says of a zip that is cut off, encrypted or damaged what to do",
        arguments: [
            ("d = d[:len(d) // 2]", "is the download complete?"),
            ("i = d.index(b'Profile'); d = d[:i] + b'Q' + d[i + 1:]", "download the archive again"),
            (
                "d = d.replace(b'PK\\x01\\x02\\x14\\x03\\x14\\x00\\x00\\x00', b'PK\\x01\\x02\\x14\\x03\\x14\\x00\\x01\\x00')",
                "unpack it with its password"
            ),
        ])
    func explainsDamage(_ line: String, _ message: String) throws {
        let folder = try temporaryFolder()
        try python(
            """
            import zipfile
            z = zipfile.ZipFile('a.zip', 'w')
            z.writestr('MyList.csv', b'Profile Name,Title Name\\nAnna,Home\\n' * 100)
            z.close()
            d = open('a.zip', 'rb').read()
            \(line)
            open('a.zip', 'wb').write(d)
            """, in: folder)
        let error = #expect(throws: ArchiveError.self) { _ = try read(folder.path + "/a.zip") }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
}
