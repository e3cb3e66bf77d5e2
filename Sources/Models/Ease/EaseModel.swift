internal import CModels
internal import Foundation

/// EASE^R (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data", arXiv 1905.03375): the matrix B of weights between
/// titles, with a diagonal of 0, that best gives each viewer's taste from itself, in closed form.
///
/// With G = XᵀX + λI and P = G⁻¹, B is −P divided by its diagonal, column by column, off the diagonal. It is kept as the partial
/// correlations that P stands for, −Pᵢⱼ / √(PᵢᵢPⱼⱼ), which lie between −1 and 1 and are the same in both directions: in binary16
/// they take 2 bytes for each pair of titles (0.8 GB for 20,000), and a weight is off by a two-thousandth at most. Training takes 4
/// bytes for each pair; its time grows with the cube of the titles.
public struct EaseModel: RankingModel {
    /// Titles that it takes: training takes 8.6 GB for them, and LAPACK counts no further.
    public static let mostTitles = 46_340
    /// The greatest weight, so that scores are finite.
    static let greatest: Float = 1e12
    /// Numbers of rows that are read by all cores together.
    private static let muchToRead = 2 << 20

    public let titleCount: Int
    /// In rows, with a diagonal of 0.
    let correlations: ModelArray<vh_half>
    /// √Pᵢᵢ by title, the greatest being 1: Bᵢⱼ is a correlation times that of i, divided by that of j.
    let scales: ModelArray<Float>

    /// `regularization` is λ: larger for more viewers, some hundreds for tens of thousands. Another number of `jobs` gives the
    /// same model but for rounding.
    public init(
        _ interactions: Interactions, regularization: Float = 500, jobs: Int = 1
    ) throws(ModelError) {
        let matrix = try Self.inverse(interactions, regularization, jobs)
        let count = interactions.titleCount
        let inverse = matrix.pointer
        let roots = (0..<count).map { inverse[$0 * count + $0].squareRoot() }
        // Rounding can eat a regularisation that is too small without LAPACK's noticing.
        guard let scales = Self.scales(roots) else { throw .notPositiveDefinite(regularization: regularization) }
        let factors = roots.map { 1 / $0 }
        let correlations = matrix.narrowed { halves in
            var areGood: Int32 = 1
            for title in 0..<count {
                // The halves of a row take the place of numbers that are not needed any more.
                areGood &= vh_narrow(halves + title * count, inverse + title * count, factors, -factors[title], count)
                halves[title * count + title] = 0
            }
            return areGood != 0
        }
        guard let correlations else { throw .notPositiveDefinite(regularization: regularization) }
        (titleCount, self.correlations, self.scales) = (count, correlations, scales)
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

    init(correlations: ModelArray<vh_half>, scales: ModelArray<Float>) {
        titleCount = scales.count
        self.correlations = correlations
        self.scales = scales
    }

    /// Roots divided by the greatest; nil where they are none, or weights would be too great.
    private static func scales(_ roots: [Float]) -> ModelArray<Float>? {
        guard let greatest = roots.max(), greatest.isFinite else { return nil }
        let scales = ModelArray(roots.map { $0 / greatest })
        return isGood(scales) ? scales : nil
    }

    /// Whether weights that are made with them are within ``greatest``.
    static func isGood(_ scales: ModelArray<Float>) -> Bool {
        scales.buffer.allSatisfy { $0 <= 1 && $0 >= 1 / greatest }
    }

    /// Whether they are from -1 to 1.
    static func isGood(_ correlations: ModelArray<vh_half>) -> Bool {
        vh_are_within_one(correlations.base, correlations.count) != 0
    }

    public func score(_ taste: TasteView, into scores: UnsafeMutableBufferPointer<Float>) {
        guard let output = scores.baseAddress else { return }
        scores.update(repeating: 0)
        withScaled(taste) { titles, weights in
            // Rows have to come from memory, which one core alone is slower to read.
            let isMuch = taste.count * titleCount >= Self.muchToRead
            let threads = isMuch ? ProcessInfo.processInfo.activeProcessorCount : 1
            // Whole vectors, so that sums do not depend on the threads.
            let stretch = (titleCount / threads / 64 + 1) * 64
            nonisolated(unsafe) let output = output
            Workers.forEach(titleCount, jobs: threads, stretch: stretch, scratch: {}) { columns, _ in
                let first = columns.lowerBound
                vh_add_rows(
                    output + first, correlations.base + first, titleCount, titles, weights, taste.count, columns.count)
                for title in columns { output[title] /= scales[title] }
            }
        }
    }

    public func contributions(to title: Int, from taste: TasteView, into parts: UnsafeMutableBufferPointer<Float>) {
        guard let output = parts.baseAddress else { return }
        // The title's row has what is between it and all others: they lie near each other there.
        let row = correlations.base + title * titleCount
        withScaled(taste) { titles, weights in vh_pick(output, row, titles, weights, taste.count) }
        for entry in 0..<taste.count { output[entry] /= scales[title] }
    }

    public func similar(to title: Int, count: Int) -> [ScoredTitle] {
        var top = TopTitles(count)
        let row = Array(0..<UInt32(titleCount)).withUnsafeBufferPointer { titles in
            let scale = [Float](repeating: scales[title], count: titleCount)
            return [Float](unsafeUninitializedCapacity: titleCount) { buffer, length in
                if let output = buffer.baseAddress {
                    vh_pick(output, correlations.base + title * titleCount, titles.baseAddress, scale, titleCount)
                }
                length = titleCount
            }
        }
        for other in 0..<titleCount where other != title && row[other] > 0 {
            top.add(other, row[other] / scales[other])
        }
        return top.take()
    }

    /// Calls `body` with a taste's titles and their weights times their scales; those that do not count have a weight of 0.
    private func withScaled(_ taste: TasteView, _ body: (UnsafePointer<UInt32>, UnsafePointer<Float>) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: taste.count) { titles in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: taste.count) { weights in
                for entry in 0..<taste.count {
                    let weight = taste.weight(entry, of: titleCount)
                    titles[entry] = weight == 0 ? 0 : taste.titles[entry]
                    weights[entry] = weight == 0 ? 0 : weight * scales[Int(titles[entry])]
                }
                if let titles = titles.baseAddress, let weights = weights.baseAddress { body(titles, weights) }
            }
        }
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
}
