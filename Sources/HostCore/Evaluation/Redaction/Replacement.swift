/// A stretch of a text that is no longer in what a plugin made of it.
struct Replacement: Equatable {
    /// The words that are no longer there as they were, as bytes of the text's UTF-8.
    let words: [Range<Int>]
    /// What can still be read of these words in what stands for them.
    var left: [Range<Int>] = []
    /// What stands for them between brackets, such as `phone` of `[phone]`; nil where it is something else, or nothing.
    let label: String?
}

extension Replacement {
    /// What was replaced in `text`, of which a plugin made `result`.
    ///
    /// Both are aligned by their longest common subsequence of words and punctuation marks (Myers 1986), so that whatever a
    /// plugin writes for a value, what is gone is found. Stretches end at words that are still there. Where it cannot be told where
    /// one of two neighbours ends, one of the `borders` decides.
    static func all(in text: String, _ result: String, borders: Set<Int> = []) -> [Replacement] {
        if text == result { return [] }
        let before = TextTokens(text)
        let after = TextTokens(result)
        let kept = keptPairs(before, after)
        let bytes = Array(text.utf8)
        let resultBytes = Array(result.utf8)
        var replacements: [Replacement] = []
        var start = (token: 0, place: 0, resultToken: 0, resultPlace: 0)
        for pair in kept + [nil] {
            let end = pair.map { before.tokens[$0.before].range.lowerBound } ?? bytes.count
            let resultEnd = pair.map { after.tokens[$0.after].range.lowerBound } ?? resultBytes.count
            let words = before.tokens[start.token..<(pair?.before ?? before.tokens.count)].filter { $0.isWord }
            if !words.isEmpty {
                let gap = Gap(
                    words: words.map { $0.range }, end: end, borders: borders,
                    result: Labels(in: resultBytes[start.resultPlace..<resultEnd]))
                let inserted = start.resultToken..<(pair?.after ?? after.tokens.count)
                let present = inserted.filter { after.tokens[$0].isWord }.map { Array(after.texts[$0]) }
                replacements += gap.replacements(in: bytes).map { replacement in
                    var replacement = replacement
                    replacement.left = replacement.words.flatMap { Remains.parts(of: $0, in: bytes, leftBy: present) }
                    return replacement
                }
            }
            guard let pair else { break }
            start = (
                pair.before + 1, before.tokens[pair.before].range.upperBound, pair.after + 1,
                after.tokens[pair.after].range.upperBound
            )
        }
        return replacements
    }

    /// The words that are in both, in order.
    private static func keptPairs(_ before: TextTokens, _ after: TextTokens) -> [(before: Int, after: Int)?] {
        let difference = after.texts.difference(from: before.texts) { $0.elementsEqual($1) }
        var removed = Set<Int>()
        var inserted = Set<Int>()
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        let left = before.texts.indices.filter { !removed.contains($0) }
        let right = after.texts.indices.filter { !inserted.contains($0) }
        return zip(left, right).filter { before.tokens[$0.0].isWord }.map { (before: $0.0, after: $0.1) }
    }
}

/// A stretch without a word that is still there, and what became of it.
private struct Gap {
    let words: [Range<Int>]
    let end: Int
    let borders: Set<Int>
    let result: Labels

    /// One for each label; what stands between two labels tells where one ends and the next begins.
    func replacements(in text: [UInt8]) -> [Replacement] {
        var replacements: [Replacement] = []
        var rest = words[...]
        for (index, label) in result.labels.enumerated() where !rest.isEmpty {
            guard index + 1 < result.labels.count,
                let end = place(of: result.between[index], in: text, behind: rest[rest.startIndex])
            else {
                replacements.append(Replacement(words: Array(rest), label: label))
                return replacements
            }
            let own = rest.prefix { $0.lowerBound < end }
            replacements.append(Replacement(words: Array(own), label: label))
            rest = rest.dropFirst(own.count)
        }
        return rest.isEmpty ? replacements : replacements + [Replacement(words: Array(rest), label: nil)]
    }

    /// Where `separator` stands: before a border, or else for the first time.
    private func place(of separator: ArraySlice<UInt8>, in text: [UInt8], behind word: Range<Int>) -> Int? {
        let last = end - separator.count
        let places = (word.upperBound..<max(word.upperBound, last + 1)).filter {
            text[$0..<($0 + separator.count)] == separator
        }
        return places.first { borders.contains($0 + separator.count) } ?? places.first
    }
}

/// The labels in brackets in a part of a result, and what stands between them.
private struct Labels {
    private(set) var labels: [String] = []
    private(set) var between: [ArraySlice<UInt8>] = []

    init(in bytes: ArraySlice<UInt8>) {
        var index = bytes.startIndex
        var lastEnd: Int?
        while let open = bytes[index...].firstIndex(of: UInt8(ascii: "[")) {
            index = open + 1
            let name = bytes[index...].prefix {
                $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") || $0 == UInt8(ascii: "_")
            }
            guard !name.isEmpty, name.endIndex < bytes.endIndex, bytes[name.endIndex] == UInt8(ascii: "]") else {
                continue
            }
            if let lastEnd { between.append(bytes[lastEnd..<open]) }
            labels.append(String(decoding: name, as: UTF8.self))
            index = name.endIndex + 1
            lastEnd = index
        }
    }
}
