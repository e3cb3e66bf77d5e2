internal import CModels
internal import COpenBLAS
internal import Foundation

/// Solves for the vector of one side while the vectors of the other side stand.
struct FactorSolver: @unchecked Sendable {
    /// Numbers from one vector to the next: the rank, rounded up to a whole group.
    let width: Int
    /// The other side's vectors, which its owner keeps.
    private let vectors: UnsafePointer<Float>
    private let count: Int
    private let parameters: ImplicitALSModel.Parameters
    /// α₀HᵀH.
    private let gram: ModelArray<Float>

    /// What one thread works in.
    struct Scratch {
        /// Vectors that are added to the matrix at a time: as many as stay in the cache.
        fileprivate static let block = 64

        fileprivate let matrix: ModelArray<Float>.Builder
        fileprivate let gathered: ModelArray<Float>.Builder
        let solution: ModelArray<Float>.Builder

        init(width: Int) {
            matrix = .init(zeros: width * width)
            gathered = .init(zeros: width * Self.block)
            solution = .init(zeros: width)
        }
    }

    init(_ vectors: UnsafePointer<Float>, count: Int, _ parameters: ImplicitALSModel.Parameters) {
        width = parameters.width
        self.vectors = vectors
        self.count = count
        self.parameters = parameters
        let gram = ModelArray<Float>.Builder(zeros: width * width)
        cblas_ssyrk(
            CblasRowMajor, CblasUpper, CblasTrans, Int32(width), Int32(count), parameters.unobservedWeight, vectors,
            Int32(width), 0, gram.pointer, Int32(width))
        self.gram = gram.finish()
    }

    /// Solves for a vector that has these others, with these weights; it is the scratch's solution.
    @inline(__always)
    func solve(_ others: UnsafeBufferPointer<UInt32>, _ weights: UnsafeBufferPointer<Float>, _ scratch: inout Scratch) {
        let solution = scratch.solution.pointer
        for place in 0..<width { solution[place] = 0 }
        // Without anything, 0 is the solution.
        if others.isEmpty { return }
        factorize(others, weights, &scratch)
        vh_solve(scratch.matrix.pointer, solution, width)
    }

    /// Solves the equations of the vector that has these others for another right side: `side` becomes the solution.
    func solve(
        _ others: UnsafeBufferPointer<UInt32>, _ weights: UnsafeBufferPointer<Float>, side: UnsafeMutablePointer<Float>
    ) {
        var scratch = Scratch(width: width)
        factorize(others, weights, &scratch)
        vh_solve(scratch.matrix.pointer, side, width)
    }

    /// Adds Σ a h to the scratch's solution, and makes its matrix the factor of A = α₀HᵀH + Σ a hhᵀ + λ(n + α₀N)^νI.
    private func factorize(
        _ others: UnsafeBufferPointer<UInt32>, _ weights: UnsafeBufferPointer<Float>, _ scratch: inout Scratch
    ) {
        let (matrix, gathered) = (scratch.matrix.pointer, scratch.gathered.pointer)
        matrix.update(from: gram.base, count: width * width)
        for start in stride(from: 0, to: others.count, by: Scratch.block) {
            let end = min(start + Scratch.block, others.count)
            vh_gather(
                gathered, scratch.solution.pointer, vectors, others.baseAddress?.advanced(by: start),
                weights.baseAddress?.advanced(by: start),
                end - start, width)
            vh_add_products(matrix, gathered, end - start, width)
        }
        let scale = Float(others.count) + parameters.unobservedWeight * Float(count)
        let penalty = parameters.regularization * pow(scale, parameters.exponent)
        // It makes the matrix positive definite, the numbers that fill up the last group included.
        for place in 0..<width { matrix[place * width + place] += penalty }
        if vh_factorize(matrix, width) != 0 { return }
        // Only numbers beyond what a float holds bring it here. Then the vector is that of a viewer without anything.
        for place in 0..<width * width { matrix[place] = 0 }
        for place in 0..<width { matrix[place * width + place] = .greatestFiniteMagnitude }
    }
}

extension ImplicitALSModel.Parameters {
    /// Numbers from one vector to the next.
    var width: Int {
        let group = Int(VH_FACTOR_GROUP)
        return (rank + group - 1) / group * group
    }
}
