/// Numbers as blocks of eight heights, on one line of text.
enum Sparkline {
    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// The lowest number is the lowest block, the highest the highest, a space none; numbers that are all the same stand in
    /// the middle.
    static func text(_ numbers: [Double?]) -> String {
        let known = numbers.compactMap(\.self)
        guard let lowest = known.min(), let highest = known.max() else {
            return String(repeating: " ", count: numbers.count)
        }
        return String(numbers.map { $0.map { block($0, from: lowest, to: highest) } ?? " " })
    }

    private static func block(_ number: Double, from lowest: Double, to highest: Double) -> Character {
        if lowest == highest { return blocks[blocks.count / 2] }
        // Halves, because the difference of two numbers can be more than a number can be.
        let share = (number / 2 - lowest / 2) / (highest / 2 - lowest / 2)
        return blocks[min(blocks.count - 1, Int(share * Double(blocks.count)))]
    }
}
