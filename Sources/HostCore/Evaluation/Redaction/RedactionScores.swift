/// How much of what is personal was found, and how much of what was taken out was personal.
///
/// A value is found when no letter and no digit of it is left. A replacement is right when it took nothing but labelled values,
/// whatever it calls them: who reads `[phone]` where a card number stood has not learned it.
public struct RedactionScores: Sendable, Equatable {
    /// The scores of one kind of value.
    public struct Kind: Sendable, Equatable {
        /// Values of this kind that were found.
        public internal(set) var recall = Proportion()
        /// Their letters and digits, as bytes.
        public internal(set) var bytes = Proportion()
        /// Replacements that are called so and are right.
        public internal(set) var precision = Proportion()
        /// The recall by how values are written.
        public internal(set) var forms: [String: Proportion] = [:]

        /// The harmonic mean in which recall weighs twice as much as precision; nil where one of them is not known, or both are 0.
        public var f2: Double? {
            guard let recall = recall.value, let precision = precision.value, recall + precision > 0 else { return nil }
            return 5 * precision * recall / (4 * precision + recall)
        }
    }

    public private(set) var texts = 0
    public private(set) var kinds: [String: Kind] = [:]

    /// What replacements without a label in brackets are called.
    public static let unlabelled = "other"

    mutating func add(_ text: LabelledText, _ replacements: [Replacement]) {
        texts += 1
        let gone = replacements.flatMap { $0.words }
        for span in text.spans {
            let words = TextTokens(text.text).tokens.filter { $0.isWord && $0.range.overlaps(span.range) }.map {
                $0.range
            }
            let found = words.filter { gone.contains($0) }
            let size = { (words: [Range<Int>]) in words.reduce(0) { $0 + $1.clamped(to: span.range).count } }
            kinds[span.kind, default: Kind()].recall.add(found.count == words.count)
            kinds[span.kind, default: Kind()].bytes.add(size(found), of: size(words))
            if let form = span.form {
                kinds[span.kind, default: Kind()].forms[form, default: Proportion()].add(found.count == words.count)
            }
        }
        for replacement in replacements {
            kinds[replacement.label ?? Self.unlabelled, default: Kind()].precision.add(replacement.isRight(in: text))
        }
    }
}

extension Replacement {
    /// Whether all that is gone belongs to labelled values.
    func isRight(in text: LabelledText) -> Bool {
        words.allSatisfy { word in text.spans.contains { $0.range.overlaps(word) } }
    }
}
