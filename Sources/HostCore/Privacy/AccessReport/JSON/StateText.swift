internal import Events
internal import Foundation
internal import Plugins

/// States of plugins as JSON that people can read.
///
/// Keys that are integers are decimal numbers; a key that is a text and reads as one stands in quotes of its own. Numbers that JSON
/// has not are texts, sketches and texts that are no UTF-8 are `{"base64": ...}`.
enum StateText {
    /// The value that the bytes stand for; nil where they stand for none.
    static func json(_ state: UnsafeRawBufferPointer) -> [UInt8]? {
        var output = ByteBuffer()
        var cursor = StateCursor(state)
        guard write(&cursor, depth: 0, into: &output), cursor.place == state.count else { return nil }
        return Array(output.rawBytes)
    }

    private static func write(_ cursor: inout StateCursor, depth: Int, into output: inout ByteBuffer) -> Bool {
        guard depth <= StateCursor.deepest, let value = cursor.next() else { return false }
        switch value {
        case .null: output.append("null")
        case .boolean(let isTrue): output.append(isTrue ? "true" : "false")
        case .integer(let integer): append("\(integer)", to: &output)
        case .double(let double): append(double.isFinite ? "\(double)" : "\"\(double)\"", to: &output)
        case .string(let text): if !output.append(quoted: text) { append(base64: text, to: &output) }
        case .sketch(let bytes): append(base64: bytes, to: &output)
        case .array(let count):
            output.append("[")
            for index in 0..<count {
                if index > 0 { output.append(",") }
                guard write(&cursor, depth: depth + 1, into: &output) else { return false }
            }
            output.append("]")
        case .map(let count):
            output.append("{")
            for index in 0..<count {
                if index > 0 { output.append(",") }
                guard writeKey(&cursor, into: &output) else { return false }
                output.append(":")
                guard write(&cursor, depth: depth + 1, into: &output) else { return false }
            }
            output.append("}")
        }
        return true
    }

    private static func writeKey(_ cursor: inout StateCursor, into output: inout ByteBuffer) -> Bool {
        switch cursor.next() {
        case .integer(let integer): append("\"\(integer)\"", to: &output)
        case .string(let bytes):
            let key = String(decoding: bytes, as: UTF8.self)
            let isAmbiguous = Int64(key) != nil || key.hasPrefix("\"") || !key.utf8.elementsEqual(bytes)
            let shown =
                isAmbiguous ? "\"" + (key.utf8.elementsEqual(bytes) ? key : Data(bytes).base64EncodedString()) : key
            Array(shown.utf8).withUnsafeBytes { _ = output.append(quoted: $0) }
        default: return false
        }
        return true
    }

    private static func append(_ text: String, to output: inout ByteBuffer) {
        for byte in text.utf8 { output.append(byte) }
    }

    private static func append(base64 bytes: UnsafeRawBufferPointer, to output: inout ByteBuffer) {
        append("{\"base64\":\"\(Data(bytes).base64EncodedString())\"}", to: &output)
    }
}
