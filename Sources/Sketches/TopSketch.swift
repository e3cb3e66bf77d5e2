/// The texts that were seen most often: the space-saving algorithm (Metwally, Agrawal and El Abbadi 2005, "Efficient
/// computation of frequent and top-k elements in data streams").
///
///     var sketch = TopSketch()
///     for title in titles { try sketch.add(title) }
///     sketch.list(10)
///
/// With k counters and n texts seen, every text that was seen more than n/k times is listed. A text was seen at most `count`
/// times and at least `count - error` times, and no error is above n/k; as long as there were no more than k different
/// texts, there is none. The same holds for merged sketches (Agarwal, Cormode, Huang, Phillips, Wei and Yi 2012, "Mergeable
/// summaries"), with all that both have seen as n.
public struct TopSketch: Sketch {
    /// A text that is counted.
    public struct Entry: Equatable, Sendable {
        public let text: [UInt8]
        public fileprivate(set) var count: Int64
        /// How much the count may be too high.
        public fileprivate(set) var error: Int64
    }

    public static let sizes = 1...1000
    public static let defaultSize = 100
    /// Bytes that a text may have.
    public static let longestText = 256

    /// How many texts are counted at once.
    public let size: Int
    /// In the order of their bytes.
    private var entries: [Entry] = []
    private var textBytes = 0

    /// `size` is brought into ``sizes``.
    public init(size: Int = defaultSize) {
        self.size = min(max(size, Self.sizes.lowerBound), Self.sizes.upperBound)
    }

    public var memory: Int {
        // An array that is not empty has its length and capacity, and the allocator's own bytes, beside its elements.
        MemoryLayout<Self>.size + entries.capacity * MemoryLayout<Entry>.stride + entries.count * 48 + textBytes
    }

    /// How many texts are listed.
    public var used: Int {
        entries.count
    }

    /// Counts a text so many times.
    public mutating func add(_ text: UnsafeRawBufferPointer, count added: Int64 = 1) throws(SketchError) {
        guard text.count <= Self.longestText else { throw .textTooLong }
        guard added > 0 else { throw .countOutOfRange }
        var place = firstPlace(notBefore: text)
        if place < entries.count, entries[place].text.elementsEqual(text) {
            guard added <= Int64.max - entries[place].count else { throw .tooMany }
            entries[place].count += added
            return
        }
        let unlisted = mostOfUnlisted
        guard added <= Int64.max - unlisted else { throw .tooMany }
        if entries.count == size {
            let lowest = lowestPlace
            textBytes -= entries[lowest].text.count
            entries.remove(at: lowest)
            if lowest < place { place -= 1 }
        }
        entries.insert(Entry(text: Array(text), count: added + unlisted, error: unlisted), at: place)
        textBytes += text.count
    }

    public mutating func add(_ text: String, count added: Int64 = 1) throws(SketchError) {
        let text = Array(text.utf8)
        try text.span.withUnsafeBytes { bytes throws(SketchError) in try add(bytes, count: added) }
    }

    /// Up to `most` texts, those with the highest counts first, and those with the same count in the order of their bytes.
    public func list(_ most: Int) -> [Entry] {
        Array(entries.sorted(by: Self.isAbove).prefix(max(most, 0)))
    }

    public mutating func merge(_ other: TopSketch) throws(SketchError) {
        guard size == other.size else { throw .unlike }
        let unlisted = mostOfUnlisted
        let unlistedThere = other.mostOfUnlisted
        var merged: [Entry] = []
        merged.reserveCapacity(entries.count + other.entries.count)
        for var entry in entries {
            if let place = other.place(of: entry.text) {
                try entry.raise(by: other.entries[place].count, ofWhichUnsure: other.entries[place].error)
            } else {
                try entry.raise(by: unlistedThere, ofWhichUnsure: unlistedThere)
            }
            merged.append(entry)
        }
        for var entry in other.entries where place(of: entry.text) == nil {
            try entry.raise(by: unlisted, ofWhichUnsure: unlisted)
            merged.append(entry)
        }
        if merged.count > size {
            merged.sort(by: Self.isAbove)
            merged.removeLast(merged.count - size)
        }
        merged.sort { $0.text.lexicographicallyPrecedes($1.text) }
        entries = merged
        textBytes = merged.reduce(0) { $0 + $1.text.count }
    }

    /// How often a text that is not listed may have been seen.
    private var mostOfUnlisted: Int64 {
        entries.count < size ? 0 : entries[lowestPlace].count
    }

    /// Where the last one in the order of ``list(_:)`` stands.
    private var lowestPlace: Int {
        var lowest = 0
        for place in entries.indices where entries[place].count <= entries[lowest].count { lowest = place }
        return lowest
    }

    private func place(of text: [UInt8]) -> Int? {
        let place = text.withUnsafeBytes { firstPlace(notBefore: $0) }
        return place < entries.count && entries[place].text == text ? place : nil
    }

    private func firstPlace(notBefore text: UnsafeRawBufferPointer) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].text.lexicographicallyPrecedes(text) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func isAbove(_ entry: Entry, _ other: Entry) -> Bool {
        entry.count == other.count ? entry.text.lexicographicallyPrecedes(other.text) : entry.count > other.count
    }

    // MARK: Bytes

    /// For each text, its bytes and some 3 more.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(SketchKind.top.rawValue)
        bytes.append(number: UInt64(size))
        bytes.append(number: UInt64(entries.count))
        for entry in entries {
            bytes.append(number: UInt64(entry.text.count))
            bytes.append(contentsOf: entry.text)
            bytes.append(number: UInt64(entry.count))
            bytes.append(number: UInt64(entry.error))
        }
    }

    public init?(decoding bytes: UnsafeRawBufferPointer) {
        var reader = SketchReader(bytes)
        guard reader.byte() == SketchKind.top.rawValue,
            let size = reader.number(upTo: Self.sizes.upperBound), size >= Self.sizes.lowerBound,
            let used = reader.number(upTo: min(size, reader.left / 3))
        else { return nil }
        self.init(size: size)
        entries.reserveCapacity(used)
        for _ in 0..<used {
            guard let length = reader.number(upTo: Self.longestText), let text = reader.take(length),
                let count = reader.count(), let error = reader.number(), error < UInt64(count)
            else { return nil }
            if let last = entries.last, !last.text.lexicographicallyPrecedes(text) { return nil }
            entries.append(Entry(text: Array(text), count: count, error: Int64(error)))
            textBytes += length
        }
        guard reader.left == 0 else { return nil }
    }
}

extension TopSketch.Entry {
    fileprivate mutating func raise(by more: Int64, ofWhichUnsure unsure: Int64) throws(SketchError) {
        guard more <= Int64.max - count else { throw .tooMany }
        count += more
        error += unsure
    }
}
