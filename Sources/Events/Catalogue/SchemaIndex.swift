internal import CBridge

/// The catalogue's fields by type, looked up without allocating: events of one type mostly list their fields in one
/// order, so the field after the last one found is tried first.
final class SchemaIndex: Sendable {
    static let shared = SchemaIndex()

    /// The fields of one type in the catalogue's order.
    struct Fields: Sendable {
        fileprivate let fields: [FieldSchema]

        subscript(position: Int) -> FieldSchema {
            fields[position]
        }

        @inline(__always)
        func position(of name: UnsafeRawBufferPointer, guess: Int) -> Int? {
            let count = fields.count
            var position = guess
            for _ in 0..<count {
                if position >= count { position = 0 }
                if Bytes.equal(name, fields[position].name) { return position }
                position &+= 1
            }
            return nil
        }
    }

    private let types: [Fields]

    private init() {
        types = Catalogue.types.map { Fields(fields: $0.fields) }
    }

    func fields(ofType index: Int) -> Fields {
        types[index]
    }
}

/// Comparison of raw bytes with constants.
enum Bytes {
    @inline(__always)
    static func equal(_ bytes: UnsafeRawBufferPointer, _ others: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count == others.count else { return false }
        guard let a = bytes.baseAddress, let b = others.baseAddress else { return true }
        return vh_equal_bytes(a, b, bytes.count) != 0
    }

    @inline(__always)
    static func equal(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        guard bytes.count == text.utf8CodeUnitCount else { return false }
        guard bytes.count > 0, let start = bytes.baseAddress else { return true }
        return vh_equal_bytes(start, text.utf8Start, bytes.count) != 0
    }
}
