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
    /// α₀HᵀH, both triangles.
    private let gram: ModelArray<Float>

    /// What one thread works in.
    struct Scratch {
        /// Vectors that are added to the matrix at a time: as many as stay in the cache.
        fileprivate static let block = 64

        fileprivate let matrix: ModelArray<Float>.Builder
        fileprivate let gathered: ModelArray<Float>.Builder
        let solution: ModelArray<Float>.Builder
        /// By entry of a row, how far its score is from 1.
        fileprivate var rests: [Float] = []

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
        for row in 0..<width {
            for column in 0..<row { gram.pointer[row * width + column] = gram.pointer[column * width + row] }
        }
        self.gram = gram.finish()
    }

    /// Whether vectors are one block.
    var solvesWhole: Bool { parameters.blockWidth == width }

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
                weights.baseAddress?.advanced(by: start), nil, end - start, width, width)
            vh_add_products(matrix, gathered, end - start, width)
        }
        let penalty = penalty(others.count)
        // It makes the matrix positive definite, the numbers that fill up the last group included.
        for place in 0..<width { matrix[place * width + place] += penalty }
        if vh_factorize(matrix, width) != 0 { return }
        // Only numbers beyond what a float holds bring it here. Then the vector is that of a viewer without anything.
        for place in 0..<width * width { matrix[place] = 0 }
        for place in 0..<width { matrix[place * width + place] = .greatestFiniteMagnitude }
    }

    /// λ(n + α₀N)^ν.
    private func penalty(_ entries: Int) -> Float {
        let scale = Float(entries) + parameters.unobservedWeight * Float(count)
        return parameters.regularization * pow(scale, parameters.exponent)
    }
}

extension FactorSolver {
    /// Improves a vector that has these others, a block of its numbers at a time while the other numbers stay.
    func improve(
        _ vector: UnsafeMutablePointer<Float>, _ others: UnsafeBufferPointer<UInt32>,
        _ weights: UnsafeBufferPointer<Float>, _ scratch: inout Scratch
    ) {
        guard let others = others.baseAddress, let weightsBase = weights.baseAddress, weights.count > 0 else {
            return vector.update(repeating: 0, count: width)
        }
        let count = weights.count
        if scratch.rests.count < count { scratch.rests = [Float](repeating: 0, count: count) }
        let (matrix, gathered, step) = (scratch.matrix.pointer, scratch.gathered.pointer, scratch.solution.pointer)
        let penalty = penalty(count)
        scratch.rests.withUnsafeMutableBufferPointer { rests in
            guard let rests = rests.baseAddress else { return }
            rests.update(repeating: 1, count: count)
            vh_take_products(rests, vectors, others, vector, count, width, width)
            for first in stride(from: 0, to: width, by: parameters.blockWidth) {
                let size = min(parameters.blockWidth, width - first)
                // The loss is quadratic: a step of Newton's method leads to where it is least.
                step.update(from: vector + first, count: size)
                cblas_sgemv(
                    CblasRowMajor, CblasNoTrans, Int32(size), Int32(width), -1, gram.base + first * width,
                    Int32(width), vector, 1, -penalty, step, 1)
                for row in 0..<size {
                    let numbers = matrix + row * size
                    numbers.update(from: gram.base + (first + row) * width + first, count: size)
                    numbers[row] += penalty
                }
                for start in stride(from: 0, to: count, by: Scratch.block) {
                    let part = min(Scratch.block, count - start)
                    vh_gather(
                        gathered, step, vectors + first, others + start, weightsBase + start, rests + start, part,
                        size, width)
                    vh_add_products(matrix, gathered, part, size)
                }
                // Only numbers beyond what a float holds keep it from being solved.
                if vh_factorize(matrix, size) == 0 { continue }
                vh_solve(matrix, step, size)
                vh_take_products(rests, vectors + first, others, step, count, size, width)
                for place in 0..<size { vector[first + place] += step[place] }
            }
        }
    }
}

extension ImplicitALSModel.Parameters {
    /// Numbers from one vector to the next.
    var width: Int { Self.wholeGroups(rank) }

    /// Numbers that are solved together.
    var blockWidth: Int { min(width, Self.wholeGroups(block)) }

    private static func wholeGroups(_ count: Int) -> Int {
        let group = Int(VH_FACTOR_GROUP)
        return (count + group - 1) / group * group
    }
}
