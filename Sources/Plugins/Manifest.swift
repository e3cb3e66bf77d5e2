internal import Lua

/// What a plugin says of itself.
public struct Manifest: Sendable, Equatable {
    /// What a plugin does; the contract that its functions follow.
    public enum Kind: Sendable {
        case redactor
    }

    public let kind: Kind
    public let name: String
    public let version: String
    /// Data categories and fields that the plugin sees.
    public let reads: [String]
    /// Whether the plugin asks to run behind WebAssembly's walls; false where it does so already.
    public let wantsIsolation: Bool

    /// A manifest that was read elsewhere.
    package init(kind: Kind, name: String, version: String, reads: [String]) {
        self.kind = kind
        self.name = name
        self.version = version
        self.reads = reads
        wantsIsolation = false
    }

    /// Reads the table that a plugin's file returned.
    init(of sandbox: LuaSandbox) throws(ManifestError) {
        if !sandbox.isTable { throw .notATable }
        let kind = try Self.text("kind", of: sandbox)
        guard kind == "redactor" else { throw .unknownKind(kind) }
        self.kind = .redactor
        name = try Self.text("name", of: sandbox)
        version = try Self.text("version", of: sandbox)
        reads = try Self.list("reads", of: sandbox)
        wantsIsolation = try Self.isolation(of: sandbox)
    }

    private static func isolation(of sandbox: LuaSandbox) throws(ManifestError) -> Bool {
        switch sandbox.field("isolation") {
        case .absent: return false
        case .string("wasm"): return true
        default:
            throw .wrongType(
                field: "isolation", expected: "\"wasm\", or left out: a plugin may ask for isolation, and not refuse it"
            )
        }
    }

    private static func text(_ field: String, of sandbox: LuaSandbox) throws(ManifestError) -> String {
        switch sandbox.field(field) {
        case .string(let text) where text.utf8.count > 0: return text
        case .absent: throw .missing(field: field)
        default: throw .wrongType(field: field, expected: "a non-empty string")
        }
    }

    private static func list(_ field: String, of sandbox: LuaSandbox) throws(ManifestError) -> [String] {
        switch sandbox.field(field) {
        case .absent: return []
        case .table: break
        default: throw .wrongType(field: field, expected: "a list of strings")
        }
        var list: [String] = []
        while true {
            switch sandbox.element(list.count + 1, of: field) {
            case .string(let text): list.append(text)
            case .absent: return list
            default: throw .wrongType(field: field, expected: "a list of strings")
            }
        }
    }
}
