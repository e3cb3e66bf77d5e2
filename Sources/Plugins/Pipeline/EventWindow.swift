internal import Events

/// Events that are read before anything else is done with them, and what is noted of each.
///
/// What reads an event, what a plugin's calls need and what writes it do not fit into the processor's first cache together: done for
/// several events in turn, each of them finds its own there for all but the first.
struct EventWindow<Note>: ~Copyable {
    /// How many events there is room for.
    let most: Int

    private let documents: [EventDocument]
    private let unmanaged: UnsafeMutablePointer<Unmanaged<EventDocument>>
    /// By place, as the events are.
    let notes: UnsafeMutablePointer<Note>

    /// One without events, whose notes are all like `note`.
    init(of most: Int, _ note: Note) {
        self.most = most
        documents = EventDocument.sharing(most)
        unmanaged = .allocate(capacity: most)
        for (place, document) in documents.enumerated() {
            (unmanaged + place).initialize(to: .passUnretained(document))
        }
        notes = .allocate(capacity: most)
        notes.initialize(repeating: note, count: most)
    }

    deinit {
        unmanaged.deallocate()
        notes.deinitialize(count: most)
        notes.deallocate()
    }

    /// Calls `body` with the document at a place. Its references are not counted: the window holds it.
    @inline(__always)
    func with<R>(_ place: Int, _ body: (EventDocument) -> R) -> R {
        unmanaged[place]._withUnsafeGuaranteedRef { body($0) }
    }
}
