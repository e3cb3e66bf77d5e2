import Foundation
import HostCore
import Testing

@Suite("How well a redactor finds what is personal")
struct RedactionEvaluationTests {
    /// What a plugin makes of texts, of which `{kind.form:value}` is labelled.
    private func evaluate(_ marked: [String], _ redact: String) throws -> RedactionEvaluation {
        let workshop = try Workshop()
        let lines = try marked.map { try Self.line(of: $0) }
        let corpus = try workshop.write(lines.map { $0 + "\n" }.joined(), to: "corpus.ndjson")
        let plugin = try workshop.write(
            """
            return {
              kind = "redactor", name = "mine", version = "1.0.0", reads = { "user.content" },
              redact = function(event)
                local data = event.data
                \(redact)
                return event
              end,
            }
            """, to: "mine.lua")
        return try RedactionEvaluation(
            corpora: [corpus], plugins: [try PluginFile(plugin, folder: workshop.folder)],
            keyFile: workshop.folder + "/key")
    }

    private static func line(of marked: String) throws -> String {
        var text = ""
        var spans: [[String: Any]] = []
        for (index, part) in marked.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard index > 0, let colon = part.firstIndex(of: ":"), let close = part.firstIndex(of: "}") else {
                text += part
                continue
            }
            let label = part[..<colon].split(separator: ".").map { String($0) }
            let start = text.utf8.count
            text += part[part.index(after: colon)..<close]
            spans.append(["start": start, "end": text.utf8.count, "kind": label[0], "form": label[1]])
            text += part[part.index(after: close)...]
        }
        let object: [String: Any] = ["text": text, "language": "en", "spans": spans]
        return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }

    @Test("a value is found when nothing of it is left, and a replacement is right when it took nothing else")
    func scores() throws {
        let evaluation = try evaluate(
            [
                "I am {name.first:Zoë Ångström}, hello", "I am {name.first:Bob Smith}, hello", "I am {name.bare:Eve}.",
                "Good film, {name.bare:Ann}!",
            ],
            #"data.text = data.text:gsub("Zoë Ångström", "[name]"):gsub("Smith", "[name]"):gsub("film", "[name]")"#)
        let names = try #require(evaluation.all.kinds["name"])
        #expect(names.recall.count == 1 && names.recall.total == 4)
        #expect(names.bytes.count == 4 + 10 + 5 && names.bytes.total == 4 + 10 + 3 + 5 + 3 + 3)
        #expect(names.precision.count == 2 && names.precision.total == 3)
        #expect(names.forms["first"]?.count == 1 && names.forms["first"]?.total == 2 && names.forms["bare"]?.count == 0)
        // 5 PR / (4 P + R)
        let f2 = try #require(names.f2)
        #expect(abs(f2 - 5 * (2.0 / 3) * 0.25 / (4 * (2.0 / 3) + 0.25)) < 1e-12)
        #expect(evaluation.mistakes.map { $0.problem } == ["missed", "missed", "missed", "wrong"])
        #expect(evaluation.mistakes.map { $0.value } == ["Bob Smith", "Eve", "Ann", "film"])
        #expect(evaluation.languages["en"] == evaluation.all)
        #expect(evaluation.table.contains("25.0 %") && evaluation.mistakeList.contains("missed name (bare): Eve"))
    }

    @Test(
        "a value of which a part can still be read is not found, and that part is not gone",
        arguments: [
            ("card", "4111111111114242", "************4242", 4), ("name", "Dolores", "Dolore", 6),
            ("name", "Dolores Huerta", "[name] Huert", 5), ("name", "Bob", "Bobby", 3), ("name", "Zoë", "ZoëX", 4),
            ("phone", "+4930123456", "+49301*****", 5), ("name", "Иван", "Ивана", 8), ("name", "Иван", "овала", 0),
            ("name", "Dolores", "D.", 0), ("name", "Ann", "a person", 0), ("name", "Ted", "REDACTED", 0),
            ("card", "4111111111114242", "b7c1117e42f94c3f9a42b6d2e1f00421", 0),
        ])
    func partsLeft(_ kind: String, _ value: String, _ instead: String, _ left: Int) throws {
        let evaluation = try evaluate(
            ["Here is {\(kind).any:\(value)}, thanks"],
            """
            local from, to = data.text:find("\(value)", 1, true)
            data.text = data.text:sub(1, from - 1) .. "\(instead)" .. data.text:sub(to + 1)
            """)
        let scores = try #require(evaluation.all.kinds[kind])
        #expect(scores.recall.count == (left == 0 ? 1 : 0) && scores.recall.total == 1)
        #expect(scores.bytes.total - scores.bytes.count == left, "\(scores.bytes)")
        #expect(evaluation.mistakes.map { $0.problem } == (left == 0 ? [] : ["missed"]))
    }

    @Test("a wrong name for what was taken is no mistake, and each kind of label has its own precision")
    func labels() throws {
        let evaluation = try evaluate(
            ["Pay {card.any:4111 1111} or {iban.any:DE89 3704} now"],
            #"data.text = data.text:gsub("4111 1111", "[phone]"):gsub("DE89 3704", "[iban]")"#)
        #expect(evaluation.all.kinds["card"]?.recall.value == 1 && evaluation.all.kinds["card"]?.precision.total == 0)
        #expect(evaluation.all.kinds["phone"]?.precision.value == 1 && evaluation.all.kinds["iban"]?.f2 == 1)
        #expect(evaluation.mistakes.isEmpty)
    }

    @Test(
        "neighbours are told apart, by what stands between them and by where labelled values begin",
        arguments: [
            "{name.a:Ann Lee}, {address.a:Oak Lane 3}", "{name.a:Ann}\n{address.a:1 Elm St, Apt 2}",
            "{name.a:Ann Lee} {address.a:Oak Lane 3}",
        ])
    func neighbours(_ text: String) throws {
        let evaluation = try evaluate(
            ["To " + text + " please"],
            """
            data.text = data.text:gsub("Ann Lee", "[name]"):gsub("Ann", "[name]")
              :gsub("Oak Lane 3", "[address]"):gsub("1 Elm St, Apt 2", "[address]")
            """)
        #expect(
            evaluation.all.kinds["name"]?.precision.count == 1 && evaluation.all.kinds["name"]?.precision.total == 1)
        #expect(evaluation.all.kinds["address"]?.precision.count == 1)
        #expect(evaluation.all.kinds["address"]?.precision.total == 1 && evaluation.mistakes.isEmpty)
    }

    @Test("words that stand for a value in brackets and elsewhere too do not mislead")
    func repeatedWords() throws {
        let evaluation = try evaluate(
            ["my name [b] is {name.a:Ann [b] Lee}, my name [b] is Ann"],
            #"data.text = data.text:gsub("Ann %[b%] Lee", "[name]")"#)
        #expect(evaluation.all.kinds["name"]?.recall.value == 1 && evaluation.all.kinds["name"]?.precision.value == 1)
    }

    @Test(
        "whatever a plugin writes instead, or nothing at all, what is gone is gone",
        arguments: [
            #"data.text = data.text:gsub("Ann", "***")"#, "data.text = nil", "data.text = ''", "event = nil",
            #"data.text = data.text:gsub("Ann", "a person")"#,
        ])
    func others(_ redact: String) throws {
        let evaluation = try evaluate(["Yours, {name.a:Ann}"], redact)
        #expect(evaluation.all.kinds["name"]?.recall.value == 1)
        let other = try #require(evaluation.all.kinds[RedactionScores.unlabelled])
        #expect(other.precision.total == 1 && other.precision.count == (redact.contains("gsub") ? 1 : 0))
    }

    @Test("intervals are Wilson's")
    func intervals() throws {
        let texts = (0..<10).map { $0 < 7 ? "I am {name.a:Ann}." : "I am {name.a:Bob}." }
        let recall = try #require(
            try evaluate(texts, #"data.text = data.text:gsub("Ann", "[name]")"#).all.kinds["name"]?.recall)
        let interval = try #require(recall.interval)
        #expect(recall.value == 0.7)
        #expect(abs(interval.lowerBound - 0.396_775) < 1e-5 && abs(interval.upperBound - 0.892_209) < 1e-5)
    }

    @Test(
        "a line that is no labelled text is refused, with its number and what is wrong",
        arguments: [
            ("{", "no JSON object"), (#"{"text":"a"}"#, "no JSON object"),
            (#"{"text":"abc","spans":[{"start":2,"end":4,"kind":"name"}]}"#, "not within the text's 3 bytes"),
            (#"{"text":"abc","spans":[{"start":2,"end":2,"kind":"name"}]}"#, "not within"),
            (#"{"text":"abc","spans":[{"start":-1,"end":2,"kind":"name"}]}"#, "not within"),
            (#"{"text":"a ***","spans":[{"start":2,"end":5,"kind":"name"}]}"#, "no letter and no digit"),
            (#"{"text":"äbc","spans":[{"start":1,"end":3,"kind":"name"}]}"#, "byte 1 is inside of a character"),
            (
                #"{"text":"abc","spans":[{"start":1,"end":3,"kind":"a"},{"start":0,"end":2,"kind":"b"}]}"#,
                "begin at 0 and at 1 overlap"
            ), ("\n", "no text"),
        ])
    func refused(_ line: String, _ message: String) throws {
        let workshop = try Workshop()
        let isEmpty = line == "\n"
        let corpus = try workshop.write(isEmpty ? line : "\n\(line)\n", to: "corpus.ndjson")
        let error = try #require(throws: HostError.self) {
            try RedactionEvaluation(
                corpora: [corpus], plugins: [try redactor(in: workshop)], keyFile: workshop.folder + "/key")
        }
        #expect(error.exitCode == 65 && error.message.contains(message), "\(error.message)")
        #expect(isEmpty || error.message.contains("corpus.ndjson:2: "))
    }

    @Test("a plugin that fails on a text is an error, and so are no redactor and no file")
    func failures() throws {
        #expect(throws: HostError.self) { try evaluate(["a"], "error('no')") }
        let workshop = try Workshop()
        let corpus = try workshop.write(#"{"text":"a","spans":[]}"#, to: "corpus.ndjson")
        #expect(throws: HostError.usage("none of the plugins is a redactor")) {
            try RedactionEvaluation(corpora: [corpus], plugins: [], keyFile: workshop.folder + "/key")
        }
        #expect(throws: HostError.self) {
            try RedactionEvaluation(
                corpora: ["nowhere.ndjson"], plugins: [try redactor(in: workshop)], keyFile: workshop.folder + "/key")
        }
    }

    private func redactor(in workshop: Workshop) throws -> PluginFile {
        let text = """
            return {
              kind = "redactor", name = "mine", version = "1.0.0", reads = {}, redact = function(event) return event end,
            }
            """
        return try PluginFile(try workshop.write(text, to: "mine.lua"), folder: workshop.folder)
    }
}
