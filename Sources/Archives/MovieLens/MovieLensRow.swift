/// A row whose columns count from 1, in the order of the data set's README.
struct MovieLensRow {
    private let row: TableRow
    private let columns: [Int]?
    let count: Int

    init(_ row: TableRow, _ columns: [Int]?) {
        self.row = row
        self.columns = columns
        // A row that is too narrow for one of the columns has none of them.
        count = columns.map { ($0.max() ?? 0) < row.count ? $0.count : 0 } ?? row.count
    }

    subscript(column: Int) -> Cell {
        row[columns?[column - 1] ?? column - 1]
    }

    func error(_ column: Int, _ expected: StaticString) -> RowError {
        RowError("\((columns?[column - 1] ?? column - 1) + 1)", expected)
    }

    /// A whole number as it stands there, without leading zeros.
    func digits(_ column: Int) throws(RowError) -> String {
        let cell = self[column]
        guard integer(column) != nil, cell.count == 1 || cell.first != UInt8(ascii: "0") else {
            throw error(column, "a whole number")
        }
        return String(decoding: cell, as: UTF8.self)
    }

    func seconds(_ column: Int) throws(RowError) -> Int64 {
        guard let seconds = integer(column), seconds < 253_402_300_800 else {
            throw error(column, "seconds since 1970")
        }
        return seconds
    }

    private func integer(_ column: Int) -> Int64? {
        let cell = self[column]
        guard (1...15).contains(cell.count) else { return nil }
        var value: Int64 = 0
        for byte in cell {
            guard byte &- UInt8(ascii: "0") <= 9 else { return nil }
            value = value * 10 + Int64(byte &- UInt8(ascii: "0"))
        }
        return value
    }

    /// `01-Jan-1995` or `1-Jan-1995` as `1995-01-01`; nil where nothing stands there.
    func day(_ column: Int) throws(RowError) -> [UInt8]? {
        let parts = self[column].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        if parts.count == 1, parts[0].isEmpty { return nil }
        if parts.count == 3, let month = MovieLensCodes.months.firstIndex(where: { parts[1].equals($0) }) {
            let day = (parts[0].count == 1 ? Array("0".utf8) : []) + parts[0]
            let number = Array((month < 9 ? "-0\(month + 1)-" : "-\(month + 1)-").utf8)
            let text = parts[2] + number + day
            if parts[2].count == 4, day.count == 2, text.timestamp != nil { return Array(text) }
        }
        throw error(column, "a day such as 01-Jan-1995")
    }
}

/// What the codes of the data sets mean, after their READMEs.
enum MovieLensCodes {
    static let genres: [StaticString] = [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama",
        "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
    ]
    static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    static let ages: [(Int, StaticString)] = [
        (1, "0-17"), (18, "18-24"), (25, "25-34"), (35, "35-44"), (45, "45-49"), (50, "50-55"), (56, "56+"),
    ]
    static let occupations: [StaticString] = [
        "other", "academic/educator", "artist", "clerical/admin", "college/grad student", "customer service",
        "doctor/health care", "executive/managerial", "farmer", "homemaker", "K-12 student", "lawyer", "programmer",
        "retired", "sales/marketing", "scientist", "self-employed", "technician/engineer", "tradesman/craftsman",
        "unemployed", "writer",
    ]
}
