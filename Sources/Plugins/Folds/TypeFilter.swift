internal import Events

/// The types of events that a plugin folds.
struct TypeFilter {
    /// By the catalogue's positions; empty where all are wanted.
    private var known: [Bool] = []
    /// Types that the catalogue does not know.
    private var others: [[UInt8]] = []

    /// No names stand for all types.
    init(_ names: [String]) {
        if names.isEmpty { return }
        known = [Bool](repeating: false, count: Catalogue.types.count)
        for name in names {
            let bytes = Array(name.utf8)
            if let index = bytes.withUnsafeBytes({ Catalogue.index(ofType: $0) }) {
                known[index] = true
            } else {
                others.append(bytes)
            }
        }
    }

    @inline(__always)
    func admits(_ event: EventDocument) -> Bool {
        if let index = event.typeIndex { return admits(type: index) }
        return admits(otherThanKnown: event)
    }

    /// Whether events of a type of the catalogue are wanted.
    @inline(__always)
    func admits(type index: Int) -> Bool {
        known.isEmpty || known[index]
    }

    /// Whether an event is wanted whose type the catalogue does not know.
    func admits(otherThanKnown event: EventDocument) -> Bool {
        if known.isEmpty { return true }
        if others.isEmpty { return false }
        var buffer = ByteBuffer()
        let name = event.string(of: event.node(of: .type), decodedInto: &buffer)
        return others.contains { name.elementsEqual($0) }
    }
}
