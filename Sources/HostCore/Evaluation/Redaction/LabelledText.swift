internal import Foundation

/// A text in which somebody has marked what personal values it has.
struct LabelledText: Equatable {
    /// A personal value: bytes of the text's UTF-8.
    struct Span: Equatable {
        let range: Range<Int>
        /// What it is, such as `name`.
        let kind: String
        /// How it is written, such as `signature`; nil where nobody says.
        let form: String?
    }

    let text: String
    /// An ISO 639 code; nil where nobody says.
    let language: String?
    /// Which texts of the corpus it belongs to; nil where they are not told apart.
    let group: String?
    /// The event that it stands in, and where in its `data`.
    let type: String
    let field: String
    /// In the order of the text; none overlap.
    let spans: [Span]
}

extension LabelledText {
    /// Reads one line of JSON; the error says what is wrong with it.
    init(line: Data) throws(LabelError) {
        let stored: Stored
        do {
            stored = try JSONDecoder().decode(Stored.self, from: line)
        } catch {
            throw LabelError(
                """
                it is no JSON object with a `text` and `spans`, each of which has `start`, `end` and `kind`, as \
                docs/redaction.md shows
                """)
        }
        text = stored.text
        language = stored.language
        group = stored.group
        type = stored.type ?? "review.written"
        field = stored.field ?? "text"
        var spans: [Span] = []
        let bytes = Array(stored.text.utf8)
        let words = TextTokens(stored.text).words
        for span in stored.spans.sorted(by: { $0.start < $1.start }) {
            guard span.start >= 0, span.start < span.end, span.end <= bytes.count else {
                throw LabelError(
                    "the span from \(span.start) to \(span.end) is not within the text's \(bytes.count) bytes")
            }
            for place in [span.start, span.end] where place < bytes.count && bytes[place] & 0xC0 == 0x80 {
                throw LabelError("byte \(place) is inside of a character: spans count the bytes of UTF-8")
            }
            if let last = spans.last, span.start < last.range.upperBound {
                throw LabelError("the spans that begin at \(last.range.lowerBound) and at \(span.start) overlap")
            }
            if !words.contains(where: { $0.overlaps(span.start..<span.end) }) {
                throw LabelError(
                    "the span from \(span.start) to \(span.end) has no letter and no digit: whether it is found cannot be told"
                )
            }
            spans.append(Span(range: span.start..<span.end, kind: span.kind, form: span.form))
        }
        self.spans = spans
    }

    /// The texts of an NDJSON file.
    static func read(_ path: String) throws(HostError) -> [LabelledText] {
        guard let data = FileManager.default.contents(atPath: path) else { throw .system("read", path) }
        var texts: [LabelledText] = []
        for (number, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty { continue }
            do throws(LabelError) {
                texts.append(try LabelledText(line: line))
            } catch {
                throw .data("\(path):\(number + 1): \(error.message)")
            }
        }
        return texts
    }

    /// How a line of the corpus is written.
    private struct Stored: Decodable {
        struct Span: Decodable {
            let start: Int
            let end: Int
            let kind: String
            let form: String?
        }

        let text: String
        let language: String?
        let group: String?
        let type: String?
        let field: String?
        let spans: [Span]
    }
}

/// Why a line is no labelled text.
struct LabelError: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
