import CXXHash
import Foundation
import Models
import TestSupport
import Testing

@Suite("Models in files")
struct ModelFileTests {
    private static let recipes = [
        "popularity", "neighbours:count=7", "ease:regularization=4", "ease:regularization=4,kept=5",
        "sparse-ease:neighbours=5",
        "ials:rank=5,iterations=2",
    ]

    @Test("a model comes back from its file as it was", arguments: recipes)
    func roundTrip(text: String) throws {
        let (file, data) = try Self.trained(text)
        let path = try temporaryFolder().appending(path: "it.model").path
        try file.write(to: path)
        let read = try ModelFile(path: path)
        #expect(read.recipe == file.recipe && read.titles == file.titles && read.time == 77 && read.position == -3)
        for row in data.rows.prefix(5) { #expect(read.model.scores(for: row) == file.model.scores(for: row)) }
        #expect(read.model.similar(to: 2, count: 4) == file.model.similar(to: 2, count: 4))
    }

    @Test("who has a model open goes on with it when another takes its place")
    func replaced() throws {
        let (file, data) = try Self.trained("ease")
        let path = try temporaryFolder().appending(path: "it.model").path
        try file.write(to: path)
        let open = try ModelFile(path: path)
        let (other, _) = try Self.trained("ease:regularization=900")
        try other.write(to: path)
        #expect(open.model.scores(for: data.rows[0]) == file.model.scores(for: data.rows[0]))
        #expect(try ModelFile(path: path).recipe.text == "ease:regularization=900")
    }

    @Test("a file that is cut off, changed or no model is refused", arguments: recipes)
    func damaged(text: String) throws {
        let (file, _) = try Self.trained(text)
        let path = try temporaryFolder().appending(path: "it.model").path
        try file.write(to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        var random = SplitMix(state: 8)
        for trial in 0..<150 {
            var bytes = whole
            if trial % 3 == 0 {
                bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))
            } else {
                // Not the part of the header that nothing is in.
                let place = Int.random(in: 0..<bytes.count - 24, using: &random)
                bytes[place < 40 ? place : place + 24] ^= UInt8.random(in: 1...255, using: &random)
            }
            try bytes.write(to: URL(fileURLWithPath: path))
            #expect(throws: ModelFileError.self) { try ModelFile(path: path) }
        }
    }

    @Test("a file of an older format is no damaged one: the model has to be trained again")
    func otherFormat() throws {
        let path = try temporaryFolder().appending(path: "it.model").path
        try Self.trained("ease").0.write(to: path)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(bytes[8] == 2)
        bytes[8] = 1
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(throws: ModelFileError.otherFormat(path: path)) { try ModelFile(path: path) }
        #expect(ModelFileError.otherFormat(path: path).message.contains("`host models train`"))
    }

    @Test("a file that was made to do harm, and has the right checksum, is refused or answers", arguments: recipes)
    func hostile(text: String) throws {
        let (file, data) = try Self.trained(text)
        let path = try temporaryFolder().appending(path: "it.model").path
        try file.write(to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        var random = SplitMix(state: 9)
        let odd: [UInt64] = [0, 1, 63, 64, 0x7fff_ffff_ffff_ffff, .max, 0x7fc0_0000_7f80_0000, 0x7149_f2ca_f149_f2ca]
        for trial in 0..<400 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                // The table of sections is right behind the header; half of the changes are to it.
                let end = trial % 2 == 0 ? min(bytes.count, 320) : bytes.count
                let place = Int.random(in: 8..<end - 8, using: &random)
                if Bool.random(using: &random) {
                    bytes[place] = UInt8.random(in: 0...255, using: &random)
                } else {
                    let value = odd.randomElement(using: &random)!.littleEndian
                    withUnsafeBytes(of: value) { bytes.replaceSubrange(place & ~7..<(place & ~7) + 8, with: $0) }
                }
            }
            let sum = bytes.withUnsafeBytes { XXH3_64bits($0.baseAddress! + 64, $0.count - 64) }
            withUnsafeBytes(of: sum.littleEndian) { bytes.replaceSubrange(32..<40, with: $0) }
            try bytes.write(to: URL(fileURLWithPath: path))
            guard let opened = try? ModelFile(path: path) else { continue }
            let model = opened.model
            #expect(opened.titles.count == model.titleCount)
            #expect(model.scores(for: data.rows[trial % 60]).allSatisfy { $0.isFinite })
            for title in 0..<model.titleCount {
                let parts = model.contributions(to: title, from: data.rows[trial % 60])
                #expect(parts.allSatisfy { $0.isFinite })
                let similar = model.similar(to: title, count: 5)
                #expect(similar.allSatisfy { $0.score.isFinite && (0..<model.titleCount).contains($0.title) })
            }
        }
    }

    @Test("a file that is not there, or cannot be written, is said to be so")
    func missing() throws {
        #expect(throws: ModelFileError.missing(path: "/nowhere/it.model")) { try ModelFile(path: "/nowhere/it.model") }
        #expect(throws: ModelFileError.self) { try Self.trained("ease").0.write(to: "/nowhere/it.model") }
        #expect(throws: ModelFileError.self) { try ModelFile(path: "/tmp") }
    }

    private static func trained(_ text: String) throws -> (ModelFile, RandomInteractions) {
        var random = SplitMix(state: 21)
        let data = RandomInteractions(&random, viewers: 60, titles: 30)
        let recipe = try ModelRecipe(parsing: text)
        let model = try recipe.train(data.interactions, now: 5, jobs: 1)
        let titles = (0..<30).map { "title \($0) ✓" }
        return (ModelFile(model, recipe, titles: titles, time: 77, position: -3), data)
    }
}
