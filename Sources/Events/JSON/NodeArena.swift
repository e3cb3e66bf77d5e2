internal import CBridge

/// The nodes of one parsed value and the text that edits added; reused from event to event.
///
/// Index 0 is a sentinel that stands for "none". Pointers are invalid after the next append.
struct NodeArena: ~Copyable {
    private(set) var nodes: UnsafeMutablePointer<vh_node>
    private(set) var count = 1
    /// One filter per level of the value being parsed.
    let filters: UnsafeMutablePointer<KeyFilter>
    private(set) var capacity = 64
    /// The kinds of the values in objects within the outer one, a bit for each ``NodeKind``.
    var innerKinds: UInt8 = 0

    init() {
        nodes = .allocate(capacity: capacity)
        nodes.initialize(to: vh_node())
        filters = .allocate(capacity: JSONLimits.depth + 1)
    }

    deinit {
        nodes.deallocate()
        filters.deallocate()
    }

    mutating func removeAll() {
        count = 1
        innerKinds = 0
    }

    /// Appends `node` and returns its index.
    @inline(__always)
    mutating func append(_ node: vh_node) -> UInt32 {
        if count == capacity { grow() }
        (nodes + count).initialize(to: node)
        count &+= 1
        return UInt32(truncatingIfNeeded: count &- 1)
    }

    /// Makes `node` the next child of `parent`, behind `previous`; the whole value has neither.
    @inline(__always)
    func link(_ node: UInt32, behind previous: UInt32, in parent: UInt32) {
        if previous != 0 {
            nodes[Int(previous)].next = node
        } else if parent != 0 {
            nodes[Int(parent)].first = node
        }
    }

    /// Counts nodes that were written at the end, within ``capacity``.
    @inline(__always)
    mutating func extend(to count: Int) {
        self.count = count
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<vh_node>.allocate(capacity: capacity * 2)
        larger.update(from: nodes, count: count)
        nodes.deallocate()
        nodes = larger
        capacity *= 2
    }
}
