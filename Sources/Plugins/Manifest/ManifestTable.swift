internal import Lua

/// The table that a plugin's file returned, read field by field.
struct ManifestTable {
    private let sandbox: LuaSandbox

    init(_ sandbox: LuaSandbox) {
        self.sandbox = sandbox
    }

    /// A field that must be there.
    func text(_ field: String) throws(ManifestError) -> String {
        guard let text = try optionalText(field) else { throw .missing(field: field) }
        return text
    }

    func optionalText(_ field: String) throws(ManifestError) -> String? {
        switch sandbox.field(field) {
        case .string(let text) where text.utf8.count > 0: return text
        case .absent: return nil
        default: throw .wrongType(field: field, expected: "a non-empty string")
        }
    }

    func flag(_ field: String) throws(ManifestError) -> Bool {
        switch sandbox.field(field) {
        case .boolean(let flag): return flag
        case .absent: return false
        default: throw .wrongType(field: field, expected: "true or false")
        }
    }

    func number(_ field: String, in range: ClosedRange<Int>, default number: Int) throws(ManifestError) -> Int {
        switch sandbox.field(field) {
        case .number(let text):
            if let number = Int(text), range.contains(number) { return number }
        case .absent: return number
        default: break
        }
        throw .wrongType(field: field, expected: "an integer from \(range.lowerBound) to \(range.upperBound)")
    }

    /// Nil where the field is left out.
    func list(_ field: String) throws(ManifestError) -> [String]? {
        switch sandbox.field(field) {
        case .absent: return nil
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

    func wantsIsolation() throws(ManifestError) -> Bool {
        switch sandbox.field("isolation") {
        case .absent: return false
        case .string("wasm"): return true
        default:
            throw .wrongType(
                field: "isolation", expected: "\"wasm\", or left out: a plugin may ask for isolation, and not refuse it"
            )
        }
    }
}
