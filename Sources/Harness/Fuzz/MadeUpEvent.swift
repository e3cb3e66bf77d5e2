internal import Events

/// An event that is made up to be hard on a plugin, in parts that can be taken away.
struct MadeUpEvent {
    struct Member {
        let name: String
        /// The value's JSON text.
        var json: String
    }

    var type: String
    var id: String
    var subject: String?
    var time: String?
    /// Nil where the event has no `data`.
    var data: [Member]?

    var bytes: [UInt8] {
        var parts = [
            "\"specversion\":\"1.0\"", "\"id\":\(JSONText.quoted(id))", "\"source\":\"made-up\"",
            "\"type\":\(JSONText.quoted(type))",
        ]
        if let subject { parts.append("\"subject\":\(subject)") }
        if let time { parts.append("\"time\":\(time)") }
        if let data {
            let members = data.map { "\(JSONText.quoted($0.name)):\($0.json)" }
            parts.append("\"data\":{\(members.joined(separator: ","))}")
        }
        return Array("{\(parts.joined(separator: ","))}".utf8)
    }

    /// This event with one thing less, or one value simpler: the largest steps first.
    var smaller: [MadeUpEvent] {
        var events: [MadeUpEvent] = []
        func add(_ change: (inout MadeUpEvent) -> Void) {
            var event = self
            change(&event)
            events.append(event)
        }
        if subject != nil { add { $0.subject = nil } }
        if time != nil { add { $0.time = nil } }
        guard let data else { return events }
        add { $0.data = nil }
        if data.count > 3 {
            add { $0.data = Array(data.prefix(data.count / 2)) }
            add { $0.data = Array(data.suffix(data.count / 2)) }
        }
        for index in data.indices { add { $0.data?.remove(at: index) } }
        for (index, member) in data.enumerated() {
            for json in JSONText.simpler(member.json) { add { $0.data?[index].json = json } }
        }
        return events
    }
}

/// JSON as text.
enum JSONText {
    static func quoted(_ text: String) -> String {
        var buffer = ByteBuffer()
        _ = Array(text.utf8).withUnsafeBytes { buffer.append(quoted: $0) }
        return String(decoding: UnsafeBufferPointer(start: buffer.base, count: buffer.count), as: UTF8.self)
    }

    /// Values of the same kind that are shorter.
    static func simpler(_ json: String) -> [String] {
        let candidates: [String] =
            switch json.first {
            case "\"": ["\"\"", "\"a\""] + halves(of: json)
            case "[": ["[]", "[1]"]
            case "{": ["{}", "{\"a\":1}"]
            case "t", "f", "n": []
            default: ["0", "1", "0.5"]
            }
        return candidates.filter { $0.utf8.count < json.utf8.count }
    }

    /// The two halves of a string, which is never cut within an escape.
    private static func halves(of json: String) -> [String] {
        let elements = elements(of: json.dropFirst().dropLast())
        if elements.count < 2 { return [] }
        let middle = elements.count / 2
        return [elements[..<middle], elements[middle...]].map { "\"\($0.joined())\"" }
    }

    /// The characters of a string's text, an escape (two of them for a surrogate pair) being one.
    private static func elements(of text: Substring) -> [Substring] {
        var elements: [Substring] = []
        var rest = text
        while let first = rest.first {
            var length = first != "\\" ? 1 : rest.dropFirst().first == "u" ? 6 : 2
            let unit = length == 6 ? UInt16(rest.dropFirst(2).prefix(4), radix: 16) : nil
            if let unit, UTF16.isLeadSurrogate(unit) { length = 12 }
            elements.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return elements
    }
}
