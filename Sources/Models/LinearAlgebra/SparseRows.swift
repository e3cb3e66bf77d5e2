/// A sparse matrix of numbers, such as those between titles, in compressed rows.
struct SparseRows: Sendable {
    /// Where each title's row starts, and where the last one ends.
    let starts: ModelArray<UInt64>
    let columns: ModelArray<UInt32>
    let values: ModelArray<Float>

    init(starts: ModelArray<UInt64>, columns: ModelArray<UInt32>, values: ModelArray<Float>) {
        self.starts = starts
        self.columns = columns
        self.values = values
    }

    /// A row for each list, in its order.
    init(_ lists: [[ScoredTitle]]) {
        let starts = ModelArray<UInt64>.Builder(zeros: lists.count + 1)
        for (row, list) in lists.enumerated() { starts.pointer[row + 1] = starts.pointer[row] + UInt64(list.count) }
        let count = Int(starts.pointer[lists.count])
        let columns = ModelArray<UInt32>.Builder(zeros: count)
        let values = ModelArray<Float>.Builder(zeros: count)
        for (row, list) in lists.enumerated() {
            for (place, entry) in list.enumerated() {
                columns.pointer[Int(starts.pointer[row]) + place] = UInt32(entry.title)
                values.pointer[Int(starts.pointer[row]) + place] = entry.score
            }
        }
        self.init(starts: starts.finish(), columns: columns.finish(), values: values.finish())
    }

    /// A column for each list; rows have their entries in the order of the columns.
    init(columns lists: [[ScoredTitle]], rowCount: Int) {
        let starts = ModelArray<UInt64>.Builder(zeros: rowCount + 1)
        for list in lists {
            for entry in list { starts.pointer[entry.title + 1] += 1 }
        }
        for row in 0..<rowCount { starts.pointer[row + 1] += starts.pointer[row] }
        var next = (0..<rowCount).map { Int(starts.pointer[$0]) }
        let columns = ModelArray<UInt32>.Builder(zeros: Int(starts.pointer[rowCount]))
        let values = ModelArray<Float>.Builder(zeros: Int(starts.pointer[rowCount]))
        for (column, list) in lists.enumerated() {
            for entry in list {
                columns.pointer[next[entry.title]] = UInt32(column)
                values.pointer[next[entry.title]] = entry.score
                next[entry.title] += 1
            }
        }
        self.init(starts: starts.finish(), columns: columns.finish(), values: values.finish())
    }

    var rowCount: Int { starts.count - 1 }

    @inline(__always)
    func places(of row: Int) -> Range<Int> {
        Int(starts[row])..<Int(starts[row + 1])
    }

    /// Of a matrix between titles: writes the sum of the rows of a taste's titles, each times its weight.
    func sum(_ taste: TasteView, into scores: UnsafeMutableBufferPointer<Float>) {
        scores.update(repeating: 0)
        for entry in 0..<taste.count {
            let weight = taste.weight(entry, of: rowCount)
            if weight == 0 { continue }
            for place in places(of: Int(taste.titles[entry])) { scores[Int(columns[place])] += weight * values[place] }
        }
    }

    /// Writes what each row adds to the sum for `title`. Rows whose entries stand in the order of the columns are searched sooner.
    func parts(
        of title: Int, _ taste: TasteView, inOrder: Bool = false, into parts: UnsafeMutableBufferPointer<Float>
    ) {
        for entry in 0..<taste.count {
            let weight = taste.weight(entry, of: rowCount)
            parts[entry] = 0
            if weight == 0 { continue }
            let row = places(of: Int(taste.titles[entry]))
            let place = inOrder ? search(title, in: row) : row.first { columns[$0] == title }
            if let place { parts[entry] = weight * values[place] }
        }
    }

    /// Where a column stands among places in the order of the columns.
    private func search(_ column: Int, in places: Range<Int>) -> Int? {
        var (low, high) = (places.lowerBound, places.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if columns[middle] < column { low = middle + 1 } else { high = middle }
        }
        return low < places.upperBound && columns[low] == column ? low : nil
    }
}
