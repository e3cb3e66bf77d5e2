internal import CModels

/// EASE^R for more titles than a full matrix has room for: a title has weights from its neighbours only.
///
/// After Steck 2019, "Markov Random Fields for Collaborative Filtering" (NeurIPS, arXiv 1910.09645), section 3.2: titles whose
/// correlation is above a threshold are neighbours, and the weights to a title are those of EASE among it and its neighbours, each
/// title solved by itself (the paper's r = 0). Where all titles are neighbours of each other, it is ``EaseModel``.
///
/// Of the products between titles only those of the most correlated are kept, 4 for each neighbour; others count as 0 where a
/// neighbourhood is solved. Memory and time grow with the titles, and time with the third power of the neighbours.
public struct SparseEaseModel: RankingModel {
    /// Neighbours that a title may have.
    public static let mostNeighbours = 4_096
    /// Entries of a viewer that training looks at; of those with more, the latest.
    public static let mostEntries = NeighbourModel.mostEntries

    public let titleCount: Int
    /// By title of the taste, what it adds to each title.
    let weights: SparseRows

    /// `regularization` is λ, as for ``EaseModel``. Neighbours are up to `neighbours` titles with a correlation above `threshold`,
    /// from 0 to 1.
    public init(
        _ interactions: Interactions, regularization: Float = 500, neighbours: Int = 256, threshold: Float = 0,
        jobs: Int = 1
    ) throws(ModelError) {
        if interactions.count == 0 { throw .noInteractions }
        guard regularization > 0, regularization.isFinite else {
            throw .parameter("the regularisation of sparse EASE must be above 0")
        }
        guard (1...Self.mostNeighbours).contains(neighbours) else {
            throw .parameter("a title has from 1 to \(Self.mostNeighbours) neighbours")
        }
        guard threshold >= 0, threshold < 1 else { throw .parameter("the threshold must be from 0 to below 1") }
        let products = TitleProducts(
            interactions.shortened(to: Self.mostEntries), kept: 4 * neighbours, threshold: threshold, jobs: jobs)
        let count = interactions.titleCount
        var columns = [[ScoredTitle]](repeating: [], count: count)
        columns.withUnsafeMutableBufferPointer { columns in
            nonisolated(unsafe) let columns = columns
            Workers.forEach(count, jobs: jobs, stretch: 16) {
                Neighbourhood(titleCount: count, neighbours: neighbours)
            } _: { titles, neighbourhood in
                for title in titles { columns[title] = neighbourhood.solve(title, products, regularization) }
            }
        }
        titleCount = count
        weights = SparseRows(columns: columns, rowCount: count)
        guard weights.values.isBounded(by: EaseModel.greatest) else {
            throw .notPositiveDefinite(regularization: regularization)
        }
    }

    init(weights: SparseRows) {
        titleCount = weights.rowCount
        self.weights = weights
    }

    public func score(_ taste: TasteView, into scores: UnsafeMutableBufferPointer<Float>) {
        weights.sum(taste, into: scores)
    }

    public func contributions(to title: Int, from taste: TasteView, into parts: UnsafeMutableBufferPointer<Float>) {
        weights.parts(of: title, taste, inOrder: true, into: parts)
    }

    public func similar(to title: Int, count: Int) -> [ScoredTitle] {
        var top = TopTitles(count)
        for place in weights.places(of: title) where weights.values[place] > 0 {
            top.add(Int(weights.columns[place]), weights.values[place])
        }
        return top.take()
    }
}

/// The largest products between titles' columns.
private struct TitleProducts {
    /// By title, those with others, the most correlated first.
    let others: [[(title: UInt32, product: Float)]]
    /// By title, that with itself.
    let squares: [Float]

    /// Keeps up to `kept` of a title whose correlation is above `threshold`.
    init(_ interactions: Interactions, kept: Int, threshold: Float, jobs: Int) {
        let columns = TitleColumns(interactions)
        let lengths = columns.lengths
        squares = lengths.map { $0 * $0 }
        others = columns.nearest(kept, interactions, lengths: lengths, 0, jobs: jobs) { title, nearest in
            nearest.prefix { $0.score > threshold }.map { other in
                (UInt32(other.title), other.score * lengths[title] * lengths[other.title])
            }
        }
    }
}

/// Solves for the weights from a title's neighbours; one thread's, with its memory.
private struct Neighbourhood {
    private let neighbours: Int
    /// By title, where it stands among the neighbours; -1 for others.
    private var places: [Int32]
    private let matrix: ModelArray<Float>.Builder
    private let solution: ModelArray<Float>.Builder

    init(titleCount: Int, neighbours: Int) {
        self.neighbours = neighbours
        places = [Int32](repeating: -1, count: titleCount)
        let width = Self.width(min(neighbours + 1, titleCount))
        matrix = ModelArray<Float>.Builder(zeros: width * width)
        solution = ModelArray<Float>.Builder(zeros: width)
    }

    /// Numbers from one row of the matrix to the next: whole groups.
    private static func width(_ size: Int) -> Int {
        let group = Int(VH_FACTOR_GROUP)
        return (size + group - 1) / group * group
    }

    /// The weights to `title`. Where the products that were left out make the equations unsolvable, λ is doubled until they are not.
    mutating func solve(_ title: Int, _ products: TitleProducts, _ regularization: Float) -> [ScoredTitle] {
        let titles = [title] + products.others[title].prefix(neighbours).map { Int($0.title) }
        if titles.count == 1 { return [] }
        for (place, member) in titles.enumerated() { places[member] = Int32(place) }
        defer { for member in titles { places[member] = -1 } }
        let width = Self.width(titles.count)
        var penalty = regularization
        fill(titles, products, penalty)
        while vh_factorize(matrix.pointer, width) == 0 {
            penalty *= 2
            if penalty > 1e12 * max(1, regularization) { return [] }
            fill(titles, products, penalty)
        }
        // The title's column of the inverse.
        let column = solution.pointer
        column.update(repeating: 0, count: width)
        column[0] = 1
        vh_solve(matrix.pointer, column, width)
        let divisor = -1 / column[0]
        return (1..<titles.count).map { ScoredTitle(title: titles[$0], score: column[$0] * divisor) }
    }

    /// Fills the upper triangle with the products among the titles; what is left of the last group only has a diagonal.
    private func fill(_ titles: [Int], _ products: TitleProducts, _ regularization: Float) {
        let width = Self.width(titles.count)
        matrix.pointer.update(repeating: 0, count: width * width)
        for row in titles.count..<width { matrix.pointer[row * width + row] = 1 }
        for (row, member) in titles.enumerated() {
            matrix.pointer[row * width + row] = products.squares[member] + regularization
            for other in products.others[member] {
                let column = Int(places[Int(other.title)])
                if column >= 0 { matrix.pointer[min(row, column) * width + max(row, column)] = other.product }
            }
        }
    }
}
