/// ``Interactions`` by title: which viewers took it up, and how strongly. Takes 8 bytes an entry.
struct TitleColumns {
    /// Where each column starts, and where the last one ends.
    private(set) var starts: [Int]
    private(set) var viewers: [UInt32]
    private(set) var weights: [Float]

    /// A column has its viewers in rising order.
    init(_ interactions: Interactions) {
        starts = [Int](repeating: 0, count: interactions.titleCount + 1)
        viewers = [UInt32](repeating: 0, count: interactions.count)
        weights = [Float](repeating: 0, count: interactions.count)
        for viewer in 0..<interactions.viewerCount {
            interactions.withRow(viewer) { for title in $0.titles { starts[Int(title) + 1] += 1 } }
        }
        for title in 0..<interactions.titleCount { starts[title + 1] += starts[title] }
        var next = starts
        for viewer in 0..<interactions.viewerCount {
            interactions.withRow(viewer) { row in
                for (title, weight) in zip(row.titles, row.weights) {
                    let place = next[Int(title)]
                    viewers[place] = UInt32(viewer)
                    weights[place] = weight
                    next[Int(title)] += 1
                }
            }
        }
    }

    /// Adds a title's row of the Gram matrix to `sums`: for each title, the sum over viewers of both weights' product.
    func addProducts(
        of title: Int, _ interactions: Interactions, to sums: UnsafeMutablePointer<Float>
    ) {
        for place in starts[title]..<starts[title + 1] {
            let weight = weights[place]
            interactions.withRow(Int(viewers[place])) { row in
                for entry in 0..<row.count { sums[Int(row.titles[entry])] += weight * row.weights[entry] }
            }
        }
    }
}
