internal import Events
internal import Foundation
internal import Plugins

/// The manifest of a module: a JSON object with `kind`, `name`, `version` and `reads`.
struct ModuleManifest {
    let manifest: Manifest

    /// Reads the text; the error is a sentence.
    init(_ text: [UInt8]) throws(WasmError) {
        guard text.withUnsafeBytes({ UTF8Check.isValid($0) }) else { throw .badAnswer("its manifest is not UTF-8") }
        guard let value = try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed) else {
            throw .badAnswer("its manifest is no JSON")
        }
        guard let object = value as? [String: Any] else { throw .badAnswer("its manifest is no JSON object") }
        let kind = try Self.text("kind", of: object)
        guard kind == "redactor" else {
            throw .badAnswer("'\(kind)' in its manifest is no kind of plugin: say \"kind\":\"redactor\"")
        }
        let (name, version) = (try Self.text("name", of: object), try Self.text("version", of: object))
        guard let reads = object["reads", default: [String]()] as? [String] else {
            throw .badAnswer("'reads' in its manifest must be a list of strings")
        }
        manifest = Manifest(kind: .redactor, name: name, version: version, reads: reads)
    }

    private static func text(_ field: String, of object: [String: Any]) throws(WasmError) -> String {
        guard let value = object[field] else { throw .badAnswer("its manifest has no '\(field)'") }
        guard let text = value as? String, !text.isEmpty else {
            throw .badAnswer("'\(field)' in its manifest must be a non-empty string")
        }
        return text
    }
}
