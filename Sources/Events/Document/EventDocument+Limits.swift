extension EventDocument {
    /// Whether the event, as it is now, has no more members and levels than ``JSONLimits`` allow. What a plugin put in
    /// may be within them by itself and still be too much where it was put.
    public var isWithinLimits: Bool {
        isWithinLimits(root, depth: 1)
    }

    private func isWithinLimits(_ container: UInt32, depth: Int) -> Bool {
        if depth > JSONLimits.depth { return false }
        let isObject = kind(of: container) == .object
        var count = 0
        var place = firstChild(of: container)
        while place != 0 {
            count += 1
            let child = value(at: place)
            let kind = kind(of: child)
            if kind == .object || kind == .array, !isWithinLimits(child, depth: depth + 1) { return false }
            place = nextSibling(of: place)
        }
        return !isObject || count <= JSONLimits.members
    }
}
