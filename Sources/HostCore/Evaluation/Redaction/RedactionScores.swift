/// How much of what is personal was found, and how much of what was taken out was personal.
///
/// A value is found when none of its words is left, nor a part of one that tells it (``Remains``). A replacement is right when it took nothing but labelled values,
/// whatever it calls them: who reads `[phone]` where a card number stood has not learned it.
public struct RedactionScores: Sendable, Equatable {
    /// The scores of one kind of value.
    public struct Kind: Sendable, Equatable {
        /// Values of this kind that were found.
        public internal(set) var recall = Proportion()
        /// The letters and digits of all values, as bytes, and those that cannot be read any more.
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
        let words = TextTokens(text.text).words
        for span in text.spans {
            let remains = Remains(of: span, words: words, replacements)
            kinds[span.kind, default: Kind()].recall.add(remains.isFound)
            kinds[span.kind, default: Kind()].bytes.add(remains.size - remains.left, of: remains.size)
            if let form = span.form {
                kinds[span.kind, default: Kind()].forms[form, default: Proportion()].add(remains.isFound)
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
