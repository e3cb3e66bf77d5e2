extension EventDocument {
    /// Whether the event, as it is now, is no longer than ``JSONLimits/bytes`` when it is written.
    public var isWithinSize: Bool {
        if !isChanged { return true }
        // A byte of an edit is written once at most; one of a new key as up to six, with quotes, a colon and a comma.
        if count + edits.count + 6 * keys.count + 4 * arena.count <= JSONLimits.bytes { return true }
        var output = ByteBuffer()
        write(into: &output)
        return output.count <= JSONLimits.bytes
    }

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
