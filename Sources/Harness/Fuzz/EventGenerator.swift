internal import Events
internal import PluginTesting

/// Makes up events from the catalogue: every type, every field present or not, `null`, and with the values of its kind
/// that plugins stumble over. All are valid.
struct EventGenerator {
    private var random: SeededNumbers
    private var count = 0

    init(seed: UInt64) {
        random = SeededNumbers(seed: seed)
    }

    mutating func next() -> MadeUpEvent {
        count += 1
        // Types that the host does not know come in as well.
        let type = chance(1, in: 16) ? nil : Catalogue.types.randomElement(using: &random)
        var event = MadeUpEvent(type: type.map { "\($0.name)" } ?? "test.unknown", id: "\(count)")
        if !chance(1, in: 8) { event.subject = nonEmptyString() }
        if !chance(1, in: 8) { event.time = Self.times.randomElement(using: &random) }
        if chance(1, in: 16) { return event }
        var members: [MadeUpEvent.Member] = []
        for field in (type?.fields ?? []).shuffled(using: &random) where !chance(1, in: 3) {
            members.append(MadeUpEvent.Member(name: "\(field.name)", json: value(of: field)))
        }
        if chance(1, in: 4) { members.append(MadeUpEvent.Member(name: "x_unknown", json: anyValue(depth: 0))) }
        event.data = members
        return event
    }

    private mutating func value(of field: FieldSchema) -> String {
        if chance(1, in: 8) { return "null" }
        if chance(1, in: 4) { return Sample.json(for: field) }
        switch field.kind {
        case .string: return string()
        case .timestamp: return chance(1, in: 2) ? Self.times.randomElement(using: &random) ?? "null" : string()
        case .number: return number()
        case .boolean: return Bool.random(using: &random) ? "true" : "false"
        case .array: return array(depth: 0)
        case .object: return object(depth: 0)
        case .any: return anyValue(depth: 0)
        }
    }

    private mutating func anyValue(depth: Int) -> String {
        switch Int.random(in: 0..<(depth < 3 ? 6 : 4), using: &random) {
        case 0: "null"
        case 1: Bool.random(using: &random) ? "true" : "false"
        case 2: number()
        case 3: string()
        case 4: array(depth: depth)
        default: object(depth: depth)
        }
    }

    private mutating func array(depth: Int) -> String {
        let elements = (0..<Int.random(in: 0..<4, using: &random)).map { _ in anyValue(depth: depth + 1) }
        return "[\(elements.joined(separator: ","))]"
    }

    private mutating func object(depth: Int) -> String {
        let names = ["country", "kind", "street", "number", "name", "a", ""].shuffled(using: &random)
        let members = names.prefix(Int.random(in: 0..<4, using: &random)).map { name in
            "\(JSONText.quoted(name)):\(anyValue(depth: depth + 1))"
        }
        return "{\(members.joined(separator: ","))}"
    }

    private mutating func number() -> String {
        Self.numbers.randomElement(using: &random) ?? "0"
    }

    private mutating func string() -> String {
        if chance(1, in: 4) {
            let scalars = (0..<Int.random(in: 0..<24, using: &random)).map { _ in scalar() }
            return JSONText.quoted(String(String.UnicodeScalarView(scalars)))
        }
        return JSONText.quoted(Self.strings.randomElement(using: &random) ?? "")
    }

    private mutating func nonEmptyString() -> String {
        let string = string()
        return string == "\"\"" ? "\"viewer\"" : string
    }

    private mutating func scalar() -> Unicode.Scalar {
        let limits: [UInt32] = [0x80, 0x80, 0x80, 0x800, 0xD800, 0x11_0000]
        let limit = limits.randomElement(using: &random) ?? 0x80
        return Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) ?? "\u{FFFD}"
    }

    private mutating func chance(_ count: Int, in total: Int) -> Bool {
        Int.random(in: 0..<total, using: &random) < count
    }

    private static let numbers = [
        "0", "-1", "1", "42", "1.0", "0.1", "-0", "1e300", "1E-7", "9007199254740993", "-9223372036854775808",
        "12345678901234567890",
    ]

    private static let times = [
        "\"2026-01-31T20:15:00Z\"", "\"1970-01-01T00:00:00.123456+01:00\"", "\"2024-02-29T23:59:59-08:00\"",
    ]

    private static let strings = [
        "", " ", "a", "0", "null", "Anna Nováková", "anna.novak@example.com", "Write to a@b.cz, or +420 555 0142!",
        "192.0.2.33", "2001:db8::1", "999.1.1.1", "4111 1111 1111 1111", "https://example.com/?q=a%20b&c=%", "日本語 🎬",
        "%s %d [a-", "\u{0}\u{1}\n\t\"\\", "{\"a\":1}", "e\u{301}", String(repeating: "long ", count: 200),
    ]
}
