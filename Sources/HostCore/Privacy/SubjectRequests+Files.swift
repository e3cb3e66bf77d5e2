internal import Events
internal import Foundation
internal import Glibc
internal import Store

extension SubjectRequests {
    /// Files that the host wrote, are still there, and may have data of the viewer.
    func writtenFiles(of viewers: [Int64]) throws(HostError) -> [WrittenFile] {
        let files = try HostError.translating { () throws(StoreError) in try store.writtenFiles(of: viewers) }
        return files.filter { file in
            var status = stat()
            return stat(file.path, &status) == 0 && [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
        }
    }

    /// Takes a viewer who was erased out of the files that the host wrote: events out of their files, and whole access reports. Throws at
    /// the first that does not let it.
    public static func clean(filesOf report: ErasureReport) throws(HostError) {
        for file in report.written {
            switch file.kind {
            case .events: try removeLines(of: Set(report.names), in: file.path)
            case .accessReport:
                do {
                    try FileManager.default.removeItem(atPath: file.path)
                } catch {
                    throw .system("remove", file.path)
                }
            }
        }
    }

    /// Writes a file of events anew, without those that have one of these subjects.
    private static func removeLines(of subjects: Set<String>, in path: String) throws(HostError) {
        guard let input = fopen(path, "re") else { throw .system("read", path) }
        defer { fclose(input) }
        let output = try OutputFile(path: path)
        let event = EventDocument()
        var buffer = ByteBuffer()
        var (line, capacity): (UnsafeMutablePointer<CChar>?, Int) = (nil, 0)
        defer { free(line) }
        while true {
            let count = getline(&line, &capacity, input)
            guard count > 0, let line else { break }
            let start = UnsafeRawPointer(line).assumingMemoryBound(to: UInt8.self)
            let text = UnsafeRawBufferPointer(start: start, count: count)
            if event.load(text), event.node(of: .subject) != 0 {
                let subject = event.string(of: event.node(of: .subject), decodedInto: &buffer)
                if subjects.contains(String(decoding: subject, as: UTF8.self)) { continue }
            }
            try output.write(start, count: count)
        }
        if ferror(input) != 0 { throw .system("read", path) }
        try output.finish()
    }
}
