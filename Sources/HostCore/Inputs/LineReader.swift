internal import Archives
internal import Events
internal import Glibc
internal import Plugins

/// Reads an NDJSON file, or standard input, in chunks of whole lines.
///
/// Used from one thread at a time, which makes it safe to send.
final class LineReader: EventReader, @unchecked Sendable {
    /// The file's name in messages.
    let name: String
    let path: String?
    /// Bytes of the file; nil where it is no regular file.
    let size: Int?
    let files: [FileReport] = []

    private let descriptor: Int32
    private var carried: [UInt8] = []
    private var isAtStart = true
    private var isSkipping = false
    private var isAtEnd = false

    /// Opens the file at `path`; `-` is standard input.
    init(path: String) throws(HostError) {
        name = path == "-" ? "standard input" : path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw .system("open", path) }
        var status = stat()
        fstat(descriptor, &status)
        if status.st_mode & S_IFMT == S_IFDIR {
            throw .system(operation: "read", path: path, code: EISDIR)
        }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        size = isRegular ? Int(status.st_size) : nil
        self.path = isRegular && path != "-" ? absolutePath(path) : nil
    }

    deinit {
        if descriptor != STDIN_FILENO, descriptor >= 0 { close(descriptor) }
    }

    /// Fills `chunk` with the next lines; false at the end. A line of more than ``JSONLimits/bytes`` is left out and
    /// `overlongLineFollows` set. Where the input is slow, a chunk holds what is there.
    func read(into chunk: Chunk) throws(HostError) -> Bool {
        let isMore = try fill(chunk)
        chunk.inputBytes = chunk.bytes.count
        return isMore
    }

    private func fill(_ chunk: Chunk) throws(HostError) -> Bool {
        carried.withUnsafeBufferPointer { if let start = $0.baseAddress { chunk.bytes.append(start, count: $0.count) } }
        carried.removeAll(keepingCapacity: true)
        while !isAtEnd {
            try readBlock(into: chunk)
            if isSkipping {
                skip(in: chunk)
                continue
            }
            let end = endOfLines(in: chunk)
            if end > 0, chunk.bytes.count >= Chunk.size || isDry {
                keep(end, of: chunk)
                return true
            }
            if chunk.bytes.count - end > JSONLimits.bytes {
                chunk.bytes.removeLast(chunk.bytes.count - end)
                chunk.overlongLineFollows = true
                isSkipping = true
                return true
            }
        }
        return chunk.bytes.count > 0
    }

    private func readBlock(into chunk: Chunk) throws(HostError) {
        var code: Int32 = 0
        let count = chunk.bytes.append(upTo: Chunk.size) { (target: UnsafeMutableRawBufferPointer) -> Int in
            while true {
                let count = Glibc.read(descriptor, target.baseAddress, target.count)
                if count >= 0 { return count }
                code = errno
                if code != EINTR { return 0 }
                code = 0
            }
        }
        if code != 0 { throw .system(operation: "read", path: name, code: code) }
        isAtEnd = count == 0
        if isAtStart, count >= 3 {
            isAtStart = false
            let start = chunk.bytes.base
            if start[0] == 0xEF, start[1] == 0xBB, start[2] == 0xBF { chunk.bytes.removeFirst(3) }
        }
    }

    /// Whether the next read would wait.
    private var isDry: Bool {
        if size != nil { return false }
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&poll, 1, 0) == 0
    }

    /// The offset behind the last line feed; 0 where there is none.
    private func endOfLines(in chunk: Chunk) -> Int {
        var end = chunk.bytes.count
        while end > 0, chunk.bytes.base[end - 1] != UInt8(ascii: "\n") { end -= 1 }
        return end
    }

    private func keep(_ end: Int, of chunk: Chunk) {
        carried.append(contentsOf: UnsafeBufferPointer(start: chunk.bytes.base + end, count: chunk.bytes.count - end))
        chunk.bytes.removeLast(chunk.bytes.count - end)
    }

    /// Drops what belongs to the line that was too long.
    private func skip(in chunk: Chunk) {
        let end = chunk.bytes.lineEnd(from: 0)
        isSkipping = end == chunk.bytes.count
        chunk.bytes.removeFirst(min(end + 1, chunk.bytes.count))
    }
}
