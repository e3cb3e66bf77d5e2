internal import CBridge
internal import Events
internal import Foundation
internal import Glibc
internal import Plugins
internal import Privacy
internal import Store

extension SubjectRequests {
    /// Bytes that are read at a time.
    private static let chunkBytes = 4 << 20

    /// Looks through every byte of every file of a store for what would tell of a viewer: the subject, the number that the store
    /// had for it, and, where `eventsPath` has the viewer's events (NDJSON, as an access report has them), all values in them, and all
    /// subjects that they name the viewer by.
    ///
    /// `others` are files, or folders of them, that are looked through as well: exports, backups.
    public func verify(
        _ name: String, events eventsPath: String? = nil, also others: [String] = []
    ) throws(HostError) -> TraceReport {
        var report = TraceReport(viewer: name)
        let number = store.viewer(named: name)
        if number == 0 { throw .usage("a viewer has a name: the subject of the events") }
        report.erasedAt = try HostError.translating { () throws(StoreError) in try store.erasureTime(of: number) }
        report.hasStaleModels = ModelShelf(store: path).isStale
        var values = ViewerValues()
        values.add(subject: name, number: number)
        if let eventsPath { try read(eventsPath, into: &values) }
        for subject in values.subjects where try DataSubject(named: subject, in: store) != nil { report.isKnown = true }
        report.values = values.count
        report.shortValues = values.short
        report.sharedValues = values.leaveOut(foundIn: try commonText())
        var files = try StoreFiles.paths(of: path, keys: store.keysPath)
        for file in try writtenFiles(of: [number]) { files += try StoreFiles.files(at: file.path) }
        for other in others {
            let found = try StoreFiles.files(at: other)
            if found.isEmpty { throw .usage("there is no file \(other), or nothing is in it") }
            files += found
        }
        let started = vh_monotonic_nanoseconds()
        for file in files { try scan(file, values.search, &report) }
        report.seconds = Double(vh_monotonic_nanoseconds() - started) / 1e9
        try audit(
            "erasure verified",
            ["viewers": [store.mark(of: number).text], "clean": report.isClean, "traces": report.traces.count])
        return report
    }

    private func read(_ path: String, into values: inout ViewerValues) throws(HostError) {
        guard let data = FileManager.default.contents(atPath: path) else { throw .system("read", path) }
        for (index, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
            let isEvent = line.withUnsafeBytes { values.add(event: $0, store.keys) }
            if !isEvent { throw .data("\(path):\(index + 1): the line is no event") }
        }
        if data.allSatisfy({ $0 == UInt8(ascii: "\n") }) { throw .data("there is no event in \(path)") }
        for subject in values.joined.sorted() { values.add(subject: subject, number: store.viewer(named: subject)) }
    }

    private func scan(_ file: String, _ search: TraceSearch, _ report: inout TraceReport) throws(HostError) {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // SQLite removes what it has beside a database when the last one closes it.
            if errno == ENOENT, ["-wal", "-shm", "-journal"].contains(where: { file.hasSuffix($0) }) { return }
            throw .system("read", file)
        }
        defer { Glibc.close(descriptor) }
        report.files.append(file)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkBytes + search.overlap, alignment: 8)
        defer { buffer.deallocate() }
        var (kept, offset) = (0, 0)
        while true {
            guard let free = buffer.baseAddress.map({ $0 + kept }) else { return }
            let count = Glibc.read(descriptor, free, Self.chunkBytes)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw .system("read", file) }
            if count == 0 { return }
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<(kept + count)])
            let begin = offset - kept
            search.scan(bytes) { name, place in
                let trace = TraceReport.Trace(file: file, offset: begin + place, name: name)
                // What lies in both of two chunks is found twice.
                if report.traces.count < TraceReport.mostTraces, !report.traces.suffix(64).contains(trace) {
                    report.traces.append(trace)
                }
            }
            offset += count
            report.bytes += count
            kept = min(search.overlap, bytes.count)
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.suffix(kept)))
        }
    }

    /// What the store has of no viewer in particular: the catalogue, what reports are grouped by, plugins and tables.
    private func commonText() throws(HostError) -> [UInt8] {
        var text: [UInt8] = []
        func add(_ line: some Sequence<UInt8>) {
            text.append(contentsOf: line)
            text.append(UInt8(ascii: "\n"))
        }
        try HostError.translating { () throws(StoreError) in
            try store.forEachTitle { add($0) }
            for fold in try store.folds() {
                add("\(fold.name) \(fold.version) \(fold.kind)".utf8)
                for group in try store.groups(of: fold) { add(group.value.utf8) }
            }
            add(try store.schemaText().utf8)
        }
        for type in Catalogue.types {
            add("\(type.name)".utf8)
            for field in type.fields { add("\(field.name) \(field.category.key)".utf8) }
        }
        for purpose in Purpose.allCases { add("\(purpose.name)".utf8) }
        return text
    }
}
