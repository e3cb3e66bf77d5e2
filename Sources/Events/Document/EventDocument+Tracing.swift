internal import CBridge

/// A piece of an event's text that a plugin put there. Where it is empty, the container that begins there came in as it is,
/// but something in it was edited.
public struct EditSpan: BitwiseCopyable, Equatable, Sendable {
    public var start: UInt32
    public var end: UInt32

    public init(start: UInt32, end: UInt32) {
        self.start = start
        self.end = end
    }
}

/// The spans of one event, by what they are, each in the order of the text.
struct EarlierEdits {
    fileprivate var made: [EditSpan] = []
    fileprivate var editedWithin: [EditSpan] = []

    /// The last span that does not begin behind `offset`.
    fileprivate static func last(of spans: [EditSpan], from offset: UInt32) -> EditSpan? {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : spans[low - 1]
    }
}

/// An event may go through plugins in several stages, as text between them. What is a redaction depends on what came in, so
/// each stage tells the next one what is there by an edit.
extension EventDocument {
    /// Says of the event that was loaded what an earlier stage made of its text; offsets count from `start`.
    public func begin(after spans: ArraySlice<EditSpan>, from start: UInt32) {
        earlierEdits.made.removeAll(keepingCapacity: true)
        earlierEdits.editedWithin.removeAll(keepingCapacity: true)
        for span in spans where span.start >= start && span.end >= span.start {
            let moved = EditSpan(start: span.start - start, end: span.end - start)
            if moved.start < moved.end {
                earlierEdits.made.append(moved)
            } else {
                earlierEdits.editedWithin.append(moved)
            }
        }
        hasEarlierEdits = !spans.isEmpty
    }

    /// Appends what in `written`, which is this event as it was written, is there by an edit, of this stage or an earlier
    /// one; offsets count from `start` on.
    public func traceEdits(in written: EventDocument, from start: UInt32, into spans: inout [EditSpan]) {
        if isChanged || hasEarlierEdits { trace(root, written, written.root, from: start, into: &spans) }
    }

    private func trace(
        _ node: UInt32, _ written: EventDocument, _ twin: UInt32, from start: UInt32, into spans: inout [EditSpan]
    ) {
        let flags = arena.nodes[Int(node)].flags
        let place = written.arena.nodes[Int(twin)]
        if flags & UInt8(VH_IN_EDITS) != 0 || isEarlierEdit(node) {
            spans.append(EditSpan(start: start + place.start, end: start + place.end))
            return
        }
        if flags & UInt8(VH_DIRTY) != 0 || wasEditedWithin(node) {
            spans.append(EditSpan(start: start + place.start, end: start + place.start))
        } else if !hasEarlierEdits {
            return
        }
        // Nothing was edited since it was written, so its members are the same, in the same order.
        var (child, twinChild) = (firstChild(of: node), written.firstChild(of: twin))
        while child != 0, twinChild != 0 {
            trace(value(at: child), written, twinChild, from: start, into: &spans)
            (child, twinChild) = (nextSibling(of: child), written.nextSibling(of: twinChild))
        }
    }

    /// Whether an earlier stage put the node there, or what it lies in.
    @inline(never)
    func isEarlierEdit(_ node: UInt32) -> Bool {
        let start = arena.nodes[Int(node)].start
        return arena.nodes[Int(node)].flags & UInt8(VH_IN_EDITS) == 0
            && EarlierEdits.last(of: earlierEdits.made, from: start).map { start < $0.end } ?? false
    }

    /// Whether an earlier stage edited something in the node, which came in.
    @inline(never)
    func wasEditedWithin(_ node: UInt32) -> Bool {
        let start = arena.nodes[Int(node)].start
        return arena.nodes[Int(node)].flags & UInt8(VH_IN_EDITS) == 0
            && EarlierEdits.last(of: earlierEdits.editedWithin, from: start)?.start == start
    }
}
