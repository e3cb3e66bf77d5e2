internal import Foundation

/// Reads all inputs in turn on a thread of its own and deals the chunks out to the lanes.
///
/// `error` is set before the lanes are closed and read after, which makes it safe to share.
final class Reading: @unchecked Sendable {
    /// Chunks that may be filled. How many there are bounds the memory of a run.
    let free = HandOver<Chunk>()
    private(set) var error: HostError?

    private let readers: [any EventReader]
    private let lanes: [Lane]

    init(_ readers: [any EventReader], lanes: [Lane]) {
        self.readers = readers
        self.lanes = lanes
        for _ in 0..<(2 * lanes.count + 2) { free.put(Chunk()) }
    }

    func start() {
        Thread.start { [self] in
            do throws(HostError) {
                try deal()
            } catch {
                self.error = error
            }
            for lane in lanes { lane.waiting.close() }
        }
    }

    /// Reads no more; what was read is still worked on. A read that waits for its input is not waited for.
    func stop() {
        free.close()
        for lane in lanes { lane.waiting.close() }
    }

    private func deal() throws(HostError) {
        var turn = 0
        for (input, reader) in readers.enumerated() {
            while let chunk = free.take() {
                chunk.removeAll()
                chunk.input = input
                guard try reader.read(into: chunk) else {
                    free.put(chunk)
                    break
                }
                lanes[turn % lanes.count].waiting.put(chunk)
                turn += 1
            }
        }
    }
}
