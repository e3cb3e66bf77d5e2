internal import Foundation
internal import Models

/// Viewers with tastes of their own and a long tail of titles, the same ones every time.
struct MadeUpViewers {
    let interactions: Interactions
    /// When the last of them took up something.
    static let end: Int64 = 1_730_000_000

    private static let tasteCount = 64

    /// Each taste likes the titles in an order of its own, and each viewer has three; the number of a viewer's titles is
    /// log-normal.
    init(count: Int, titles: Int, meanEntries: Double) {
        var random = SeededNumbers(7)
        let orders = (0..<Self.tasteCount).map { _ in (0..<UInt32(titles)).shuffled(using: &random) }
        var interactions = Interactions(titleCount: titles)
        interactions.reserve(viewers: count, entries: Int(Double(count) * meanEntries * 1.05))
        var latest = [Int](repeating: -1, count: titles)
        for viewer in 0..<count {
            let tastes = (0..<3).map { _ in Int.random(in: 0..<Self.tasteCount, using: &random) }
            for _ in 0..<min(Self.entries(meanEntries, &random), titles / 4) {
                var title: Int
                repeat {
                    let place = Int(pow(Double(titles), random.next()) - 1)
                    let taste = tastes[Int.random(in: 0..<3, using: &random)]
                    // A part of what all watch is the same for everybody.
                    title = random.next() < 0.3 ? place : Int(orders[taste][place])
                } while latest[title] == viewer
                latest[title] = viewer
                let time = Self.end - Int64.random(in: 0..<30_000_000, using: &random)
                interactions.append(title: title, weight: 1, time: time)
            }
            interactions.endRow()
        }
        self.interactions = interactions
    }

    private static func entries(_ mean: Double, _ random: inout SeededNumbers) -> Int {
        let spread = 0.9
        let normal = (-2 * log(random.next())).squareRoot() * cos(2 * .pi * random.next())
        return max(1, Int(mean * exp(spread * normal - spread * spread / 2)))
    }
}
