/// What is left of a labelled value in what a plugin made of its text.
struct Remains {
    /// Its letters and digits, as bytes.
    let size: Int
    /// Those that can still be read.
    let left: Int

    var isFound: Bool { size > 0 && left == 0 }

    init(of span: LabelledText.Span, words: [Range<Int>], _ replacements: [Replacement]) {
        let own = words.filter { $0.overlaps(span.range) }
        let touched = replacements.filter { $0.words.contains { $0.overlaps(span.range) } }
        let gone = touched.flatMap { $0.words }
        let left = own.filter { !gone.contains($0) } + touched.flatMap { $0.left }
        func size(_ ranges: [Range<Int>]) -> Int { ranges.reduce(0) { $0 + $1.clamped(to: span.range).count } }
        self.size = size(own)
        self.left = size(left)
    }
}

extension Remains {
    /// The parts of a word that stand in one of the words that took its place: four letters or digits in a row, three where these are
    /// half of the word, or all of a word that has no more than three. Less may be there by chance, as a pseudonym's digits.
    static func parts(of word: Range<Int>, in text: [UInt8], leftBy present: [[Unicode.Scalar]]) -> [Range<Int>] {
        let scalars = Array(String(decoding: text[word], as: UTF8.self).unicodeScalars)
        let fewest = max(2, min(scalars.count, max(3, min(4, (scalars.count + 1) / 2))))
        var isLeft = [Bool](repeating: false, count: scalars.count)
        for other in present {
            // How many are the same, up to each place of the word and this one of the other.
            var runs = [Int](repeating: 0, count: scalars.count + 1)
            for scalar in other {
                for place in scalars.indices.reversed() {
                    let run = scalars[place] == scalar ? runs[place] + 1 : 0
                    runs[place + 1] = run
                    if run >= fewest { for index in (place + 1 - run)...place { isLeft[index] = true } }
                }
            }
        }
        var (parts, start) = ([Range<Int>](), word.lowerBound)
        for (scalar, isLeft) in zip(scalars, isLeft) {
            let end = start + UTF8.width(scalar)
            if isLeft { parts.append(start..<end) }
            start = end
        }
        return parts
    }
}
