internal import COpenBLAS
internal import Foundation

/// iALS (Hu, Koren and Volinsky 2008, "Collaborative Filtering for Implicit Feedback Datasets") with the loss and the tuning of
/// Rendle et al. 2021 ("Revisiting the Performance of iALS on Item Recommendation Benchmarks", arXiv 2110.14037): viewers and
/// titles get vectors whose products come near 1 where a viewer took a title up, and near 0 elsewhere.
///
/// The loss is Σ a(w·h − 1)² over what was taken up with weight a, + α₀ Σ (w·h)² over all pairs, + λ Σ (n + α₀N)^ν‖v‖² over all
/// vectors v, where n counts what a vector's viewer or title has and N the titles or viewers. Each side is solved exactly while
/// the other one stands; long vectors block by block, as in iALS++ (Rendle et al. 2021, arXiv 2110.14044). Only the titles' vectors are kept: a viewer's is solved from the taste at hand.
public struct ImplicitALSModel: RankingModel {
    public struct Parameters: Sendable {
        /// How many numbers a vector has.
        public var rank = 64
        /// How often both sides are solved.
        public var iterations = 16
        /// Numbers of a vector that are solved at once, rounded up to a multiple of 16.
        public var block = 64
        /// α₀: how much what was not taken up counts.
        public var unobservedWeight: Float = 0.1
        /// λ. Rendle et al. take 0.003 for the 136,677 viewers of MovieLens 20M; smaller sets want more.
        public var regularization: Float = 0.01
        /// ν.
        public var exponent: Float = 1
        /// Standard deviation of what titles' vectors begin with, times the root of the rank.
        public var deviation: Float = 0.1
        public var seed: UInt64 = 1

        public init() {}
    }

    public let titleCount: Int
    public let parameters: Parameters
    /// The titles' vectors, one after the other.
    let factors: ModelArray<Float>
    private let solver: FactorSolver

    /// The same interactions and parameters give the same model, whatever `jobs` is. `progress` is told after each iteration.
    public init(
        _ interactions: Interactions, _ parameters: Parameters = Parameters(), jobs: Int = 1,
        _ progress: (Int) -> Void = { _ in }
    ) throws(ModelError) {
        if interactions.count == 0 { throw .noInteractions }
        try parameters.check()
        BLAS.begin()
        let titles = ModelArray<Float>.Builder(zeros: interactions.titleCount * parameters.width)
        Self.fill(titles.pointer, count: interactions.titleCount, parameters)
        let viewers = ModelArray<Float>.Builder(zeros: interactions.viewerCount * parameters.width)
        let columns = TitleColumns(interactions)
        for iteration in 0..<parameters.iterations {
            Self.solve(
                viewers.pointer, count: interactions.viewerCount,
                by: FactorSolver(titles.pointer, count: interactions.titleCount, parameters), jobs
            ) { viewer, body in
                interactions.withRow(viewer) { body($0.titles, $0.weights) }
            }
            Self.solve(
                titles.pointer, count: interactions.titleCount,
                by: FactorSolver(viewers.pointer, count: interactions.viewerCount, parameters), jobs
            ) { title, body in
                columns.withColumn(title) { body($0, $1) }
            }
            progress(iteration + 1)
        }
        let factors = titles.finish()
        guard factors.isBounded(by: Self.greatest) else {
            throw .notPositiveDefinite(regularization: parameters.regularization)
        }
        self.init(titleCount: interactions.titleCount, parameters, factors: factors)
    }

    init(titleCount: Int, _ parameters: Parameters, factors: ModelArray<Float>) {
        BLAS.begin()
        self.titleCount = titleCount
        self.parameters = parameters
        self.factors = factors
        solver = FactorSolver(factors.base, count: titleCount, parameters)
    }

    public func score(_ taste: TasteView, into scores: UnsafeMutableBufferPointer<Float>) {
        let width = parameters.width
        var scratch = FactorSolver.Scratch(width: width)
        taste.withKnown(of: titleCount) { solver.solve($0, $1, &scratch) }
        guard Self.isUsable(scratch.solution.pointer, width) else { return scores.update(repeating: 0) }
        cblas_sgemv(
            CblasRowMajor, CblasNoTrans, Int32(titleCount), Int32(width), 1, factors.base, Int32(width),
            scratch.solution.pointer, 1, 0, scores.baseAddress, 1)
    }

