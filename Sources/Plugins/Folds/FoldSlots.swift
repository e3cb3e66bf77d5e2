internal import Events

/// The slots of some plugins, and which of them want an event.
///
/// Events are many, and the slots live as long as this: they are visited without being retained each time.
struct FoldSlots {
    let all: [FoldSlot]
    private let unmanaged: [Unmanaged<FoldSlot>]
    /// For each type of the catalogue, the places of those that want it, from one start to the next.
    private var wanting: [Int] = []
    private var starts: [Int] = [0]

    init(_ folds: [Fold], _ rules: GateRules) {
        all = folds.map { FoldSlot($0, rules) }
        unmanaged = all.map { Unmanaged.passUnretained($0) }
        for type in Catalogue.types.indices {
            wanting += all.indices.filter { all[$0].filter.admits(type: type) }
            starts.append(wanting.count)
        }
    }

    var indices: Range<Int> { all.indices }

    @inline(__always)
    func with<R>(_ index: Int, _ body: (FoldSlot) -> R) -> R {
        unmanaged[index]._withUnsafeGuaranteedRef { body($0) }
    }

    @inline(__always)
    func forEach(_ body: (FoldSlot) -> Void) {
        for index in unmanaged.indices { with(index, body) }
    }

    @inline(__always)
    func forEach(wanting event: EventDocument, _ body: (FoldSlot) -> Void) {
        guard let type = event.typeIndex else {
            return forEach { if $0.filter.admits(otherThanKnown: event) { body($0) } }
        }
        for place in starts[type]..<starts[type + 1] { with(wanting[place], body) }
    }
}
