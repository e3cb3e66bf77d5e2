import Events
import Foundation
import Models
import TestSupport
import Testing

@Suite("Titles by their metadata")
struct MetadataTests {
    @Test("likeness is the cosine of what titles have, weighed by how rare it is", arguments: 0..<12)
    func cosines(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        let (titles, traits) = (Int.random(in: 1...25, using: &random), 12)
        let counts = (0..<titles).map { _ in
            (0..<traits).map { _ in max(0, Int.random(in: -4...3, using: &random)) }
        }
        let model = MetadataModel(
            counts.map { counts in
                counts.enumerated().flatMap { trait, count in
                    (0..<count).map { _ in MetadataModel.Trait("trait \(trait)", weight: trait % 2 == 0 ? 1 : 0.5) }
                }
            })
        let rarity = (0..<traits).map { trait in
            log(Double(titles) / Double(max(1, counts.count { $0[trait] > 0 })))
        }
        let vectors = counts.map { counts in
            counts.enumerated().map { trait, count in
                count == 0 ? 0 : (1 + log(Double(count))) * (trait % 2 == 0 ? 1 : 0.5) * rarity[trait]
            }
        }
        func cosine(_ one: Int, _ other: Int) -> Double {
            func product(_ one: [Double], _ other: [Double]) -> Double {
                zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
            }
            let lengths = product(vectors[one], vectors[one]) * product(vectors[other], vectors[other])
            return lengths > 0 ? product(vectors[one], vectors[other]) / lengths.squareRoot() : 0
        }
        let taste: [(title: Int, weight: Float)] = [(0, 1), (titles - 1, 0.5), (titles, 3)]
        let scores = model.scores(for: taste)
        for title in 0..<titles {
            #expect(isNear(Double(scores[title]), cosine(0, title) + 0.5 * cosine(titles - 1, title)))
            let parts = model.contributions(to: title, from: taste)
            #expect(isNear(Double(parts.reduce(0, +)), Double(scores[title])))
            let similar = model.similar(to: title, count: 5)
            let wanted = (0..<titles).filter { $0 != title }.map { cosine(title, $0) }.filter { $0 > 1e-9 }.sorted(
                by: >)
            #expect(similar.count == min(5, wanted.count))
            for (one, other) in zip(similar, wanted) { #expect(isNear(Double(one.score), other)) }
        }
    }

    @Test("a catalogue's genres, people and words make titles alike")
    func catalogue() throws {
        var catalogue = TitleCatalogue()
        let event = EventDocument()
        let fields = EventFields(of: event)
        for title in [
            #"{"title_id":"fox","title":"The Snow Fox","genres":["Nature"],"cast":["Ada Lin"],"description":"Foxes in snow."}"#,
            #"{"title_id":"owl","title":"Night Owls","genres":["Nature"],"description":"Owls, and snow."}"#,
            #"{"title_id":"heist","title":"Heist","genres":["Thriller"],"cast":["ADA LIN"]}"#,
            #"{"title_id":"bank","title":"Bank Job","genres":["Thriller"],"description":"A heist goes wrong."}"#,
            #"{"title_id":"none"}"#,
        ] {
            let line = #"{"specversion":"1.0","id":"1","source":"s","type":"title.added","data":\#(title)}"#
            try line.utf8CString.withUnsafeBytes { bytes in
                try event.load(bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), count: bytes.count - 1)
            }
            catalogue.add(fields)
        }
        let model = MetadataModel(catalogue)
        func names(_ key: String) throws -> [String] {
            let number = try #require(catalogue.number(of: key))
            return model.similar(to: number, count: 9).map { catalogue.titles[$0.title].key }
        }
        #expect(try names("fox") == ["owl", "heist"])
        #expect(try Set(names("heist")) == ["fox", "bank"])
        #expect(try names("none").isEmpty)
    }

    @Test("a title that nobody took up gets its score from those most like it, and others keep theirs")
    func coldStart() {
        let traits = [["a", "b"], ["a", "c"], ["d"], ["a", "b", "c"], ["e"], ["d", "f"]]
        let model = MetadataModel(traits.map { $0.map { MetadataModel.Trait($0) } })
        let cold = ColdStart(model, count: 2) { $0 < 3 }
        var scores: [Float] = [0.5, 0.25, -1, -.infinity, -.infinity, -.infinity]
        scores.withUnsafeMutableBufferPointer { cold.fill($0) }
        #expect(Array(scores.prefix(3)) == [0.5, 0.25, -1])
        // It is like titles 0 and 1, and title 5 is like title 2; nothing is like title 4.
        let sources = cold.sources(of: 3)
        #expect(Set(sources.map { $0.title }) == [0, 1])
        let likeness = model.similar(to: 3, count: 1)[0].score
        #expect(isNear(Double(sources.reduce(0) { $0 + $1.score }), Double(likeness)))
        #expect(scores[3] > 0.25 * likeness && scores[3] < 0.5 * likeness)
        #expect(scores[4] == -.infinity && cold.sources(of: 4).isEmpty)
        #expect(scores[5] < 0 && scores[5] > -1)
        #expect(cold.sources(of: 0).isEmpty)
    }

    @Test("no titles, no traits and odd weights are no trouble")
    func empty() {
        #expect(MetadataModel([[MetadataModel.Trait]]()).scores(for: [(0, 1)]).isEmpty)
        let weights: [Float] = [.nan, .infinity, 0, -1]
        let model = MetadataModel([[], weights.map { MetadataModel.Trait("x", weight: $0) }, []])
        #expect(model.scores(for: [(0, 1), (1, .infinity)]) == [0, 0, 0])
        #expect(model.similar(to: 1, count: 3).isEmpty)
        #expect(ColdStart(model) { _ in false }.sources(of: 0).isEmpty)
    }
}
