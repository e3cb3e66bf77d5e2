internal import Dispatch
internal import Synchronization

/// Divides work among threads. What is done for each item must not depend on who does it.
enum Workers {
    /// Calls `body` for stretches of the items, by up to `jobs` threads; each has what `makeScratch` makes for it.
    static func forEach<Scratch>(
        _ count: Int, jobs: Int, stretch: Int = 64, scratch makeScratch: () -> Scratch,
        _ body: (Range<Int>, inout Scratch) -> Void
    ) {
        let stretches = (count + stretch - 1) / stretch
        let threads = max(1, min(jobs, stretches))
        withoutActuallyEscaping(body) { body in
            let share = Share(stretches)
            let scratches = (0..<threads).map { _ in Box(makeScratch()) }
            nonisolated(unsafe) let work = body
            nonisolated(unsafe) let boxes = scratches
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                while let next = share.next() {
                    work(next * stretch..<min(count, (next + 1) * stretch), &boxes[thread].value)
                }
            }
        }
    }

    private final class Box<Value> {
        var value: Value

        init(_ value: Value) {
            self.value = value
        }
    }
}

/// Hands out numbers.
private final class Share: Sendable {
    private let end: Int
    private let position = Atomic<Int>(0)

    init(_ end: Int) {
        self.end = end
    }

    func next() -> Int? {
        let next = position.wrappingAdd(1, ordering: .relaxed).oldValue
        return next < end ? next : nil
    }
}
