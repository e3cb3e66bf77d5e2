internal import Dispatch
internal import Events

/// Seals the events of a batch, some at a time, on a thread beside the one that asks for them and writes what was sealed before: sealing
/// takes half as long as writing.
///
/// Used by one thread at a time; the other one has only the part that is in the making, which makes it safe to send.
final class BatchSealer: @unchecked Sendable {
    /// Events that are sealed before they are asked for: so few stay in the processor's cache.
    private static let share = 2048

    /// Sealed events, one after the other.
    private final class Part {
        var places = 0..<0
        var bytes = ByteBuffer()
        var ends: [Int] = []
    }

    private let cipher = Cipher()
    /// What is asked for, and what is sealed meanwhile.
    private var current = Part()
    private var next = Part()
    private let sealing = DispatchGroup()
    private var batch: StoreBatch?
    private var keys: [SecretKey?] = []
    private var base: Int64 = 0
    /// The nonce of the event in place 0.
    private(set) var nonce = Nonce.random()

    /// Begins with a batch, of which each event is sealed for which there is a key. `base` is the place in the log of event 0.
    func begin(_ batch: StoreBatch, _ keys: [SecretKey?], base: Int64) {
        (self.batch, self.keys, self.base) = (batch, keys, base)
        nonce = .random()
        current.places = 0..<0
        sealNext()
    }

    /// An event as it is to lie in the log; no bytes where it was not sealed. Good until a later one is asked for.
    func body(_ place: Int) -> UnsafeRawBufferPointer {
        while !current.places.contains(place) {
            sealing.wait()
            swap(&current, &next)
            sealNext()
        }
        let index = place - current.places.lowerBound
        let start = index == 0 ? 0 : current.ends[index - 1]
        return UnsafeRawBufferPointer(start: current.bytes.base + start, count: current.ends[index] - start)
    }

    /// Lets go of the batch.
    func end() {
        sealing.wait()
        batch = nil
        keys.removeAll(keepingCapacity: true)
    }

    private func sealNext() {
        guard let batch else { preconditionFailure("a batch was begun") }
        let start = current.places.upperBound
        next.places = start..<min(start + Self.share, batch.count)
        DispatchQueue.global().async(group: sealing) { [self] in seal(next, of: batch) }
    }

    private func seal(_ part: Part, of batch: StoreBatch) {
        part.bytes.removeAll()
        part.ends.removeAll(keepingCapacity: true)
        for place in part.places {
            if let key = keys[place] {
                cipher.seal(batch.body(place), key, nonce[place], .event(base + Int64(place)), into: &part.bytes)
            }
            part.ends.append(part.bytes.count)
        }
    }
}
