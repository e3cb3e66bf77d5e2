internal import CBridge

/// The nodes of one parsed value and the text that edits added; reused from event to event.
///
/// Index 0 is a sentinel that stands for "none". Pointers are invalid after the next append.
struct NodeArena: ~Copyable {
    private(set) var nodes: UnsafeMutablePointer<vh_node>
    private(set) var count = 1
    /// One filter per level of the value being parsed.
    let filters: UnsafeMutablePointer<KeyFilter>
    private var capacity = 64

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
    }

    /// Appends `node` and returns its index.
    @inline(__always)
    mutating func append(_ node: vh_node) -> UInt32 {
        if count == capacity { grow() }
        (nodes + count).initialize(to: node)
        count &+= 1
        return UInt32(truncatingIfNeeded: count &- 1)
    }

    /// Appends `node` as the last child of `parent`.
    @inline(__always)
    mutating func append(_ node: vh_node, to parent: UInt32) -> UInt32 {
        let index = append(node)
        let container = nodes + Int(parent)
        if container.pointee.last == 0 {
            container.pointee.first = index
        } else {
            nodes[Int(container.pointee.last)].next = index
        }
        container.pointee.last = index
        return index
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
