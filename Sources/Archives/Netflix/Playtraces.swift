internal import Events

/// The cell `Playtraces`: a JSON array of `{"eventType": "start", "sessionOffsetMs": 0, "mediaOffsetMs": 0}`.
///
/// Used from one thread at a time, as the importer that has it, which makes it safe to send.
final class Playtraces: @unchecked Sendable {
    private let document = EventDocument()

    func append(_ cell: Cell, to writer: inout EventWriter) throws(RowError) {
        // An event around the array lets the codec of events check and take it apart.
        var event = Array("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"1\",\"type\":\"1\",\"data\":{\"t\":".utf8)
        event += cell
        event += "}}".utf8
        let isRead = event.withUnsafeBufferPointer { text in
            do throws(EventError) {
                if let start = text.baseAddress { try document.load(start, count: text.count) }
                return true
            } catch {
                return false
            }
        }
        let place = isRead ? document.child(of: document.data, named: StaticString("t").rawBytes) : 0
        guard place != 0, document.kind(of: document.value(at: place)) == .array else {
            throw RowError("'Playtraces'", "a JSON array of steps")
        }
        writer.beginArray("traces")
        var step = document.firstChild(of: document.value(at: place))
        while step != 0 {
            try append(step: document.value(at: step), to: &writer)
            step = document.nextSibling(of: step)
        }
        writer.endArray()
    }

    private func append(step: UInt32, to writer: inout EventWriter) throws(RowError) {
        guard document.kind(of: step) == .object else { throw RowError("'Playtraces'", "a JSON array of objects") }
        writer.beginObject()
        var text = ByteBuffer()
        var member = document.firstChild(of: step)
        while member != 0 {
            text.removeAll()
            document.write(document.value(at: member), into: &text)
            let value = text.rawBytes
            let key = Array(document.key(of: member))
            switch key[...] {
            case let key where key.equals("eventType"): writer.json(StaticString("action").rawBytes, text: value)
            case let key where key.equals("sessionOffsetMs"):
                writer.json(StaticString("session_ms").rawBytes, text: value)
            case let key where key.equals("mediaOffsetMs"):
                writer.json(StaticString("position_ms").rawBytes, text: value)
            default: key.withUnsafeBytes { writer.json($0, text: value) }
            }
            member = document.nextSibling(of: member)
        }
        writer.endObject()
    }
}
