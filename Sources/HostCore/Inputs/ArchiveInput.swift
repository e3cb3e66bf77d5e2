internal import ArchiveFiles
internal import Archives
internal import Events
internal import Plugins

/// Reads an archive.
///
/// Used from one thread at a time, which makes it safe to send.
final class ArchiveInput: EventReader, @unchecked Sendable {
    var name: String { archive.path }
    let path: String?
    var size: Int? { archive.size }
    var files: [FileReport] { archive.reports }

    private let archive: ArchiveReader
    private var writer = EventWriter()

    init(path: String, dateOrder: DateOrder?, hash: KeyedHash) throws(HostError) {
        archive = try Self.translating { () throws(ArchiveError) in
            try ArchiveReader(path: path, dateOrder: dateOrder, hash: hash)
        }
        self.path = absolutePath(path)
    }

    func read(into chunk: Chunk) throws(HostError) -> Bool {
        let start = archive.position
        var isMore = true
        while isMore, writer.bytes.count < Chunk.size / 2, archive.problems.count < 1000 {
            isMore = try Self.translating { () throws(ArchiveError) in try archive.read(into: &writer) }
        }
        chunk.bytes.append(writer.bytes.rawBytes)
        writer.bytes.removeAll()
        chunk.problems = archive.problems.map { "\(name)/\($0)" }
        archive.problems.removeAll()
        chunk.inputBytes = archive.position - start
        return isMore || chunk.bytes.count > 0 || !chunk.problems.isEmpty
    }

    private static func translating<T>(_ body: () throws(ArchiveError) -> T) throws(HostError) -> T {
        do throws(ArchiveError) {
            return try body()
        } catch {
            switch error {
            case .system(let operation, let path, let code):
                throw .system(operation: operation, path: path, code: code)
            case .unknown, .ambiguousDates:
                throw .usage(error.message)
            case .zip:
                throw .data(error.message)
            }
        }
    }
}
