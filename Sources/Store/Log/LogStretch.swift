internal import GRDB

/// The places of the log behind `start`, up to `end`.
struct LogStretch {
    let start: Int64
    private(set) var end: Int64
    private(set) var blocks = 0
    /// How many bytes and places the blocks have, of which some may lie before it or behind it.
    private(set) var bytes = 0
    private(set) var places = 0

    private init(start: Int64, end: Int64) {
        self.start = start
        self.end = end
    }

    /// Divides the log behind `start`, up to `end` and no further than the block that ends `most` bytes, into stretches of about
    /// as many bytes each, one for each thread or fewer; none where there is no block. The last one ends at `end` where no block
    /// is left. Throws where a block's columns do not have the lengths of one block: what is read is copied into as much room as
    /// they say.
    static func divide(
        after start: Int64, through end: Int64, most: Int, among threads: Int, _ database: Database
    ) throws -> [LogStretch] {
        let select = try Statement(
            database,
            """
            SELECT first, length(bodies), length(ends) / 4, length(viewers) = length(ends) * 2 FROM blocks
            WHERE first >= coalesce((SELECT max(first) FROM blocks WHERE first <= ?1), 0) AND first <= ?2 ORDER BY first
            """)
        select.bind(1, start == .max ? start : start + 1)
        select.bind(2, end)
        defer { select.reset() }
        var blocks: [(first: Int64, bytes: Int, places: Int)] = []
        var total = 0
        var isMore = try select.step()
        while isMore, total < most {
            if select.integer(3) != 1 { throw StoredBlock.damage(select.integer(0)) }
            blocks.append((select.integer(0), Int(select.integer(1)), Int(select.integer(2))))
            total += blocks[blocks.count - 1].bytes
            isMore = try select.step()
        }
        var stretches: [LogStretch] = []
        var next = LogStretch(start: start, end: end)
        var done = 0
        for (index, block) in blocks.enumerated() {
            next.blocks += 1
            next.bytes += block.bytes
            next.places += block.places
            done += block.bytes
            let isLast = index == blocks.count - 1
            if isLast || done >= total / threads * (stretches.count + 1) {
                next.end = isLast && !isMore ? end : block.first + Int64(block.places) - 1
                stretches.append(next)
                next = LogStretch(start: next.end, end: end)
            }
        }
        return stretches
    }
}
