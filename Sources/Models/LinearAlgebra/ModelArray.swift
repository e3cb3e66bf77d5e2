internal import Glibc

/// Numbers that do not change any more, in memory of their own or in a mapped file.
struct ModelArray<Element: BitwiseCopyable>: @unchecked Sendable {
    /// Keeps the memory.
    private let owner: AnyObject
    let base: UnsafePointer<Element>
    let count: Int

    /// A view of memory that `owner` keeps.
    init(_ base: UnsafePointer<Element>, count: Int, owner: AnyObject) {
        self.owner = owner
        self.base = base
        self.count = count
    }

    init(_ elements: [Element]) where Element: ExpressibleByIntegerLiteral {
        let builder = Builder(zeros: elements.count)
        for (place, element) in elements.enumerated() { builder.pointer[place] = element }
        self = builder.finish()
    }

    @inline(__always)
    subscript(place: Int) -> Element { base[place] }

    var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

    /// Whether all are numbers within `limit`, so that the scores that are made of them are finite.
    func isBounded(by limit: Float) -> Bool where Element == Float {
        var isGood = true
        for number in buffer { isGood = isGood && number.magnitude <= limit }
        return isGood
    }

    /// Memory that is being filled.
    final class Builder {
        let pointer: UnsafeMutablePointer<Element>
        private let count: Int

        /// All bytes are 0.
        init(zeros count: Int) {
            self.count = count
            let bytes = UnsafeMutableRawPointer.allocate(
                byteCount: max(1, count * MemoryLayout<Element>.stride), alignment: 64)
            bytes.initializeMemory(as: UInt8.self, repeating: 0, count: count * MemoryLayout<Element>.stride)
            pointer = bytes.assumingMemoryBound(to: Element.self)
        }

        deinit {
            UnsafeMutableRawPointer(pointer).deallocate()
        }

        /// What was filled in; not to be changed after.
        func finish() -> ModelArray {
            ModelArray(pointer, count: count, owner: self)
        }

        /// The memory as that of as many elements of half the size, once `body` has put them where the others were; nil where it
        /// says that they are none. What is left of the memory is given back.
        func narrowed<Half: BitwiseCopyable>(_ body: (UnsafeMutablePointer<Half>) -> Bool) -> ModelArray<Half>? {
            let start = UnsafeMutableRawPointer(pointer)
            let halves = start.bindMemory(to: Half.self, capacity: count)
            if !body(halves) { return nil }
            let page = Int(getpagesize())
            let unused = UInt(bitPattern: start + count * MemoryLayout<Half>.stride)
            let (from, end) = (
                (unused + UInt(page) - 1) / UInt(page) * UInt(page),
                UInt(bitPattern: start + count * MemoryLayout<Element>.stride) / UInt(page) * UInt(page)
            )
            if from < end { madvise(UnsafeMutableRawPointer(bitPattern: from), Int(end - from), MADV_DONTNEED) }
            return ModelArray<Half>(halves, count: count, owner: self)
        }
    }
}
