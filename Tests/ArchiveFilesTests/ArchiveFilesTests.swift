import ArchiveFiles
import Archives
import Events
import Foundation
import TestSupport
import Testing

private let hash = KeyedHash(key: [1, 2, 3])

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

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
    let reader = try ArchiveReader(path: path, dateOrder: order, hash: hash)
    var writer = EventWriter()
    while try reader.read(into: &writer) {}
    let lines = Array(writer.bytes.rawBytes).split(separator: UInt8(ascii: "\n"))
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

    /// The example written otherwise: columns shuffled, one more of them, with or without a byte order mark, CRLF and
    /// quotes, below a folder with a number, in other cases; as a folder `v` and as `v.zip`.
    private func writeVariant(seed: Int, isoTimes: Bool, in folder: URL) throws {
        try python(
            """
            import csv, io, os, random, re, zipfile
            random.seed(\(seed))
            root, iso = "\(example)", \(isoTimes ? "True" : "False")
            case = random.choice([str.lower, str.upper, str])
            def time(cell):
                return re.sub(r"^(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d)$", r"\\1T\\2Z", cell) if iso else cell
            for base, _, names in os.walk(root):
                for name in names:
                    data = open(os.path.join(base, name), "rb").read()
                    if name.endswith(".csv"):
                        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
                        # Each column of this file that is not known is a choice.
                        if name != "AccountDetails.csv":
                            rows = [row + ["zz extra" if n == 0 else 'x "%d",\\nö' % n] for n, row in enumerate(rows)]
                        order = list(range(len(rows[0])))
                        random.shuffle(order)
                        text = io.StringIO(newline="")
                        writer = csv.writer(text, lineterminator=random.choice(["\\n", "\\r\\n"]),
                            quoting=random.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
                        writer.writerows([time(row[i]) for i in order] for row in rows)
                        data = text.getvalue().encode(random.choice(["utf-8", "utf-8-sig"]))
                    path = os.path.join("v", "4711", case(os.path.relpath(os.path.join(base, name), root)))
                    os.makedirs(os.path.dirname(path), exist_ok=True)
                    open(path, "wb").write(data)
            with zipfile.ZipFile("v.zip", "w", zipfile.ZIP_DEFLATED) as z:
                for base, _, names in os.walk("v"):
                    for name in names: z.write(os.path.join(base, name))
            """, in: folder)
    }

    /// The events as values, without what a variant adds; without ids and sources where those may differ.
    private func values(_ events: [String], ids: Bool) throws -> [NSDictionary] {
        try events.map { event in
            var object = try #require(try JSONSerialization.jsonObject(with: Data(event.utf8)) as? [String: Any])
            var data = object["data"] as? [String: Any]
            data?["zz_extra"] = nil
            // Ids are made of the cells as they are written.
            if !ids {
                object["id"] = nil
                data?["playback_id"] = nil
            }
            object["data"] = data
            return object as NSDictionary
        }
    }

    @Test("however an export is written, its events and their ids are the same", arguments: 0..<12)
    func readsVariants(_ seed: Int) throws {
        let folder = try temporaryFolder()
        try writeVariant(seed: seed, isoTimes: false, in: folder)
        let (events, reader) = try read(folder.path + "/v")
        #expect(reader.kind == .netflix && reader.problems.isEmpty, "\(reader.problems)")
        #expect(try Set(values(events, ids: true)) == Set(values(try read(example).events, ids: true)))
        #expect(events.contains { $0.contains(#""zz_extra":"x \"1\",\nö""#) })
        #expect(reader.reports.filter { $0.unknownColumns.contains("zz extra") }.count == 19)
        #expect(try read(folder.path + "/v").events == events, "read twice")
        let zip = try read(folder.path + "/v.zip").events
        #expect(zip.sorted() == events.sorted())
    }

    @Test("times as ISO 8601 has them say the same")
    func readsOtherTimes() throws {
        let folder = try temporaryFolder()
        try writeVariant(seed: 1, isoTimes: true, in: folder)
        let variant = try values(try read(folder.path + "/v").events, ids: false)
        #expect(try NSCountedSet(array: variant) == NSCountedSet(array: values(try read(example).events, ids: false)))
    }

    @Test("no field of the example is unclassified but those whose columns are not known")
    func classifiesFields() throws {
        let (events, reader) = try read(example)
        let unknown = reader.reports.flatMap { $0.unknownColumns }
        #expect(unknown == ["Profile Transferred", "Device Brand"])
        var unclassified: Set<String> = []
        for event in events {
            let document = EventDocument()
            try Array(event.utf8).withUnsafeBufferPointer {
                try document.load(try #require($0.baseAddress), count: $0.count)
                var place = document.firstChild(of: document.data)
                while place != 0 {
                    if document.category(of: place) == .unclassified {
                        unclassified.insert(String(decoding: document.key(of: place), as: UTF8.self))
                    }
                    place = document.nextSibling(of: place)
                }
            }
            #expect(document.typeIndex != nil, "the type is in the catalogue")
        }
        #expect(unclassified == ["profile_transferred", "device_brand"])
    }

    private static let ml100k = root.deletingLastPathComponent().appending(path: "shared/data/ml-100k").path

    @Test(
        "ml-100k is read to its last row",
        .enabled(if: FileManager.default.fileExists(atPath: ml100k), "there is no ../shared/data/ml-100k"))
    func readsMovieLens() throws {
        let (events, reader) = try read(Self.ml100k)
        #expect(reader.kind == .movieLens(.ml100k) && reader.problems.isEmpty)
        var counts: [String: Int] = [:]
        for event in events { counts[String(event.split(separator: "\"")[15]), default: 0] += 1 }
        #expect(counts == ["title.added": 1682, "supplement.demographic": 943, "rating.given": 100_000])
    }

    @Test("links in a folder are not followed, and are named")
    func leavesLinks() throws {
        let folder = try temporaryFolder()
        try Data("Profile Name,Title Name\nAnna,Home\n".utf8).write(to: folder.appending(path: "MyList.csv"))
        let secret = try temporaryFolder().appending(path: "secret.csv")
        try Data("Profile Name,Title Name,Star Value\nAnna,Secret,5\n".utf8).write(to: secret)
        let manager = FileManager.default
        try manager.createSymbolicLink(at: folder.appending(path: "Ratings.csv"), withDestinationURL: secret)
        try manager.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: ".")
        let (events, reader) = try read(folder.path)
        #expect(events.count == 1 && !events[0].contains("Secret"))
        #expect(
            reader.reports.filter { $0.skipReason?.hasPrefix("a link") == true }.map { $0.name } == [
                "Ratings.csv", "loop",
            ])
    }

    @Test(
        "says of a table that it cannot know what is wrong with it",
        arguments: [
            ("Titel;Datum\nHome;1.1.2024\n", "with ';' between its columns"),
            ("Profile Name;Title Name\nAnna;Home\n", "with ';' between its columns"),
            ("\u{FEFF}Title,Date\nHome,1/1/24\n", "in UTF-16"),
        ])
    func explainsTables(_ text: String, _ message: String) throws {
        let file = try temporaryFolder().appending(path: "MyList.csv")
        try #require(text.data(using: message.hasPrefix("in") ? .utf16LittleEndian : .utf8)).write(to: file)
        let error = #expect(throws: ArchiveError.self) { try ArchiveReader(path: file.path, hash: hash) }
        #expect(error?.message.contains("MyList.csv (\(message)") == true, "\(error?.message ?? "")")
    }

    @Test("a history whose dates do not tell asks for their order, and takes it")
    func asksForOrder() throws {
        let file = try temporaryFolder().appending(path: "NetflixViewingHistory.csv")
        try Data("Title,Date\nHome,\"3/3/19\"\n".utf8).write(to: file)
        let error = #expect(throws: ArchiveError.self) { try ArchiveReader(path: file.path, hash: hash) }
        #expect(error == .ambiguousDates(path: file.path) && error?.message.contains("--date-order") == true)
        #expect(try read(file.path, .dayMonthYear).events.count == 1)
    }

    @Test("names what is in a folder that is no archive")
    func namesUnknown() throws {
        let folder = try temporaryFolder()
        try Data("x".utf8).write(to: folder.appending(path: "notes.txt"))
        let error = #expect(throws: ArchiveError.self) { try ArchiveReader(path: folder.path, hash: hash) }
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
        let error = #expect(throws: ArchiveError.self) { try ArchiveReader(path: folder.path + "/a.zip", hash: hash) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test(
        "says of a zip that is cut off, encrypted or damaged what to do",
        arguments: [
            ("d = d[:len(d) // 2]", "is the download complete?"), ("d = d[:2]", "is the download complete?"),
            ("d = b''", "is the download complete?"),
            (
                "i = d.rindex(b'PK\\x01\\x02') + 20; d = d[:i] + b'\\x30\\0\\0\\0' * 2 + d[i + 8:]",
                "download the archive again"
            ),
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
