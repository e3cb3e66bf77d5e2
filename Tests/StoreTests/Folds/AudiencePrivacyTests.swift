import Foundation
import Store
import TestSupport
import Testing

private let minimum = 50
private let smallestChange = 10

private func store() throws -> EventStore {
    try EventStore(path: try temporaryFolder().appending(path: "viewers.sqlite").path)
}

private func fold(_ store: EventStore) throws -> StoredFold {
    try store.begin(StoredFold(kind: "segment", name: "s", version: "1", fingerprint: []))
}

/// What docs/segments.md promises of two editions of an audience.
@Suite("What audiences tell of one viewer")
struct AudiencePrivacyTests {
    @Test("is nothing: whoever comes, goes and refuses, editions differ by nobody or by ten, and have fifty or none")
    func editions() throws {
        let store = try store()
        let fold = try fold(store)
        var generator = SplitMix(state: 20)
        let viewers = (0..<140).map { _ in Int64.random(in: .min ... .max, using: &generator) }.sorted()
        var refused: Set<Int64> = []
        var isMember = viewers.map { _ in Bool.random(using: &generator) }
        var published = Set(try store.audience(of: fold))
        for step in 0..<600 {
            var gone: [Int64] = []
            if Int.random(in: 0..<4, using: &generator) == 0 {
                gone = [viewers[Int.random(in: viewers.indices, using: &generator)]]
                refused.formUnion(gone)
                let changes = FoldChanges()
                changes.minimumAudience = minimum
                changes.withdrawn = [fold.number: gone]
                try store.commit(changes)
            } else {
                for _ in 0..<Int.random(in: 0...25, using: &generator) {
                    isMember[Int.random(in: viewers.indices, using: &generator)].toggle()
                }
                if Int.random(in: 0..<10, using: &generator) == 0 { refused.removeAll() }
                let members = zip(viewers, isMember).filter { $1 && !refused.contains($0) }.map(\.0)
                try store.publish(members, of: fold, minimum: minimum, at: Int64(step))
            }
            let next = Set(try store.audience(of: fold))
            #expect(next.isEmpty || next.count >= minimum)
            // Who refuses is gone at once.
            #expect(next.isDisjoint(with: gone))
            let (came, went) = (next.subtracting(published).count, published.subtracting(next).count)
            #expect(came == 0 || came >= smallestChange, "step \(step): \(came) came")
            #expect(went == 0 || went >= smallestChange, "step \(step): \(went) went")
            published = next
        }
        try store.close()
    }

    @Test("is not who of ten refused: the others who leave are drawn from all, each as likely as the others")
    func companions() throws {
        let store = try store()
        let fold = try fold(store)
        var generator = SplitMix(state: 21)
        let (all, trials) = (120, 1500)
        var counts = [Int](repeating: 0, count: all)
        for trial in 0..<trials {
            // A store's own key makes viewers' numbers: who has which is as good as drawn anew.
            let numbers = (0..<all).map { _ in Int64.random(in: .min ... .max, using: &generator) }
            try store.publish([], of: fold, minimum: minimum, at: Int64(trial))
            try store.unpublishAudiences(below: .max)
            try store.publish(numbers.sorted(), of: fold, minimum: minimum, at: Int64(trial))
            let changes = FoldChanges()
            changes.minimumAudience = minimum
            changes.withdrawn = [fold.number: [numbers[0]]]
            try store.commit(changes)
            let rest = Set(try store.audience(of: fold))
            for place in numbers.indices where !rest.contains(numbers[place]) { counts[place] += 1 }
        }
        try store.close()
        #expect(counts[0] == trials)
        #expect(counts.reduce(0, +) == trials * smallestChange)
        // Nine of 119, without one coming twice.
        let share = Double(smallestChange - 1) / Double(all - 1)
        let expected = share * Double(trials)
        let statistic = counts.dropFirst().reduce(0.0) { sum, count in
            sum + (Double(count) - expected) * (Double(count) - expected) / (expected * (1 - share))
        }
        let test = ChiSquare(statistic: statistic * Double(all - 2) / Double(all - 1), freedom: all - 2)
        #expect(test.isPlausible, "\(test)")
    }
}
