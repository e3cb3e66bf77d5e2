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

    /// Adds an entry to the row that is being written. A row has each title once, and weights are above 0 and finite. `time` is in
    /// seconds since 1970.
    public mutating func append(title: Int, weight: Float, time: Int64) {
        precondition(title >= 0 && title < titleCount && weight > 0 && weight.isFinite)
        titles.append(UInt32(title))
        weights.append(weight)
        times.append(UInt32(clamping: time))
    }

    /// Ends the row that is being written, which may be empty.
    public mutating func endRow() {
        starts.append(titles.count)
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
