internal import COpenBLAS

/// Works on square symmetric matrices of single precision, in place, through LAPACK.
///
/// Of a matrix with `size` rows, the lower triangle counts (in rows: the entries left of the diagonal, and it).
enum SymmetricMatrix {
    /// Makes `matrix` its Cholesky factor; false where it is not positive definite.
    static func factorize(_ matrix: UnsafeMutablePointer<Float>, size: Int) -> Bool {
        // LAPACK counts in columns: what is the lower triangle in rows is the upper one for it.
        var (order, info) = (Int32(size), Int32(0))
        spotrf_("U", &order, matrix, &order, &info)
        return info == 0
    }

    /// Makes a factor the inverse of the matrix that it is of.
    static func invert(factor: UnsafeMutablePointer<Float>, size: Int) -> Bool {
        var (order, info) = (Int32(size), Int32(0))
        spotri_("U", &order, factor, &order, &info)
        return info == 0
    }

    /// Copies the lower triangle into the upper one.
    static func mirror(_ matrix: UnsafeMutablePointer<Float>, size: Int) {
        // In tiles, so that what is written in columns stays near.
        let tile = 64
        for rows in stride(from: 0, to: size, by: tile) {
            for columns in stride(from: 0, through: rows, by: tile) {
                for row in rows..<min(rows + tile, size) {
                    for column in columns..<min(columns + tile, row) {
                        matrix[column * size + row] = matrix[row * size + column]
                    }
                }
            }
        }
    }
}
