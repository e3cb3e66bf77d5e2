import Foundation
import TestSupport
import Testing

@Suite("host evaluate")
struct EvaluateCommandTests {
    private func store(in folder: URL) throws {
        let examples = root.appending(path: "examples").path
        let outcome = try shell(
            """
            python3 \(examples)/make-viewers.py --viewers 120 --days 40 > viewers.ndjson && \
            python3 \(examples)/make-recommendations.py viewers.ndjson > recommendations.ndjson && \
            host run viewers.ndjson recommendations.ndjson --no-plugins --store viewers.sqlite --quiet
            """, in: folder)
        #expect(outcome.code == 0, "\(outcome.errors)")
    }

    private func object(_ line: String, in folder: URL) throws -> [String: Any] {
        let outcome = try shell(line, in: folder)
        #expect(outcome.code == 0, "\(line): \(outcome.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    @Test("every command has JSON, which says the same each time")
    func json() throws {
        let folder = try temporaryFolder()
        try store(in: folder)
        let found = try object("host evaluate --model ease --minimum-weight 0.1 --search 3 --json", in: folder)
        #expect((found["model"] as? String)?.hasPrefix("ease") == true && found["metrics"] is [String: Any])
        let logged = "host evaluate logged --recommender chance --model popularity --length 3 --json"
        let estimate = try object(logged, in: folder)
        #expect(estimate["self_normalised"] is [String: Double] && estimate["recommendations"] as? Int ?? 0 > 100)
        #expect(try shell(logged, in: folder).output == shell(logged, in: folder).output)
        let split = try object("host evaluate experiment rows --json", in: folder)
        #expect(
            (split["variants"] as? [[String: Any]])?.compactMap { $0["variant"] as? String } == ["control", "tastes"])
        let ratio = try #require(split["sample_ratio"] as? [String: Any])
        #expect(ratio["mismatch"] as? Bool == false && ratio["planned_shares"] as? [Double] == [0.5, 0.5])
        let wrong = try object(
            "host evaluate experiment rows --variant control=9 --variant tastes --json", in: folder)
        #expect((wrong["sample_ratio"] as? [String: Any])?["mismatch"] as? Bool == true)
        let mixed = try object("host evaluate experiment mixed-rows --interleaved --json", in: folder)
        #expect((mixed["sign_test_p"] as? Double ?? 1) < 0.01)
    }

    @Test("assignments are those that the example's own hash gives")
    func assignments() throws {
        let folder = try temporaryFolder()
        try store(in: folder)
        let lines = try shell("grep '\"experiment\":\"rows\"' recommendations.ndjson", in: folder).output
        var variants: [String: String] = [:]
        for line in lines.split(separator: "\n") {
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let data = event?["data"] as? [String: Any]
            variants[event?["subject"] as? String ?? ""] = data?["variant"] as? String
        }
        let viewers = variants.keys.sorted()
        try Data(viewers.map { $0 + "\n" }.joined().utf8).write(to: folder.appending(path: "list.txt"))
        let command = "host evaluate assign rows - --variant control --variant tastes=1 < list.txt"
        let assigned = try shell(command, in: folder).output.split(separator: "\n").map { String($0) }
        #expect(viewers.count > 50 && assigned == viewers.compactMap { variants[$0] })
    }

    @Test(
        "what makes no sense is refused",
        arguments: [
            "host evaluate --html --json", "host evaluate --search 5 --protocol last", "host evaluate --search 0",
            "host evaluate logged --length 0", "host evaluate logged --clip -1", "host evaluate logged --clip nan",
            "host evaluate assign rows anna --variant one", "host evaluate assign rows anna --variant a --variant b=0",
            "host evaluate experiment rows", "host evaluate logged",
            "host evaluate experiment rows --variant a --variant a",
            "host evaluate experiment rows --interleaved --variant a --variant b",
        ])
    func refused(_ command: String) throws {
        let outcome = try shell(command, in: try temporaryFolder())
        #expect(outcome.code == 2 && !outcome.errors.isEmpty)
    }
}
