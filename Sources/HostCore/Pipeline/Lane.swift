internal import Foundation
internal import Synchronization

/// A worker on a thread of its own, between two lines of chunks. Chunks leave in the order in which they came.
final class Lane: Sendable {
    let waiting = HandOver<Chunk>()
    let done = HandOver<Chunk>()

    private let worker: Worker
    private let isSkipping = Atomic(false)
    private let ended = DispatchSemaphore(value: 0)

    init(worker: Worker) {
        self.worker = worker
    }

    /// Begins to work; ends when `waiting` is closed.
    func start() {
        let thread = Thread { [self] in
            while let chunk = waiting.take() {
                worker.process(chunk, skipping: isSkipping.load(ordering: .relaxed))
                done.put(chunk)
            }
            done.close()
            ended.signal()
        }
        // Lua's own C stack limit (LUAI_MAXCCALLS) is reached well within it.
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Calls no plugin from the next chunk on.
    func skip() {
        isSkipping.store(true, ordering: .relaxed)
    }

    /// Waits for the thread's end.
    func join() {
        ended.wait()
        ended.signal()
    }
}
