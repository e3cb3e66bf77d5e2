internal import Dispatch
internal import Events

/// Seals the events of a batch by several threads, some events at a time: it is the most of a commit's work.
///
/// Used by one thread at a time, and each part by one of its own, which makes it safe to send.
final class BatchSealer: @unchecked Sendable {
    private static let threads = 2
    /// Events that a thread seals before they are asked for: so few stay in the processor's cache.
    private static let share = 4096

    /// What one thread sealed, event after event.
    private final class Part {
        let cipher = Cipher()
        var bytes = ByteBuffer()
        var ends: [Int] = []
    }

    private let parts = (0..<threads).map { _ in Part() }
    private var batch: StoreBatch?
    private var keys: [SecretKey?] = []
    private var base: Int64 = 0
    /// The events that are sealed.
    private var sealed = 0..<0
    /// The nonce of the event in place 0.
    private(set) var nonce = Nonce.random()

    /// Begins with a batch, of which each event is sealed for which there is a key. `base` is the place in the log of event 0.
    func begin(_ batch: StoreBatch, _ keys: [SecretKey?], base: Int64) {
        (self.batch, self.keys, self.base) = (batch, keys, base)
        sealed = 0..<0
        nonce = .random()
    }

    /// An event as it is to lie in the log; no bytes where it was not sealed. Good until a later one is asked for.
    func body(_ place: Int) -> UnsafeRawBufferPointer {
        if !sealed.contains(place) { seal(from: place) }
        let (number, index) = (place - sealed.lowerBound).quotientAndRemainder(dividingBy: Self.share)
        let part = parts[number]
        let start = index == 0 ? 0 : part.ends[index - 1]
        return UnsafeRawBufferPointer(start: part.bytes.base + start, count: part.ends[index] - start)
    }

    /// Lets go of the batch.
    func end() {
        batch = nil
        keys.removeAll(keepingCapacity: true)
    }

    private func seal(from first: Int) {
        guard let batch else { preconditionFailure("a batch was begun") }
        sealed = first..<min(first + Self.threads * Self.share, batch.count)
        DispatchQueue.concurrentPerform(iterations: Self.threads) { number in
            let part = parts[number]
            part.bytes.removeAll()
            part.ends.removeAll(keepingCapacity: true)
            let start = first + number * Self.share
            for place in min(start, sealed.upperBound)..<min(start + Self.share, sealed.upperBound) {
                if let key = keys[place] {
                    part.cipher.seal(
                        batch.body(place), key, nonce[place], .event(base + Int64(place)), into: &part.bytes)
                }
                part.ends.append(part.bytes.count)
            }
        }
    }
}
