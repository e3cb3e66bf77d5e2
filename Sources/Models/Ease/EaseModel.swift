internal import COpenBLAS

/// EASE^R (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data", arXiv 1905.03375): the matrix B of weights between
/// titles, with a diagonal of 0, that best gives each viewer's taste from itself, in closed form.
///
/// With G = XᵀX + λI and P = G⁻¹, B is −P divided by its diagonal, column by column, off the diagonal. It takes 4 bytes for each
/// pair of titles (1.6 GB for 20,000), while it is trained and after; the time grows with the cube of the titles.
public struct EaseModel: RankingModel {
    /// Titles that it takes: their weights have 8.6 GB, and LAPACK counts no further.
    public static let mostTitles = 46_340
    /// The greatest weight, so that scores are finite.
    static let greatest: Float = 1e12

    public let titleCount: Int
    /// B, in rows: what a title of the taste adds to each title.
    let weights: ModelArray<Float>

    /// `regularization` is λ: larger for more viewers, some hundreds for tens of thousands. Another number of `jobs` gives the
    /// same model but for rounding.
    public init(
        _ interactions: Interactions, regularization: Float = 500, jobs: Int = 1
    ) throws(ModelError) {
        let matrix = try Self.inverse(interactions, regularization, jobs)
        titleCount = interactions.titleCount
        Self.divideByDiagonal(matrix.pointer, size: titleCount, jobs)
        weights = matrix.finish()
        // Rounding can eat a regularisation that is too small without LAPACK's noticing.
        guard weights.isBounded(by: Self.greatest) else { throw .notPositiveDefinite(regularization: regularization) }
    }

    /// Trains EASE, and keeps of the weights to each title the `kept` that are largest, whatever their sign: a fraction of the memory
    /// and of the file.
    public static func pruned(
        to kept: Int, _ interactions: Interactions, regularization: Float = 500, jobs: Int = 1
    ) throws(ModelError) -> SparseEaseModel {
        guard kept > 0 else { throw .parameter("at least one weight of a title is kept") }
        let matrix = try inverse(interactions, regularization, jobs)
        let count = interactions.titleCount
        nonisolated(unsafe) let inverse = matrix.pointer
        var columns = [[ScoredTitle]](repeating: [], count: count)
        columns.withUnsafeMutableBufferPointer { columns in
            nonisolated(unsafe) let columns = columns
            Workers.forEach(count, jobs: jobs) {
                [Float](repeating: 0, count: count)
            } _: { titles, sizes in
                for title in titles {
                    // The inverse is symmetric: its row has the weights to the title, up to the divisor.
                    let row = inverse + title * count
                    let largest = sizes.withUnsafeMutableBufferPointer { sizes in
                        for other in 0..<count { sizes[other] = abs(row[other]) }
                        return TopTitles.of(sizes, count: kept) { $0 != title && sizes[$0] > 0 }
                    }
                    columns[title] = largest.map { ScoredTitle(title: $0.title, score: -row[$0.title] / row[title]) }
                }
            }
        }
        let model = SparseEaseModel(weights: SparseRows(columns: columns, rowCount: count))
        guard model.weights.values.isBounded(by: greatest) else {
            throw .notPositiveDefinite(regularization: regularization)
        }
        return model
    }

    /// (XᵀX + λI)⁻¹, all of it.
    private static func inverse(
        _ interactions: Interactions, _ regularization: Float, _ jobs: Int
    ) throws(ModelError) -> ModelArray<Float>.Builder {
        if interactions.count == 0 { throw .noInteractions }
        guard regularization > 0, regularization.isFinite else {
            throw .parameter("the regularisation of EASE must be above 0")
        }
        let count = interactions.titleCount
        guard count <= mostTitles else { throw .tooManyTitles(count, most: mostTitles) }
        let matrix = ModelArray<Float>.Builder(zeros: count * count)
        fillGram(matrix.pointer, interactions, regularization, jobs)
        let isSolved = BLAS.withThreads(jobs) {
            SymmetricMatrix.factorize(matrix.pointer, size: count)
                && SymmetricMatrix.invert(factor: matrix.pointer, size: count)
        }
        guard isSolved else { throw .notPositiveDefinite(regularization: regularization) }
        SymmetricMatrix.mirror(matrix.pointer, size: count)
        return matrix
    }

    init(titleCount: Int, weights: ModelArray<Float>) {
        BLAS.begin()
        self.titleCount = titleCount
        self.weights = weights
    }

    public func score(_ taste: TasteView, into scores: UnsafeMutableBufferPointer<Float>) {
        guard let output = scores.baseAddress else { return }
        scores.update(repeating: 0)
        for entry in 0..<taste.count {
            let weight = taste.weight(entry, of: titleCount)
            if weight == 0 { continue }
            cblas_saxpy(
                Int32(titleCount), weight, weights.base + Int(taste.titles[entry]) * titleCount, 1,
                output, 1)
        }
    }

    public func contributions(to title: Int, from taste: TasteView, into parts: UnsafeMutableBufferPointer<Float>) {
        for entry in 0..<taste.count {
            let weight = taste.weight(entry, of: titleCount)
            parts[entry] = weight == 0 ? 0 : weight * weights.base[Int(taste.titles[entry]) * titleCount + title]
        }
    }

    public func similar(to title: Int, count: Int) -> [ScoredTitle] {
        var top = TopTitles(count)
        let row = weights.base + title * titleCount
        for other in 0..<titleCount where other != title && row[other] > 0 { top.add(other, row[other]) }
        return top.take()
    }

    /// Fills the lower triangle of XᵀX + λI.
    private static func fillGram(
        _ matrix: UnsafeMutablePointer<Float>, _ interactions: Interactions, _ regularization: Float, _ jobs: Int
    ) {
        let columns = TitleColumns(interactions)
        nonisolated(unsafe) let matrix = matrix
        let count = interactions.titleCount
        Workers.forEach(count, jobs: jobs, stretch: 16) {
        } _: { titles, _ in
            for title in titles {
                let row = matrix + title * count
                columns.addProducts(of: title, interactions, to: row)
                row[title] += regularization
            }
        }
    }

    private static func divideByDiagonal(_ matrix: UnsafeMutablePointer<Float>, size: Int, _ jobs: Int) {
        let factors = (0..<size).map { -1 / matrix[$0 * size + $0] }
        nonisolated(unsafe) let matrix = matrix
        Workers.forEach(size, jobs: jobs) {
        } _: { rows, _ in
            for row in rows {
                let values = matrix + row * size
                for column in 0..<size { values[column] *= factors[column] }
                values[row] = 0
            }
        }
    }
}
