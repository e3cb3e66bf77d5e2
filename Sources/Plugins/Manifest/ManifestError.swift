/// What is wrong with a plugin's manifest: the table that its file returns.
public enum ManifestError: Error, Equatable, Sendable {
    case notATable
    case missing(field: String)
    case wrongType(field: String, expected: String)
    case unknownKind(String)
    case unknownCategory(String)
    case missingFunction(String)
    /// A category or field that no plugin of this purpose may see.
    case forbidden(name: String, purpose: Purpose)
    /// A plugin of another kind than the one that was asked for.
    case otherKind(String, wanted: String)

    /// What is wrong and what to do.
    public var message: String {
        switch self {
        case .notATable:
            "a plugin file must return one table, such as `return { kind = \"redactor\", ... }`"
        case .missing(let field):
            "the manifest has no '\(field)'; add \(field) = \"...\" to the table that the file returns"
        case .wrongType(let field, let expected):
            "'\(field)' in the manifest must be \(expected)"
        case .unknownKind(let kind):
            "'\(kind)' is no kind of plugin; use kind = \"redactor\", \"segment\", \"quality\" or \"recommender\""
        case .unknownCategory(let name):
            "'\(name)' in 'reads' is neither a Fideslang data category such as user.contact.email nor a field such as "
                + "data.nickname"
        case .missingFunction(let name):
            "a plugin of this kind needs a function '\(name)'"
        case .forbidden(let name, let purpose):
            "'\(name)' in 'reads' is not open to the purpose '\(purpose.name)': leave it out"
        case .otherKind(let kind, let wanted):
            "it is a plugin of kind '\(kind)', not '\(wanted)'"
        }
    }
}
