internal import Archives
internal import Events
internal import Glibc

/// Reads the folder of MovieLens' ml-100k: its titles, its users, then its ratings.
///
/// Used from one thread at a time, which makes it safe to send.
final class MovieLensReader: EventReader, @unchecked Sendable {
    let name: String
    /// How large the events will be is not known beforehand.
    let size: Int? = nil

    private var files: [(file: MovieLens100K.File, lines: LineReader)] = []
    private let rows = Chunk()
    private var position = 0
    private var line = 0

    /// Nil where the folder does not hold all files of the data set.
    init?(folder: String) throws(HostError) {
        name = folder
        for file in MovieLens100K.File.allCases {
            let path = "\(folder)/\(file.name)"
            if access(path, F_OK) != 0 { return nil }
            files.append((file, try LineReader(path: path)))
        }
    }

    func read(into chunk: Chunk) throws(HostError) -> Bool {
        var writer = EventWriter()
        while writer.bytes.count < Chunk.size / 2, let (file, lines) = files.first {
            if position < rows.bytes.count {
                appendRow(of: file, in: lines, to: &writer, chunk)
                continue
            }
            rows.removeAll()
            position = 0
            if try lines.read(into: rows) { continue }
            files.removeFirst()
            line = 0
        }
        writer.bytes.withUnsafeBufferPointer { bytes in
            if let start = bytes.baseAddress { chunk.bytes.append(start, count: bytes.count) }
        }
        return writer.bytes.count > 0 || !chunk.problems.isEmpty
    }

    private func appendRow(
        of file: MovieLens100K.File, in lines: LineReader, to writer: inout EventWriter, _ chunk: Chunk
    ) {
        let start = position
        let end = rows.bytes.lineEnd(from: start)
        position = end + 1
        line += 1
        do throws(MovieLens100K.RowError) {
            try MovieLens100K.append(
                UnsafeRawBufferPointer(start: rows.bytes.base + start, count: end - start), of: file, to: &writer)
        } catch {
            let place = error.column == 0 ? "the row" : "column \(error.column)"
            chunk.problems.append("\(lines.name):\(line): \(place) must be \(error.expected.text)")
        }
    }
}
