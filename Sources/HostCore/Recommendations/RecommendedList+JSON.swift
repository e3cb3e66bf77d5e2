internal import Events

extension RecommendedList {
    /// The list as JSON, on one line.
    public func json(for viewer: String) -> String {
        var writer = EventWriter()
        writer.bytes.append("{")
        writer.string("viewer", Array(viewer.utf8))
        writer.string("recommender", Array(recommender.utf8))
        writer.string("fallback", fallback)
        writer.beginArray("left_out")
        for text in leftOut { Array(text.utf8).withUnsafeBytes { writer.element($0) } }
        writer.endArray()
        writer.beginArray("titles")
        for title in titles {
            writer.beginObject()
            title.write(to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.bytes.append("}")
        return String(decoding: writer.bytes.rawBytes, as: UTF8.self)
    }
}

extension RecommendedTitle {
    /// The title as JSON.
    public var json: String {
        var writer = EventWriter()
        writer.bytes.append("{")
        write(to: &writer)
        writer.bytes.append("}")
        return String(decoding: writer.bytes.rawBytes, as: UTF8.self)
    }

    fileprivate func write(to writer: inout EventWriter) {
        writer.string("title", Array(key.utf8))
        writer.string("name", Array(name.utf8))
        if let score { Array("\(score)".utf8).withUnsafeBytes { writer.number("score", text: $0) } }
        writer.string("row", row.isEmpty ? nil : row)
        if !text.isEmpty { return writer.string("because", Array(text.utf8)) }
        writer.beginArray("because")
        for reason in because { Array(reason.key.utf8).withUnsafeBytes { writer.element($0) } }
        writer.endArray()
    }
}
