internal import Foundation

/// Likeness of titles by what the catalogue says of them: it needs no viewers, so that a new title is like others on its first day.
///
/// A title is a vector of its genres, its people and the words of its name and description. What few titles have counts more
/// (TF-IDF: 1 + ln of how often it has it, times ln of the number of titles for each that has it), and likeness is the cosine of
/// the vectors. A title's score is the sum of its likenesses to what the viewer took up.
///
/// ```swift
/// let model = MetadataModel(catalogue)
/// model.similar(to: catalogue.number(of: "the-snow-fox")!, count: 10)
/// ```
public struct MetadataModel: RankingModel {
    /// Something that a title has.
    public struct Trait: Sendable {
        public let name: String
        /// How much it counts, above 0.
        public let weight: Float

        public init(_ name: String, weight: Float = 1) {
            self.name = name
            self.weight = weight
        }
    }

    public let titleCount: Int
    /// By title, its traits' numbers, and what they count; of length 1, or empty.
    private let traits: SparseRows
    /// By trait, the titles that have it.
    private let titles: SparseRows

    /// `traits` are each title's, in the order of the titles' numbers; one that comes more than once counts more.
    public init(_ traits: [[Trait]]) {
        var numbers: [String: Int] = [:]
        let counted = traits.map { Self.counted($0, &numbers) }
        var holders = [Int](repeating: 0, count: numbers.count)
        for title in counted {
            for trait in title { holders[trait.title] += 1 }
        }
        let rarity = holders.map { Float(log(Double(traits.count) / Double($0))) }
        let vectors = counted.map { Self.normalized($0, rarity) }
        titleCount = traits.count
        self.traits = SparseRows(vectors)
        titles = SparseRows(columns: vectors, rowCount: numbers.count)
    }

    public func score(_ taste: TasteView, into scores: UnsafeMutableBufferPointer<Float>) {
        scores.update(repeating: 0)
        var wanted = [Float](repeating: 0, count: titles.rowCount)
        var touched: [Int] = []
        for entry in 0..<taste.count {
            let weight = taste.weight(entry, of: titleCount)
            if weight == 0 { continue }
            for place in traits.places(of: Int(taste.titles[entry])) {
                let trait = Int(traits.columns[place])
                if wanted[trait] == 0 { touched.append(trait) }
                wanted[trait] += weight * traits.values[place]
            }
        }
        for trait in touched {
            for place in titles.places(of: trait) {
                scores[Int(titles.columns[place])] += wanted[trait] * titles.values[place]
            }
        }
    }

    public func contributions(to title: Int, from taste: TasteView, into parts: UnsafeMutableBufferPointer<Float>) {
        var wanted = [Float](repeating: 0, count: titles.rowCount)
        for place in traits.places(of: title) { wanted[Int(traits.columns[place])] = traits.values[place] }
        for entry in 0..<taste.count {
            let weight = taste.weight(entry, of: titleCount)
            parts[entry] = 0
            if weight == 0 { continue }
            for place in traits.places(of: Int(taste.titles[entry])) {
                parts[entry] += weight * traits.values[place] * wanted[Int(traits.columns[place])]
            }
        }
    }

    public func similar(to title: Int, count: Int) -> [ScoredTitle] {
        similar(to: title, count: count) { _ in true }
    }

    /// The titles most like this one of those for which `isWanted`.
    func similar(to title: Int, count: Int, _ isWanted: (Int) -> Bool) -> [ScoredTitle] {
        var likeness = [Float](repeating: 0, count: titleCount)
        for place in traits.places(of: title) {
            for holder in titles.places(of: Int(traits.columns[place])) {
                likeness[Int(titles.columns[holder])] += traits.values[place] * titles.values[holder]
            }
        }
        return likeness.withUnsafeMutableBufferPointer { likeness in
            TopTitles.of(likeness, count: count) { $0 != title && likeness[$0] > 0 && isWanted($0) }
        }
    }

    /// A title's traits by number, with 1 + ln of how often it has each, times its weight.
    private static func counted(_ traits: [Trait], _ numbers: inout [String: Int]) -> [ScoredTitle] {
        var counts: [Int: (count: Double, weight: Float)] = [:]
        for trait in traits where trait.weight > 0 && trait.weight <= TasteView.heaviest {
            let number = numbers[trait.name] ?? numbers.count
            numbers[trait.name] = number
            let known = counts[number] ?? (0, 0)
            counts[number] = (known.count + 1, max(known.weight, trait.weight))
        }
        return counts.sorted { $0.key < $1.key }.map { number, trait in
            ScoredTitle(title: number, score: Float(1 + log(trait.count)) * trait.weight)
        }
    }

    private static func normalized(_ traits: [ScoredTitle], _ rarity: [Float]) -> [ScoredTitle] {
        let vector = traits.map { ScoredTitle(title: $0.title, score: $0.score * rarity[$0.title]) }
        let length = vector.reduce(0) { $0 + $1.score * $1.score }.squareRoot()
        guard length > 0 else { return [] }
        return vector.filter { $0.score > 0 }.map { ScoredTitle(title: $0.title, score: $0.score / length) }
    }
}
