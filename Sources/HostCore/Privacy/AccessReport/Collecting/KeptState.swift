internal import Plugins
internal import Store

/// What is kept of one of the person's viewers for a fold.
struct KeptState {
    let viewer: Int64
    /// The fold's number; nobody reads what is left of one that is no more.
    let number: Int64
    /// Nil where the fold is no more.
    let fold: StoredFold?
    let entry: [UInt8]

    /// All that is kept of a person.
    static func all(of person: Person, _ folds: [StoredFold], in store: EventStore) throws(HostError) -> [KeptState] {
        var states: [KeptState] = []
        try HostError.translating { () throws(StoreError) in
            let reader = try store.makeStateReader()
            try reader.forEach(person.viewers) { index, row in
                let viewer = person.viewers[index]
                states += try EntryList.entries(of: viewer, in: row).map { number, bytes in
                    KeptState(viewer: viewer, number: number, fold: folds.first { $0.number == number }, entry: bytes)
                }
            }
            try reader.close()
        }
        return states
    }

    /// What the gate knows of the viewer for the fold's purpose.
    var record: GateRecord {
        entry.withUnsafeBytes { FoldEntry($0).record }
    }

    /// Calls `body` with what the plugin itself keeps.
    func withState<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        entry.withUnsafeBytes { body(FoldEntry($0).state) }
    }

    /// The purpose that a fold of this kind serves.
    static func purpose(ofKind kind: String) -> Purpose {
        switch kind {
        case "segment": .advertising
        case "quality": .quality
        case "history": .personalization
        default: .service
        }
    }
}
