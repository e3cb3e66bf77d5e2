internal import Events

/// The members of an object in a document that is loaded, as values; or the elements of a list.
struct JSONFields {
    let document: EventDocument
    let node: UInt32

    func text(_ name: String) -> String? {
        field(name).flatMap { $0.text }
    }

    func texts(_ name: String) -> [String] {
        elements(name).compactMap { $0.text }
    }

    func number(_ name: String) -> Double? {
        field(name).flatMap { $0.number }
    }

    func integer(_ name: String) -> Int64? {
        number(name).flatMap { Int64(exactly: $0.rounded(.down)) }
    }

    func boolean(_ name: String) -> Bool? {
        field(name).flatMap { field in
            switch document.kind(of: field.node) {
            case .true: true
            case .false: false
            default: nil
            }
        }
    }

    /// A member; nil where there is none.
    func field(_ name: String) -> JSONFields? {
        guard document.kind(of: node) == .object else { return nil }
        var name = name
        let found = name.withUTF8 { document.child(of: node, named: UnsafeRawBufferPointer($0)) }
        return found == 0 ? nil : JSONFields(document: document, node: found)
    }

    /// The elements of a member that is a list.
    func elements(_ name: String) -> [JSONFields] {
        field(name).map { $0.elements } ?? []
    }

    var elements: [JSONFields] {
        if document.kind(of: node) != .array { return [] }
        return children.map { $0.value }
    }

    /// The names and values of an object.
    var members: [(name: String, value: JSONFields)] {
        if document.kind(of: node) != .object { return [] }
        return children.map { (String(decoding: document.key(of: $0.value.node), as: UTF8.self), $0.value) }
    }

    var text: String? {
        guard document.kind(of: node) == .string else { return nil }
        var buffer = ByteBuffer()
        return String(decoding: document.string(of: node, decodedInto: &buffer), as: UTF8.self)
    }

    var number: Double? {
        guard document.kind(of: node) == .number else { return nil }
        switch JSONNumber(document.text(of: node)) {
        case .integer(let integer): return Double(integer)
        case .float(let double): return double
        }
    }

    private var children: [(place: UInt32, value: JSONFields)] {
        var children: [(place: UInt32, value: JSONFields)] = []
        var place = document.firstChild(of: node)
        while place != 0 {
            children.append((place, JSONFields(document: document, node: document.value(at: place))))
            place = document.nextSibling(of: place)
        }
        return children
    }
}