    /// After Hu et al. 2008, section 5: with A the matrix of the viewer's equations, an entry j with weight a adds a·hᵢA⁻¹hⱼ.
    public func contributions(to title: Int, from taste: TasteView, into parts: UnsafeMutableBufferPointer<Float>) {
        let width = parameters.width
        let side = ModelArray<Float>.Builder(zeros: width)
        side.pointer.update(from: factors.base + title * width, count: width)
        taste.withKnown(of: titleCount) { solver.solve($0, $1, side: side.pointer) }
        let isUsable = Self.isUsable(side.pointer, width)
        for entry in 0..<taste.count {
            let weight = isUsable ? taste.weight(entry, of: titleCount) : 0
            parts[entry] = 0
            if weight == 0 { continue }
            let vector = factors.base + Int(taste.titles[entry]) * width
            parts[entry] = weight * cblas_sdot(Int32(width), side.pointer, 1, vector, 1)
        }
    }

    /// The greatest number of a title's vector.
    static let greatest: Float = 1e6

    /// Whether the products of a viewer's vector with the titles' are finite.
    private static func isUsable(_ vector: UnsafePointer<Float>, _ width: Int) -> Bool {
        (0..<width).allSatisfy { vector[$0].magnitude <= 1e12 }
    }

    /// A title's vector.
    public func vector(of title: Int) -> [Float] {
        Array(UnsafeBufferPointer(start: factors.base + title * parameters.width, count: parameters.rank))
    }

    /// By the cosine of the titles' vectors.
    public func similar(to title: Int, count: Int) -> [ScoredTitle] {
        let width = Int32(parameters.width)
        let vector = factors.base + title * parameters.width
        let length = cblas_snrm2(width, vector, 1)
        var top = TopTitles(count)
        for other in 0..<titleCount where other != title {
            let theirs = factors.base + other * parameters.width
            let divisor = length * cblas_snrm2(width, theirs, 1)
            let cosine = divisor > 0 ? cblas_sdot(width, vector, 1, theirs, 1) / divisor : 0
            if cosine > 0 { top.add(other, cosine) }
        }
        return top.take()
    }

    /// Fills vectors with normally distributed numbers (Box and Muller 1958).
    private static func fill(_ vectors: UnsafeMutablePointer<Float>, count: Int, _ parameters: Parameters) {
        var random = SeededNumbers(parameters.seed)
        let deviation = Double(parameters.deviation) / Double(parameters.rank).squareRoot()
        for vector in 0..<count {
            for place in 0..<parameters.rank {
                let radius = (-2 * log(random.next())).squareRoot()
                vectors[vector * parameters.width + place] = Float(deviation * radius * cos(2 * .pi * random.next()))
            }
        }
    }

    private static func solve(
        _ vectors: UnsafeMutablePointer<Float>, count: Int, by solver: FactorSolver, _ jobs: Int,
        _ withRow: (Int, (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<Float>) -> Void) -> Void
    ) {
        let (width, isWhole) = (solver.width, solver.solvesWhole)
        nonisolated(unsafe) let vectors = vectors
        Workers.forEach(count, jobs: jobs) {
            FactorSolver.Scratch(width: width)
        } _: { rows, scratch in
            for row in rows {
                let vector = vectors + row * width
                withRow(row) { others, weights in
                    if isWhole {
                        solver.solve(others, weights, &scratch)
                        vector.update(from: scratch.solution.pointer, count: width)
                    } else {
                        solver.improve(vector, others, weights, &scratch)
                    }
                }
            }
        }
    }
}

extension ImplicitALSModel.Parameters {
    func check() throws(ModelError) {
        guard (1...1024).contains(rank) else { throw .parameter("the rank of iALS must be from 1 to 1024") }
        guard block > 0 else { throw .parameter("iALS needs blocks of at least one number") }
        guard iterations > 0 else { throw .parameter("iALS needs at least one iteration") }
        guard unobservedWeight > 0, unobservedWeight.isFinite, regularization > 0, regularization.isFinite,
            exponent.isFinite, deviation > 0, deviation.isFinite
        else { throw .parameter("the parameters of iALS must be above 0 and finite") }
    }
}

extension TitleColumns {
    @inline(__always)
    fileprivate func withColumn(
        _ title: Int, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<Float>) -> Void
    ) {
        let range = starts[title]..<starts[title + 1]
        viewers.withUnsafeBufferPointer { viewers in
            weights.withUnsafeBufferPointer { weights in
                body(UnsafeBufferPointer(rebasing: viewers[range]), UnsafeBufferPointer(rebasing: weights[range]))
            }
        }
    }
}
