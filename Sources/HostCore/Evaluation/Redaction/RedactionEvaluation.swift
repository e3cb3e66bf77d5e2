internal import Events
internal import Foundation
internal import Plugins
public import Wasm

/// How well redactor plugins find the personal values in labelled texts.
///
/// ```swift
/// let evaluation = try RedactionEvaluation(corpora: ["held-out.ndjson"], plugins: plugins, keyFile: KeyFile.defaultPath)
/// print(evaluation.table)
/// ```
///
/// Each text is led through the plugins as a run would lead it: in an event of its type, and in its field.
public struct RedactionEvaluation: Sendable {
    /// A value that is not wholly gone, or something else that is gone.
    public struct Mistake: Sendable, Equatable {
        /// `missed` or `wrong`.
        public let problem: String
        /// The value's kind and form, or what stands for what is gone.
        public let kind: String
        /// The value, or what is gone.
        public let value: String
        /// The text, and what the plugins made of it.
        public let text: String
        public let result: String
    }

    public private(set) var all = RedactionScores()
    public private(set) var languages: [String: RedactionScores] = [:]
    public private(set) var groups: [String: RedactionScores] = [:]
    /// In the order of the texts.
    public private(set) var mistakes: [Mistake] = []

    /// Reads the corpora, and leads their texts through the redactors among the plugins. A text that a plugin fails on is an
    /// error: it would wait in quarantine, where all of it can be read.
    public init(
        corpora: [String], plugins: [PluginFile], keyFile: String, isolation: PluginHome = .native
    ) throws(HostError) {
        let loader = PluginLoader(home: isolation, key: try KeyFile.key(at: keyFile))
        let loaded = try loader.load(files: plugins)
        if loaded.redactors.isEmpty { throw .usage("none of the plugins is a redactor") }
        let redaction = TextRedaction(loaded.chains[0])
        for path in corpora {
            for (number, text) in try LabelledText.read(path).enumerated() {
                do throws(LabelError) {
                    add(text, try redaction.result(of: text))
                } catch {
                    throw .data("\(path): text \(number + 1): \(error.message)")
                }
            }
        }
        if all.texts == 0 { throw .data("there is no text in \(corpora.joined(separator: ", "))") }
    }

    private mutating func add(_ text: LabelledText, _ result: String) {
        let replacements = Replacement.all(
            in: text.text, result, borders: Set(text.spans.map { $0.range.lowerBound }))
        all.add(text, replacements)
        if let language = text.language { languages[language, default: RedactionScores()].add(text, replacements) }
        if let group = text.group { groups[group, default: RedactionScores()].add(text, replacements) }
        mistakes += Mistake.all(in: text, replacements, result)
    }
}

extension RedactionEvaluation.Mistake {
    fileprivate static func all(
        in text: LabelledText, _ replacements: [Replacement], _ result: String
    ) -> [RedactionEvaluation.Mistake] {
        let bytes = Array(text.text.utf8)
        func value(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        let words = TextTokens(text.text).words
        let missed = text.spans.filter { !Remains(of: $0, words: words, replacements).isFound }
        return missed.map { span in
            Self(
                problem: "missed", kind: span.kind + (span.form.map { " (\($0))" } ?? ""), value: value(span.range),
                text: text.text, result: result)
        }
            + replacements.filter { !$0.isRight(in: text) }.map { replacement in
                Self(
                    problem: "wrong", kind: replacement.label ?? RedactionScores.unlabelled,
                    value: value(replacement.words[0].lowerBound..<(replacement.words.last?.upperBound ?? 0)),
                    text: text.text, result: result)
            }
    }
}

/// Leads single texts through a chain of redactors.
private final class TextRedaction {
    private let chain: any EventChain
    private let batch = EventBatch()
    private var count = 0

    init(_ chain: any EventChain) {
        self.chain = chain
    }

    /// What is left of the text; nothing, where the event or the field was dropped.
    func result(of text: LabelledText) throws(LabelError) -> String {
        count += 1
        let event: [String: Any] = [
            "specversion": "1.0", "id": "\(count)", "source": "corpus", "subject": "viewer", "type": text.type,
            "data": [text.field: text.text],
        ]
        guard let line = try? JSONSerialization.data(withJSONObject: event) else { throw LabelError("it is no JSON") }
        batch.removeLines()
        line.withUnsafeBytes { batch.bytes.append($0) }
        batch.bytes.append(UInt8(ascii: "\n"))
        chain.process(batch, skipping: false, noting: nil)
        if let failure = batch.failures.first {
            throw LabelError("plugin '\(failure.plugin)' failed: \(failure.message)")
        }
        if let reject = batch.rejects.first { throw LabelError(reject.message) }
        guard batch.output.count > 0 else { return "" }
        let output = try? JSONSerialization.jsonObject(with: Data(batch.output.rawBytes)) as? [String: Any]
        return (output?["data"] as? [String: Any])?[text.field] as? String ?? ""
    }
}
