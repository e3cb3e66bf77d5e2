public import Events

/// Reads fields of an event's data as values. Used from one thread at a time.
public final class EventFields {
    let event: EventDocument
    private var buffer = ByteBuffer()

    /// Reads what `event` has at the time of each call.
    public init(of event: EventDocument) {
        self.event = event
    }

    /// A text that is neither empty nor too long for a key.
    func text(_ name: StaticString) -> String? {
        text(name, upTo: ViewerHistory.longestKey)
    }

    /// A text that is not empty.
    func longText(_ name: StaticString) -> String? {
        text(name, upTo: .max)
    }

    private func text(_ name: StaticString, upTo limit: Int) -> String? {
        let node = node(name)
        guard node != 0, event.kind(of: node) == .string else { return nil }
        let text = event.string(of: node, decodedInto: &buffer)
        if text.isEmpty || text.count > limit { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    func texts(_ name: StaticString) -> [String] {
        let node = node(name)
        guard node != 0, event.kind(of: node) == .array else { return [] }
        var texts: [String] = []
        var place = event.firstChild(of: node)
        while place != 0 {
            let value = event.value(at: place)
            if event.kind(of: value) == .string {
                texts.append(String(decoding: event.string(of: value, decodedInto: &buffer), as: UTF8.self))
            }
            place = event.nextSibling(of: place)
        }
        return texts
    }

    func boolean(_ name: StaticString) -> Bool? {
        let node = node(name)
        if node == 0 { return nil }
        switch event.kind(of: node) {
        case .true: return true
        case .false: return false
        default: return nil
        }
    }

    func number(_ name: StaticString) -> Double? {
        let node = node(name)
        guard node != 0, event.kind(of: node) == .number else { return nil }
        switch JSONNumber(event.text(of: node)) {
        case .integer(let integer): return Double(integer)
        case .float(let double): return double
        }
    }

    /// A number of seconds, from 0 to a billion.
    func seconds(_ name: StaticString) -> Int64? {
        number(name).flatMap { $0.isNaN ? nil : Int64(min(max($0, 0), 1e9)) }
    }

    /// An instant, in seconds since 1970.
    func instant(_ name: StaticString) -> Int64? {
        let node = node(name)
        guard node != 0, event.kind(of: node) == .string else { return nil }
        return Timestamp.microseconds(of: event.string(of: node, decodedInto: &buffer)).map { $0 / 1_000_000 }
    }

    private func node(_ name: StaticString) -> UInt32 {
        event.child(of: event.data, named: UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}
