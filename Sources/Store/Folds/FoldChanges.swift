internal import Events

/// What a pass over a part of the log changed; it is committed in one transaction with how far the folds have come.
public final class FoldChanges {
    /// The folds, as they are after it.
    public var folds: [StoredFold] = []
    /// A viewer's row; one without bytes is removed.
    struct Row {
        let viewer: Int64
        let isSealed: Bool
        fileprivate let start: Int
        fileprivate let end: Int

        var isEmpty: Bool { start == end }
    }

    private(set) var rows: [Row] = []
    private(set) var bytes = ByteBuffer()
    private var plain = ByteBuffer()
    private(set) var groups: [Group] = []
    /// How many viewers an audience must have.
    public var minimumAudience = 1
    /// Viewers who may not be in an audience any more, by fold.
    public var withdrawn: [Int64: [Int64]] = [:]

    /// What a quality plugin keeps for one value of a dimension.
    public struct Group: Sendable {
        public let fold: Int64
        public let dimension: Int
        public let value: String
        /// How many events were folded into it.
        public let events: Int
        public let state: [UInt8]

        public init(fold: Int64, dimension: Int, value: String, events: Int, state: [UInt8]) {
            self.fold = fold
            self.dimension = dimension
            self.value = value
            self.events = events
            self.state = state
        }
    }

    public init() {}

    /// Sets a viewer's row to what `entries` has, sealed by `reader` where there is one and the viewer has a
    /// key already; else it is when it is committed.
    public func set(
        _ entries: inout EntryList, of viewer: Int64, sealedBy reader: StateReader? = nil
    ) throws(StoreError) {
        plain.removeAll()
        entries.write(into: &plain)
        try set(plain.rawBytes, of: viewer, sealedBy: reader)
    }

    /// As ``set(_:of:sealedBy:)``, of a row that ``EntryList/write(into:)`` has written.
    public func set(
        _ row: UnsafeRawBufferPointer, of viewer: Int64, sealedBy reader: StateReader?
    ) throws(StoreError) {
        let start = bytes.count
        let isSealed = row.count > 0 ? try reader?.seal(row, of: viewer, into: &bytes) ?? false : true
        if !isSealed { bytes.append(row) }
        rows.append(Row(viewer: viewer, isSealed: isSealed, start: start, end: bytes.count))
    }

    /// Adds what another part of the pass has changed.
    public func add(_ other: FoldChanges) {
        let start = bytes.count
        bytes.append(other.bytes.rawBytes)
        rows += other.rows.map { row in
            Row(viewer: row.viewer, isSealed: row.isSealed, start: row.start + start, end: row.end + start)
        }
        groups += other.groups
        for (fold, viewers) in other.withdrawn { withdrawn[fold, default: []] += viewers }
    }

    public func set(_ group: Group) {
        groups.append(group)
    }

    /// A row that was set.
    func row(_ index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes.rawBytes[rows[index].start..<rows[index].end])
    }
}
