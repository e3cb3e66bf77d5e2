import Events
import Foundation
import Testing

@Suite("examples/make-viewers.py")
struct MadeUpViewersTests {
    @Test("makes the same events again, and as many as it is told to")
    func sameBytes() throws {
        let command = "python3 examples/make-viewers.py --viewers 40 --days 20"
        let (first, again) = (try shell(command), try shell(command))
        #expect(first.code == 0 && first.output == again.output && first.output.count > 100_000)
        #expect(try shell(command + " --seed 8").output != first.output)
        let some = try shell("python3 examples/make-viewers.py --events 3000")
        #expect(some.code == 0 && some.output.split(separator: "\n").count == 3000)
    }

    @Test("makes events that the host takes, of types and fields that the catalogue has")
    func isValid() throws {
        let run = "host run - --no-plugins --quiet"
        let outcome = try shell("python3 examples/make-viewers.py --viewers 40 | \(run)")
        #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let schemas = Dictionary(
            uniqueKeysWithValues: Catalogue.types.map { ("\($0.name)", Set($0.fields.map { "\($0.name)" })) })
        for line in outcome.output.split(separator: "\n") {
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let fields = try #require(schemas[event?["type"] as? String ?? ""], "\(line)")
            let data = event?["data"] as? [String: Any] ?? [:]
            #expect(fields.isSuperset(of: data.keys), "\(line)")
        }
    }

    @Test("has what goes wrong in a real log: duplicates, late events, a clock in 2099, two subjects of one viewer")
    func isReal() throws {
        let lines = try shell("python3 examples/make-viewers.py").output.split(separator: "\n")
        #expect(Set(lines).count < lines.count)
        let times = lines.compactMap { $0.firstMatch(of: /"time":"([^"]+)"/)?.1 }
        #expect(times.count == lines.count && times != times.sorted())
        #expect(times.contains { $0.hasPrefix("2099") })
        #expect(lines.contains { $0.contains("\"viewer.merged\"") && $0.contains("\"from\":\"visitor/ck-visitor\"") })
    }
}
