/// Why a plugin's tests cannot be run.
package struct Stop: Error {
    /// What is wrong, where, and what to do.
    package let message: String

    package init(_ message: String) {
        self.message = message
    }

    /// A message of Lua's or of a manifest's about `file`, which begins with the file's whole path from here on.
    package init(_ message: String, in file: String) {
        self.message = Self.placed(message, file)
    }

    /// Lua cuts the front off a path that is long.
    private static func placed(_ message: String, _ file: String) -> String {
        if message.hasPrefix(file) { return message }
        if message.hasPrefix("..."), let rest = rest(of: message, after: "/\(file.split(separator: "/").last ?? ""):") {
            return "\(file):\(rest)"
        }
        return "\(file): \(message)"
    }

    private static func rest(of message: String, after name: String) -> Substring? {
        let place = message.utf8.indices.first { message.utf8[$0...].starts(with: name.utf8) }
        return place.map { message[message.utf8.index($0, offsetBy: name.utf8.count)...] }
    }
}
