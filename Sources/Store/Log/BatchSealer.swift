internal import Dispatch
internal import Events

/// Seals the events of a batch by several threads: it is the most of a commit's work.
///
/// Used by one thread at a time, and each part by one of its own, which makes it safe to send.
final class BatchSealer: @unchecked Sendable {
    private static let threads = 2

    /// What one thread sealed, event after event.
    private final class Part {
        let cipher = Cipher()
        var bytes = ByteBuffer()
        var ends: [Int] = []
    }

    private let parts = (0..<threads).map { _ in Part() }
    private var share = 1
    /// The nonce of the event in place 0.
    private(set) var nonce = Nonce.random()

    /// Seals each event for which there is a key. `base` is the place in the log of event 0.
    func seal(_ batch: StoreBatch, _ keys: [SecretKey?], base: Int64) {
        nonce = .random()
        share = max(1, (batch.count + Self.threads - 1) / Self.threads)
        DispatchQueue.concurrentPerform(iterations: Self.threads) { number in
            let part = parts[number]
            part.bytes.removeAll()
            part.ends.removeAll(keepingCapacity: true)
            for place in min(number * share, batch.count)..<min((number + 1) * share, batch.count) {
                if let key = keys[place] {
                    part.cipher.seal(
                        batch.body(place), key, nonce[place], .event(base + Int64(place)), into: &part.bytes)
                }
                part.ends.append(part.bytes.count)
            }
        }
    }

    /// An event as it is to lie in the log; no bytes where it was not sealed. Good until the next batch.
    func body(_ place: Int) -> UnsafeRawBufferPointer {
        let part = parts[place / share]
        let index = place % share
        let start = index == 0 ? 0 : part.ends[index - 1]
        return UnsafeRawBufferPointer(start: part.bytes.base + start, count: part.ends[index] - start)
    }
}
