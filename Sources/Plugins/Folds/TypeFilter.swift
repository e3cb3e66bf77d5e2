internal import Events

/// The types of events that a plugin folds.
struct TypeFilter {
    /// A bit for each of the catalogue's types, which are 64 at the most.
    let known: UInt64
    private let isAll: Bool
    /// Types that the catalogue does not know.
    private let others: [[UInt8]]

    /// No names stand for all types.
    init(_ names: [String]) {
        var (known, others): (UInt64, [[UInt8]]) = (0, [])
        for name in names {
            let bytes = Array(name.utf8)
            if let index = bytes.withUnsafeBytes({ Catalogue.index(ofType: $0) }) {
                known |= 1 << UInt64(index)
            } else {
                others.append(bytes)
            }
        }
        isAll = names.isEmpty
        self.known = isAll ? .max : known
        self.others = others
    }

    @inline(__always)
    func admits(_ event: EventDocument) -> Bool {
        if let index = event.typeIndex { return admits(type: index) }
        return isAll || !others.isEmpty && admitsOther(event)
    }

    /// Whether events of the type at this position of the catalogue are wanted.
    @inline(__always)
    func admits(type: Int) -> Bool {
        known & 1 &<< UInt64(truncatingIfNeeded: type) != 0
    }

    /// Whether an event is wanted whose type the catalogue does not know.
    private func admitsOther(_ event: EventDocument) -> Bool {
        var buffer = ByteBuffer()
        let name = event.string(of: event.node(of: .type), decodedInto: &buffer)
        return others.contains { name.elementsEqual($0) }
    }
}
