public import Events

/// Removes fields from events by their data category.
///
/// ```swift
/// let removal = DataRemoval { category, _ in category.isWithin(.userContact) }
/// switch removal.apply(to: text, received: 0) { ... }
/// ```
///
/// Used by one thread at a time.
public final class DataRemoval {
    public enum Outcome: Equatable, Sendable {
        /// It has no such field.
        case unchanged
        /// The event without them.
        case changed([UInt8])
        /// Nothing of the viewer would be left in its data but that it was.
        case emptied
    }

    private let isWanted: (DataCategory, Int64) -> Bool
    private let event = EventDocument()
    private var output = ByteBuffer()

    /// `isWanted` says whether a field of this category goes, of an event of this time, in seconds since 1970: when it came, where it has
    /// no time that can be trusted.
    public init(where isWanted: @escaping (DataCategory, Int64) -> Bool) {
        self.isWanted = isWanted
    }

    /// What becomes of an event that came at `received`, in seconds since 1970.
    public func apply(to text: UnsafeRawBufferPointer, received: Int64) -> Outcome {
        guard event.load(text) else { return .unchanged }
        let time = event.seconds(received: received) ?? received
        if event.data == 0 || event.kind(of: event.data) != .object { return isEmptied(time) ? .emptied : .unchanged }
        var unwanted: [UInt32] = []
        var rest = 0
        var place = event.firstChild(of: event.data)
        while place != 0 {
            let node = event.value(at: place)
            let category = event.category(of: node)
            if isWanted(category, time) {
                unwanted.append(node)
            } else if category.isWithin(.user) || category == .unclassified {
                rest += 1
            }
            place = event.nextSibling(of: place)
        }
        if rest == 0, !unwanted.isEmpty || isEmptied(time) { return .emptied }
        if unwanted.isEmpty { return .unchanged }
        for node in unwanted { if (try? event.remove(node)) == nil { return .emptied } }
        output.removeAll()
        event.write(into: &output)
        return .changed(Array(output.rawBytes))
    }

    /// Whether an event that has no data of the viewer goes as well: that it was is of the category of the viewer's name.
    private func isEmptied(_ time: Int64) -> Bool {
        isWanted(.userUniqueID, time)
    }
}
