/// The kind of a JSON value.
public enum NodeKind: UInt8, Sendable {
    case null
    case `false`
    case `true`
    case number
    case string
    case array
    case object
}
