/// Which titles each viewer took up, and how strongly: a sparse matrix with a row for each viewer and a column for each title,
/// in compressed rows.
///
/// ```swift
/// var interactions = Interactions(titleCount: catalogue.count)
/// for viewer in viewers {
///     for entry in viewer.entries { interactions.append(title: entry.title, weight: entry.weight, time: entry.time) }
///     interactions.endRow()
/// }
/// ```
///
/// A row takes 12 bytes an entry and 8 more.
public struct Interactions: Sendable {
    /// Columns: titles have the numbers below it.
    public private(set) var titleCount: Int
    /// Where each row starts, and where the last one ends.
    private var starts: [Int] = [0]
    private var titles: [UInt32] = []
    private var weights: [Float] = []
    private var times: [UInt32] = []

    public init(titleCount: Int) {
        self.titleCount = titleCount
    }

    /// Rows.
    public var viewerCount: Int { starts.count - 1 }

    /// Entries of all rows.
    public var count: Int { titles.count }

    /// Makes room for as many.
    public mutating func reserve(viewers: Int, entries: Int) {
        starts.reserveCapacity(viewers + 1)
        titles.reserveCapacity(entries)
        weights.reserveCapacity(entries)
        times.reserveCapacity(entries)
    }

    /// Makes it have columns for as many titles, if it has fewer.
    public mutating func widen(to titleCount: Int) {
        self.titleCount = max(self.titleCount, titleCount)
    }

    /// Adds an entry to the row that is being written. A row has each title once, and weights are above 0 and finite; one above
    /// ``TasteView/heaviest`` counts as that. `time` is in seconds since 1970.
    public mutating func append(title: Int, weight: Float, time: Int64) {
        precondition(title >= 0 && title < titleCount && weight > 0 && weight.isFinite)
        titles.append(UInt32(title))
        weights.append(min(weight, TasteView.heaviest))
        times.append(UInt32(clamping: time))
    }

    /// Ends the row that is being written, which may be empty.
    public mutating func endRow() {
        starts.append(titles.count)
    }

    /// The same, but of rows with more than `most` entries only the latest, in the order of time.
    func shortened(to most: Int) -> Interactions {
        if (0..<viewerCount).allSatisfy({ starts[$0 + 1] - starts[$0] <= most }) { return self }
        var result = Interactions(titleCount: titleCount)
        result.reserve(viewers: viewerCount, entries: count)
        for viewer in 0..<viewerCount {
            var entries = Array(starts[viewer]..<starts[viewer + 1])
            if entries.count > most {
                entries.sort { (times[$0], titles[$0]) < (times[$1], titles[$1]) }
                entries.removeFirst(entries.count - most)
            }
            for entry in entries {
                result.append(title: Int(titles[entry]), weight: weights[entry], time: Int64(times[entry]))
            }
            result.endRow()
        }
        return result
    }

    /// Calls `body` with a viewer's row, which is good until it returns.
    @inline(__always)
    public func withRow<R>(_ viewer: Int, _ body: (TasteView) -> R) -> R {
        let range = starts[viewer]..<starts[viewer + 1]
        return titles.withUnsafeBufferPointer { titles in
            weights.withUnsafeBufferPointer { weights in
                times.withUnsafeBufferPointer { times in
                    body(
                        TasteView(
                            titles: UnsafeBufferPointer(rebasing: titles[range]),
                            weights: UnsafeBufferPointer(rebasing: weights[range]),
                            times: UnsafeBufferPointer(rebasing: times[range])))
                }
            }
        }
    }
}

/// What one viewer took up: a borrowed row of ``Interactions``, or a viewer's history of this moment.
public struct TasteView {
    public let titles: UnsafeBufferPointer<UInt32>
    /// How strongly; above 0.
    public let weights: UnsafeBufferPointer<Float>
    /// When, in seconds since 1970.
    public let times: UnsafeBufferPointer<UInt32>

    public init(
        titles: UnsafeBufferPointer<UInt32>, weights: UnsafeBufferPointer<Float>, times: UnsafeBufferPointer<UInt32>
    ) {
        self.titles = titles
        self.weights = weights
        self.times = times
    }

    public var count: Int { titles.count }
}

extension TasteView {
    /// A weight above it counts as this, so that what models make of weights stays finite.
    public static let heaviest: Float = 1e6

    /// An entry's weight, which is 0 where the title is not below `titleCount` or the weight is none.
    @inline(__always)
    func weight(_ entry: Int, of titleCount: Int) -> Float {
        guard Int(titles[entry]) < titleCount else { return 0 }
        let weight = weights[entry]
        return weight > 0 ? min(weight, Self.heaviest) : 0
    }

    /// Calls `body` with the entries that have a weight, and those weights.
    func withKnown<R>(
        of titleCount: Int, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<Float>) -> R
    ) -> R {
        if (0..<count).allSatisfy({ weight($0, of: titleCount) == weights[$0] && weights[$0] > 0 }) {
            return body(titles, weights)
        }
        let known = (0..<count).filter { weight($0, of: titleCount) > 0 }
        return known.map { titles[$0] }.withUnsafeBufferPointer { titles in
            known.map { weight($0, of: titleCount) }.withUnsafeBufferPointer { body(titles, $0) }
        }
    }
}
