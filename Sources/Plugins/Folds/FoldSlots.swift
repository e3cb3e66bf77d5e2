/// The slots of some plugins.
///
/// Events are many, and the slots live as long as this: they are visited without being retained each time.
struct FoldSlots {
    let all: [FoldSlot]
    private let unmanaged: [Unmanaged<FoldSlot>]

    init(_ folds: [Fold], _ rules: GateRules) {
        all = folds.map { FoldSlot($0, rules) }
        unmanaged = all.map { Unmanaged.passUnretained($0) }
    }

    var indices: Range<Int> { all.indices }

    @inline(__always)
    func with<R>(_ index: Int, _ body: (FoldSlot) -> R) -> R {
        unmanaged[index]._withUnsafeGuaranteedRef { body($0) }
    }
}
