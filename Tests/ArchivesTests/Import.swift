import Archives
import Events
import Testing

/// What an importer made of a file.
struct Imported {
    var events: [String] = []
    var problems: [String] = []
    var report: FileReport
}

/// Reads a file in pieces of `step` bytes, and checks that every event is one.
func imported(_ kind: ArchiveKind, _ path: String, _ bytes: [UInt8], step: Int = .max, key: [UInt8] = [1, 2, 3]) throws
    -> Imported
{
    var importer = try #require(ArchiveImporter(kind, path: path, hash: KeyedHash(key: key)))
    var writer = EventWriter()
    var buffer: [UInt8] = []
    var rest = bytes[...]
    var isLast = false
    while !isLast {
        isLast = rest.isEmpty
        buffer += rest.prefix(step)
        rest = rest.dropFirst(step)
        buffer.removeFirst(buffer.withUnsafeBytes { importer.read($0, isLast: isLast, into: &writer) })
    }
    var result = Imported(report: importer.report)
    result.problems = importer.problems.map { "\($0.line): \($0.message)" }
    for line in writer.bytes.rawBytes.split(separator: UInt8(ascii: "\n")) {
        let document = EventDocument()
        try Array(line).withUnsafeBufferPointer { try document.load(try #require($0.baseAddress), count: $0.count) }
        result.events.append(String(decoding: line, as: UTF8.self))
    }
    #expect(result.events.count == result.report.events)
    return result
}

func imported(
    _ kind: ArchiveKind, _ path: String, _ text: String, step: Int = .max, key: [UInt8] = [1, 2, 3]
) throws -> Imported {
    try imported(kind, path, Array(text.utf8), step: step, key: key)
}
