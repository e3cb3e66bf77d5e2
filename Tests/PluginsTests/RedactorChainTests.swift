import Events
import Plugins
import Testing

@Suite("A chain of redactors")
struct RedactorChainTests {
    /// What became of lines: of each event its id, outcome and plugin, in the batch's order.
    private func run(_ lines: [String], through redactors: [Redactor]) -> (batch: EventBatch, events: [String]) {
        let batch = EventBatch()
        Array(lines.joined(separator: "\n").utf8).withUnsafeBytes { batch.bytes.append($0) }
        let chain = RedactorChain(redactors)
        var events: [String] = []
        while !batch.isDone {
            chain.process(batch, skipping: false) { document, event in
                var buffer = ByteBuffer()
                let id = document.string(of: document.node(of: .id), decodedInto: &buffer)
                events.append("\(String(decoding: id, as: UTF8.self)) \(event.line) \(event.outcome) \(event.plugin)")
            }
        }
        return (batch, events)
    }

    private func event(_ id: Int, _ does: String) -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"s","type":"x","data":{"does":"\#(does)"}}"#
    }

    @Test("has outcomes, failures and logs in the order of the events, whatever each of them comes to")
    func keepsOrder() throws {
        let first = try load(
            plugin(
                """
                local does = event.data.does
                host.log(event.id)
                if does == "fail" then error("as asked by " .. event.id) end
                if does == "drop" then return nil end
                if does == "grow" then for i = 1, 5 do event.data["a" .. i] = ("x"):rep(250000) end end
                if does == "change" then event.data.does = "changed" end
                return event
                """, reads: #""user", "user.unclassified", "system.operations""#))
        let second = try load(plugin("return event"))
        let deeds = ["pass", "grow", "fail", "change", "drop"]
        var lines: [String] = []
        var wanted: [String] = []
        for number in 0..<60 {
            if number % 7 == 6 { lines.append(number % 2 == 0 ? "" : "no event") }
            let deed = deeds[number * number % deeds.count]
            let outcome = [
                "pass": "passed 2", "grow": "failed 0", "fail": "failed 0", "change": "changed 2", "drop": "dropped 0",
            ]
            wanted.append("\(number) \(lines.count) \(outcome[deed] ?? "")")
            lines.append(event(number, deed))
        }
        let (batch, events) = run(lines, through: [first, second])
        #expect(events == wanted)
        let failures = batch.failures.map { $0.code == "output_limit" ? "grow" : String($0.message.suffix(2)) }
        let failed = (0..<60).map { ($0, deeds[$0 * $0 % deeds.count]) }.filter { ["grow", "fail"].contains($0.1) }
        #expect(failures.count == failed.count && failures.count > 20)
        for (failure, (number, deed)) in zip(failures, failed) {
            #expect(deed == "grow" ? failure == "grow" : failure.trimmingPrefix("y ") == "\(number)")
        }
        #expect(batch.log.map { Int(String(decoding: $0.text.dropLast(), as: UTF8.self)) } == Array(0..<60))
        #expect(batch.rejects.map { $0.line } == lines.indices.filter { lines[$0] == "no event" })
    }
}
