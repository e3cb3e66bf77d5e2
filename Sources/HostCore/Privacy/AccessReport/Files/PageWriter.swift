internal import Events
internal import Foundation

/// Bytes of a file that are not written yet. One thread has it at a time, which makes it safe to send.
final class Page: @unchecked Sendable {
    /// About so many bytes are written at once.
    static let byteCount = 256 << 10

    var bytes = ByteBuffer()
    fileprivate var file: PackedFile?
}

/// Packs pages and writes them to their files, by a thread of its own.
final class PageWriter {
    /// Pages that may wait.
    private static let mostWaiting = 8

    private let work = Work()

    init() {
        for _ in 0..<Self.mostWaiting { work.free.put(Page()) }
        Thread.start { [work] in work.run() }
    }

    deinit {
        work.end()
    }

    /// Has a page written to a file, and gives an empty one for it. Throws what went wrong with an earlier one.
    func write(_ page: Page, to file: PackedFile) throws(HostError) -> Page {
        page.file = file
        work.full.put(page)
        if let page = work.free.take() { return page }
        try finish()
        return Page()
    }

    /// Waits until all is written.
    func finish() throws(HostError) {
        work.end()
        if let error = work.error { throw error }
    }

    /// What the thread has; the error is written by it before it ends, and read after.
    private final class Work: @unchecked Sendable {
        let full = HandOver<Page>()
        let free = HandOver<Page>()
        private(set) var error: HostError?
        private let ended = DispatchSemaphore(value: 0)

        func run() {
            do throws(HostError) {
                while let page = full.take() {
                    try page.file?.write(page.bytes.rawBytes)
                    page.bytes.removeAll()
                    free.put(page)
                }
            } catch {
                self.error = error
                // The next hand-over finds it.
                free.close()
            }
            ended.signal()
        }

        func end() {
            full.close()
            ended.wait()
            ended.signal()
        }
    }
}
