/// What is known of the keys of earlier events. Documents that are used in turn share one.
final class KeyMemory {
    /// In a place of its own, which the parser is given beside the rest.
    let shapes: UnsafeMutablePointer<KeyShapes>
    let fields = FieldCache()

    init() {
        shapes = .allocate(capacity: 1)
        shapes.initialize(to: KeyShapes())
    }

    deinit {
        shapes.deinitialize(count: 1)
        shapes.deallocate()
    }
}
