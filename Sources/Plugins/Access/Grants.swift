public import Events

/// Which data a plugin may see: the data categories and the fields that its manifest's `reads` names.
public struct Grants: Sendable {
    /// By the category's number; in place, so that asking counts no references.
    private var categories = InlineArray<256, Bool>(repeating: false)
    private var fields: [String]

    /// Grants by Fideslang category (`user.contact` covers `user.contact.email`) or by field (`data.nickname`). What the purpose
    /// forbids is refused where it is named; a category that covers some of it grants the rest.
    public init(_ names: [String], for purpose: Purpose? = nil) throws(ManifestError) {
        fields = []
        categories[Int(DataCategory.systemOperations.rawValue)] = true
        for name in names {
            var copy = name
            let granted: DataCategory? = copy.withUTF8 { DataCategory(key: UnsafeRawBufferPointer($0)) }
            if let granted {
                if let purpose, purpose.forbids(granted) { throw .forbidden(name: name, purpose: purpose) }
                for category in DataCategory.allCases
                where category.isWithin(granted) && !(purpose?.forbids(category) ?? false) {
                    categories[Int(category.rawValue)] = true
                }
            } else if name.utf8.count > 5, name.hasPrefix("data.") {
                let field = String(name.dropFirst(5))
                if let purpose, Self.isForbidden(field, for: purpose) { throw .forbidden(name: name, purpose: purpose) }
                fields.append(field)
            } else {
                throw .unknownCategory(name)
            }
        }
    }

    /// Whether a field of that name is of a forbidden category in any type.
    private static func isForbidden(_ name: String, for purpose: Purpose) -> Bool {
        Catalogue.types.contains { type in
            type.fields.contains { purpose.forbids($0.category) && "\($0.name)" == name }
        }
    }

    /// Whether the plugin may see data of `category`.
    public func allow(_ category: DataCategory) -> Bool {
        allow(rawCategory: category.rawValue)
    }

    /// Whether the plugin may see data of the category with this raw value.
    @inline(__always)
    func allow(rawCategory category: UInt8) -> Bool {
        categories[Int(category)]
    }

    /// Whether `reads` names this field of `data` itself.
    public func allow(field name: UnsafeRawBufferPointer) -> Bool {
        for field in fields {
            var copy = field
            if copy.withUTF8({ $0.elementsEqual(name) }) { return true }
        }
        return false
    }
}
