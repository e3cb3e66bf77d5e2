internal import CBridge
internal import Events

/// What answers a recommender's questions while it runs. This one has no answers.
open class QuestionAnswers {
    public init() {}

    /// The answer to a question by its number in vh_recommend.h, as bytes of a Lua value that are good until the next question; nil
    /// where there is none. `text` is the question's text, and `count` its number.
    open func answer(_ question: UInt32, _ text: UnsafeRawBufferPointer, count: Int) -> UnsafeRawBufferPointer? { nil }
}

/// Answers questions from a ``RecommendationSource``, as far as a plugin's grants go.
package final class SourceAnswers: QuestionAnswers {
    private let source: RecommendationSource
    private let seesTitles: Bool
    private var writer = StateWriter()

    package init(_ source: RecommendationSource, for grants: Grants) {
        self.source = source
        seesTitles = grants.allow(.userBehaviorMediaConsumption)
    }

    package override func answer(
        _ question: UInt32, _ text: UnsafeRawBufferPointer, count: Int
    ) -> UnsafeRawBufferPointer? {
        writer.removeAll()
        switch vh_question(question) {
        case VH_ASK_POPULAR: put(source.titles(.popular, count: count, genre: genre(text)))
        case VH_ASK_TRENDING: put(source.titles(.trending, count: count, genre: genre(text)))
        case VH_ASK_NEW: put(source.titles(.newest, count: count, genre: genre(text)))
        case VH_ASK_SIMILAR: put(source.similar(to: string(text), count: count))
        case VH_ASK_SCORE: put(source.scores(of: Self.titles(text)))
        case VH_ASK_FOLD_IN: put(source.foldIn(count: count))
        case VH_ASK_TITLE:
            guard let title = source.title(string(text)) else { return nil }
            put(title)
        case VH_ASK_IS_AVAILABLE: writer.put(source.isAvailable(string(text)))
        case VH_ASK_HISTORY where seesTitles:
            let history = source.history()
            writer.beginArray(history.count)
            for entry in history { entry.write(into: &writer) }
        case VH_ASK_SHOWN where seesTitles:
            let shown = source.shown()
            writer.beginMap(shown.count)
            for title in shown { title.write(into: &writer) }
        case VH_ASK_REASONS where seesTitles:
            let reasons = source.reasons(for: string(text))
            if reasons.isEmpty { return nil }
            put(reasons)
        default: return nil
        }
        return writer.bytes.rawBytes
    }

    private func genre(_ text: UnsafeRawBufferPointer) -> String? {
        text.isEmpty ? nil : string(text)
    }

    private func string(_ text: UnsafeRawBufferPointer) -> String {
        String(decoding: text, as: UTF8.self)
    }

    /// The titles of a list; what is no text stands for a title that nobody knows.
    private static func titles(_ bytes: UnsafeRawBufferPointer) -> [String] {
        var cursor = StateCursor(bytes)
        guard case .array(let count) = cursor.next() else { return [] }
        var titles: [String] = []
        for _ in 0..<count {
            guard let value = cursor.next(), cursor.skip(after: value) else { return titles }
            if case .string(let text) = value {
                titles.append(String(decoding: text, as: UTF8.self))
            } else {
                titles.append("")
            }
        }
        return titles
    }

    private func put(_ candidates: [RecommendationSource.Candidate]) {
        writer.beginArray(candidates.count)
        for candidate in candidates {
            writer.beginMap(2)
            writer.put("title" as StaticString)
            writer.put(candidate.title)
            writer.put("score" as StaticString)
            writer.put(candidate.score)
        }
    }

    private func put(_ texts: [String]) {
        writer.beginArray(texts.count)
        for text in texts { writer.put(text) }
    }

    /// What is unknown is false, for a list has no holes.
    private func put(_ scores: [Double?]) {
        writer.beginArray(scores.count)
        for score in scores {
            if let score { writer.put(score) } else { writer.put(false) }
        }
    }

    private func put(_ title: RecommendationSource.Title) {
        writer.beginMap(
            5 + (title.year == nil ? 0 : 1) + (title.durationSeconds > 0 ? 1 : 0)
                + (title.maturityRating.isEmpty ? 0 : 1)
                + (title.isForKids == nil ? 0 : 1))
        writer.put("title" as StaticString)
        writer.put(title.key)
        writer.put("name" as StaticString)
        writer.put(title.name)
        writer.put("kind" as StaticString)
        writer.put(title.kind)
        writer.put("genres" as StaticString)
        put(title.genres)
        writer.put("people" as StaticString)
        put(title.people)
        if let year = title.year {
            writer.put("year" as StaticString)
            writer.put(Int64(year))
        }
        if title.durationSeconds > 0 {
            writer.put("duration_seconds" as StaticString)
            writer.put(title.durationSeconds)
        }
        if !title.maturityRating.isEmpty {
            writer.put("maturity_rating" as StaticString)
            writer.put(title.maturityRating)
        }
        if let isForKids = title.isForKids {
            writer.put("for_kids" as StaticString)
            writer.put(isForKids)
        }
    }
}
