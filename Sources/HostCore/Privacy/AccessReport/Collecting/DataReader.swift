internal import Events

/// Reads fields of an event's data.
struct DataReader: ~Copyable {
    private var buffer = ByteBuffer()

    /// A text that is not empty.
    mutating func text(_ name: StaticString, of event: EventDocument) -> String? {
        let node = Self.node(name, of: event)
        guard node != 0, event.kind(of: node) == .string else { return nil }
        let text = event.string(of: node, decodedInto: &buffer)
        return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }

    /// A number that is not negative; the largest that counts is a billion.
    func amount(_ name: StaticString, of event: EventDocument) -> Double? {
        let node = Self.node(name, of: event)
        guard node != 0, event.kind(of: node) == .number else { return nil }
        let number =
            switch JSONNumber(event.text(of: node)) {
            case .integer(let integer): Double(integer)
            case .float(let double): double
            }
        return number.isFinite ? min(max(number, 0), 1e9) : nil
    }

    func boolean(_ name: StaticString, of event: EventDocument) -> Bool? {
        let node = Self.node(name, of: event)
        if node == 0 { return nil }
        switch event.kind(of: node) {
        case .true: return true
        case .false: return false
        default: return nil
        }
    }

    private static func node(_ name: StaticString, of event: EventDocument) -> UInt32 {
        guard event.data != 0, event.kind(of: event.data) == .object else { return 0 }
        return event.child(of: event.data, named: name.rawBytes)
    }
}
