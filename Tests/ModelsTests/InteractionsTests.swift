import Models
import Testing

@Suite("Interactions")
struct InteractionsTests {
    @Test("rows come back as they were written, the empty ones too")
    func rows() {
        var interactions = Interactions(titleCount: 5)
        interactions.append(title: 4, weight: 2, time: 10)
        interactions.append(title: 1, weight: 0.5, time: -3)
        interactions.endRow()
        interactions.endRow()
        interactions.append(title: 0, weight: 1, time: 7)
        interactions.endRow()
        #expect(interactions.viewerCount == 3 && interactions.count == 3)
        interactions.withRow(0) { row in
            #expect(Array(row.titles) == [4, 1])
            #expect(Array(row.weights) == [2, 0.5])
            #expect(Array(row.times) == [10, 0])
        }
        #expect(interactions.withRow(1) { $0.count } == 0)
        #expect(interactions.withRow(2) { Array($0.titles) } == [0])
    }
}
