internal import Foundation
internal import Plugins
internal import Synchronization

/// A worker on a thread of its own, between two lines of chunks. Chunks leave in the order in which they came.
final class Lane: Sendable {
    let waiting = HandOver<Chunk>()
    let done = HandOver<Chunk>()
    /// Chunks whose first part is written, and of which more is to be done.
    let unfinished = HandOver<Chunk>()

    private let worker: Worker
    private let isSkipping = Atomic(false)
    private let ended = DispatchSemaphore(value: 0)

    init(worker: Worker) {
        self.worker = worker
    }

    /// Begins to work; ends when `waiting` is closed.
    func start() {
        // Lua's own C stack limit (LUAI_MAXCCALLS) is reached well within the stack.
        Thread.start(stackSize: 8 << 20) { [self] in
            while let chunk = waiting.take() { work(on: chunk) }
            done.close()
            ended.signal()
        }
    }

    private func work(on chunk: Chunk) {
        var chunk = chunk
        while true {
            worker.process(chunk, skipping: isSkipping.load(ordering: .relaxed))
            // From here on the chunk is the writer's.
            let isDone = chunk.isDone
            done.put(chunk)
            guard !isDone, let next = unfinished.take() else { return }
            next.removeResults()
            chunk = next
        }
    }

    /// Calls no plugin from the next chunk on.
    func skip() {
        isSkipping.store(true, ordering: .relaxed)
    }

    /// Lets go of what is not done, and waits for the thread's end.
    func end() {
        waiting.close()
        unfinished.close()
        join()
    }

    /// Waits for the thread's end.
    func join() {
        ended.wait()
        ended.signal()
    }
}
