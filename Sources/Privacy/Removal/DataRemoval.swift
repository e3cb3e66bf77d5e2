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

    /// Whether nothing of the viewer is left in the latest event but the will, and who is who.
    public private(set) var leavesWillAlone = false

    private let isWanted: (DataCategory, Int64) -> Bool
    private let event = EventDocument()
    private var output = ByteBuffer()

    /// `isWanted` says whether a field of this category goes, of an event of this time, in seconds since 1970: when it came, where it has
    /// no time that can be trusted.
    public init(where isWanted: @escaping (DataCategory, Int64) -> Bool) {
        self.isWanted = isWanted
    }

    /// What becomes of an event that came at `received`, in seconds since 1970. Where it `keepsWill`, what it says of the viewer's will,
    /// and of who is who, stays.
    public func apply(to text: UnsafeRawBufferPointer, received: Int64, keepsWill: Bool = false) -> Outcome {
        leavesWillAlone = false
        guard event.load(text) else { return .unchanged }
        let time = event.seconds(received: received) ?? received
        var unwanted: [UInt32] = []
        var (rest, will) = (0, 0)
        forEachField { member, isOfData in
            let node = event.value(at: member)
            let category = event.category(of: node)
            let isWill = isOfData && ViewerWill.isPart(member, of: event)
            if !(isWill && keepsWill), isWanted(category, time) {
                unwanted.append(node)
            } else if isWill {
                will += 1
            } else if category.isWithin(.user) || category == .unclassified {
                rest += 1
            }
        }
        leavesWillAlone = rest == 0 && will > 0
        // That it was is of the category of the viewer's name.
        if rest + will == 0, !unwanted.isEmpty || isWanted(.userUniqueID, time) { return .emptied }
        if unwanted.isEmpty { return .unchanged }
        for node in unwanted { if (try? event.remove(node)) == nil { return .emptied } }
        output.removeAll()
        event.write(into: &output)
        return .changed(Array(output.rawBytes))
    }

    /// Calls `body` with the members of the event's data, and with those attributes that are not CloudEvents' own. Data that are no object are
    /// one of these.
    private func forEachField(_ body: (UInt32, Bool) -> Void) {
        let isObject = event.data != 0 && event.kind(of: event.data) == .object
        if isObject { forEachMember(of: event.data) { body($0, true) } }
        forEachMember(of: event.root) { member in
            let node = event.value(at: member)
            if node == event.data ? !isObject : !isStandard(member) { body(member, false) }
        }
    }

    private func forEachMember(of object: UInt32, _ body: (UInt32) -> Void) {
        var member = event.firstChild(of: object)
        while member != 0 {
            body(member)
            member = event.nextSibling(of: member)
        }
    }

    private func isStandard(_ member: UInt32) -> Bool {
        let name = event.key(of: member)
        return Self.standard.contains { $0.rawBytes.elementsEqual(name) }
    }

    /// CloudEvents 1.0, section 3.1.
    private static let standard: [StaticString] = [
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema",
    ]
}
