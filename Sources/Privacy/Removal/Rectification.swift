internal import Events

/// Puts a right value in the place of a wrong one, in the field of that name (GDPR Art. 16).
///
/// Used by one thread at a time.
public final class Rectification {
    public enum Outcome: Equatable, Sendable {
        case unchanged
        case changed([UInt8])
        /// The field takes no such value: what it takes.
        case refused(String)
    }

    private let field: [UInt8]
    private let wrong: String?
    private let right: [UInt8]
    private let event = EventDocument()
    private var buffer = ByteBuffer()

    /// In the field `field` of an event's data; where `wrong` is given, only where that stands there. `right` is the text of a string, or
    /// JSON for a field of another kind.
    public init(field: String, from wrong: String?, to right: String) {
        self.field = Array(field.utf8)
        self.wrong = wrong
        self.right = Array(right.utf8)
    }

    public func apply(to text: UnsafeRawBufferPointer) -> Outcome {
        guard event.load(text), event.data != 0, event.kind(of: event.data) == .object else { return .unchanged }
        let node = field.withUnsafeBytes { event.child(of: event.data, named: $0) }
        if node == 0 { return .unchanged }
        let isText = event.kind(of: node) == .string
        let old =
            isText ? event.string(of: node, decodedInto: &buffer) : event.text(of: node)
        if let wrong, !old.elementsEqual(wrong.utf8) { return .unchanged }
        if let refusal = right.withUnsafeBytes({ replace(node, with: isText ? .string($0) : .json($0)) }) {
            return .refused(refusal)
        }
        if !event.isChanged { return .unchanged }
        var output = ByteBuffer()
        event.write(into: &output)
        return .changed(Array(output.rawBytes))
    }

    /// Why the field does not take the value; nil where it has it now.
    private func replace(_ node: UInt32, with value: EditValue) -> String? {
        do throws(EditError) {
            try event.replace(node, with: value)
            return nil
        } catch {
            switch error {
            case .wrongKind(let expected): return "it takes \(expected)"
            case .notJSON: return "it holds no text, and the value is no JSON"
            default: return "\(error)"
            }
        }
    }
}
