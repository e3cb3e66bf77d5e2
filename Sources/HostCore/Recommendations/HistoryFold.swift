internal import Events
internal import Models
internal import Plugins

/// Folds viewers' events into their ``ViewerHistory``, for the purpose of personalization.
final class HistoryFold: Fold {
    /// No plugin can have this name.
    static let name = "host:history"

    private let event = EventDocument()
    private let fields: EventFields

    init() {
        fields = EventFields(of: event)
        super.init(
            Manifest(kind: .history, name: Self.name, version: "1", reads: [], events: ViewerHistory.types),
            observes: false)
    }

    override func fold(_ request: FoldRequest) -> FoldAnswer {
        var answer = FoldAnswer(unchanged: request)
        var histories = request.values.map { bytes in bytes.withUnsafeBytes { ViewerHistory($0) } ?? ViewerHistory() }
        for step in request.steps {
            answer.values[step.value].isChanged = true
            if let number = step.event {
                let known = request.events[number]
                if event.load(known.text) {
                    histories[step.value].add(fields, at: known.time, reference: known.reference)
                }
                answer.outcomes.append(.folded)
            } else {
                histories[step.value] = ViewerHistory()
                answer.outcomes.append(.untouched)
            }
        }
        for (place, history) in histories.enumerated() where answer.values[place].isChanged {
            answer.values[place].bytes = history.bytes
        }
        return answer
    }
}

extension ViewerHistory {
    /// No bytes where it is empty.
    fileprivate var bytes: [UInt8] {
        if self == ViewerHistory() { return [] }
        var output = ByteBuffer()
        write(into: &output)
        return Array(output.rawBytes)
    }
}
