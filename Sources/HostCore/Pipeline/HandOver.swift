internal import Foundation

/// A first-in, first-out line between two threads.
///
/// All state is behind the condition's lock, which makes it safe to share.
final class HandOver<Item: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var items: [Item] = []
    private var isClosed = false

    /// Adds an item; one that comes after ``close()`` is let go.
    func put(_ item: Item) {
        condition.lock()
        if !isClosed { items.append(item) }
        condition.signal()
        condition.unlock()
    }

    /// The first item; waits for one. Nil once the line is closed and empty.
    func take() -> Item? {
        condition.lock()
        defer { condition.unlock() }
        while items.isEmpty, !isClosed { condition.wait() }
        return items.isEmpty ? nil : items.removeFirst()
    }

    func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }
}
