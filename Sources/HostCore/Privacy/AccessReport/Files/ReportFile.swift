internal import Events

/// A file of the report while it is made.
final class ReportFile {
    let packed: PackedFile
    /// What is to be written next.
    private(set) var page = Page()

    private let writer: PageWriter

    init(_ packed: PackedFile, _ writer: PageWriter) {
        self.packed = packed
        self.writer = writer
    }

    func flushIfFull() throws(HostError) {
        if page.bytes.count >= Page.byteCount { try flush() }
    }

    func flush() throws(HostError) {
        if page.bytes.count > 0 { page = try writer.write(page, to: packed) }
    }

    func write(_ text: String) throws(HostError) {
        var text = text
        text.withUTF8 { page.bytes.append(UnsafeRawBufferPointer($0)) }
        try flushIfFull()
    }
}
