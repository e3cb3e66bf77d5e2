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
        if known.isEmpty { return true }
        if let index = event.typeIndex { return known[index] }
        return others.isEmpty ? false : admitsOther(event)
    }

    /// Whether an event is wanted whose type the catalogue does not know.
    private func admitsOther(_ event: EventDocument) -> Bool {
        var buffer = ByteBuffer()
        let name = event.string(of: event.node(of: .type), decodedInto: &buffer)
        return others.contains { name.elementsEqual($0) }
    }
}
