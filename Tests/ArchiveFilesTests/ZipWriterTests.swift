import ArchiveFiles
import Events
import Foundation
import TestSupport
import Testing

@Suite("Zips that are written")
struct ZipWriterTests {
    /// Packs each content in pieces of random lengths.
    private func zip(_ files: [(name: String, content: [UInt8])], limit: Int, _ draw: inout SplitMix) -> Data {
        var writer = ZipWriter(time: 1_772_366_405, limit: limit)
        var bytes: [UInt8] = []
        for (name, content) in files {
            let deflater = Deflater()
            var packed = ByteBuffer()
            var rest = content[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...200_000, using: &draw))
                piece.withUnsafeBytes { deflater.add($0, into: &packed) }
                rest = rest.dropFirst(piece.count)
            }
            deflater.finish(into: &packed)
            #expect(deflater.count == content.count)
            bytes += writer.begin(
                ZipWriter.Entry(name: name, crc: deflater.crc, size: deflater.count, packedSize: packed.count))
            bytes += Array(packed.rawBytes)
        }
        return Data(bytes + writer.end())
    }

    /// What Python's zipfile reads: the time, and each file's name, system, mode, length and CRC.
    private func read(_ zip: Data) throws -> String {
        let file = try temporaryFolder().appending(path: "a.zip")
        try zip.write(to: file)
        let program = """
            import sys, zipfile, zlib
            archive = zipfile.ZipFile(sys.argv[1])
            assert archive.testzip() is None
            for entry in archive.infolist():
                content = archive.read(entry)
                assert len(content) == entry.file_size
                print(entry.filename, entry.date_time, entry.create_system, oct(entry.external_attr >> 16), zlib.crc32(content))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program, file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self)
    }

    @Test(
        "are read by others, with all that is in them, whether the numbers are those of Zip64 or not",
        arguments: [0xFFFF_FFFF, 0, 100, 100_000])
    func isRead(_ limit: Int) throws {
        var draw = SplitMix(state: UInt64(limit) + 7)
        var files: [(name: String, content: [UInt8])] = [("empty", []), ("ordner/größe.txt", Array("a".utf8))]
        for (place, length) in [1, 1000, 65_536, 300_000, 1_000_000].enumerated() {
            let symbols = UInt8.random(in: 1...255, using: &draw)
            files.append(("f\(place)", (0..<length).map { _ in UInt8.random(in: 0...symbols, using: &draw) }))
        }
        let lines = files.map { name, content in
            let deflater = Deflater()
            var packed = ByteBuffer()
            content.withUnsafeBytes { deflater.add($0, into: &packed) }
            return "\(name) (2026, 3, 1, 12, 0, 4) 3 0o100600 \(deflater.crc)\n"
        }
        #expect(try read(zip(files, limit: limit, &draw)) == lines.joined())
    }

    @Test("may hold nothing at all")
    func isEmpty() throws {
        var draw = SplitMix(state: 1)
        #expect(try read(zip([], limit: 0xFFFF_FFFF, &draw)) == "")
        #expect(try read(zip([], limit: 0, &draw)) == "")
    }
}
