internal import Foundation

/// JSON for programs.
enum JSONText {
    /// An object or a list on one line, with its keys in order.
    static func of(_ value: Any) throws -> String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try JSONSerialization.data(withJSONObject: value, options: options), as: UTF8.self)
    }
}
