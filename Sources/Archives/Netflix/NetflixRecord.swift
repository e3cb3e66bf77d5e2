/// A row or a block of a file of Netflix's export, its cells put to the columns that they belong to.
struct NetflixRecord {
    /// By the file's columns; empty where there is nothing.
    var cells: [Cell]
    /// What belongs to no column, by the name of a field.
    var others: [(name: [UInt8], value: Cell)] = []

    init(_ file: NetflixFile) {
        cells = [Cell](repeating: [], count: file.columns.count)
    }

    /// Lets go of the row.
    mutating func removeAll() {
        for index in cells.indices { cells[index] = [] }
        others.removeAll(keepingCapacity: true)
    }

    func cell(_ name: StaticString, of file: NetflixFile) -> Cell {
        let index = file.columns.firstIndex { $0.name.equals(name) }
        return index.map { cells[$0] } ?? []
    }

    func hash(by file: NetflixFile) -> RowHash {
        var hash = RowHash()
        for index in cells.indices where !cells[index].isEmpty && file.identity >> UInt64(index) & 1 == 1 {
            hash.add(column: file.columns[index].name, cells[index])
        }
        return hash
    }
}

/// Where each column of a table goes.
struct NetflixHeader {
    private enum Target {
        case column(Int)
        case other([UInt8])
    }

    private var targets: [Target] = []
    /// Names of the columns that the file's description does not have, as the file writes them.
    private(set) var unknown: [String] = []

    init(_ row: TableRow, of file: NetflixFile) {
        for index in 0..<row.count { add(row[index], of: file) }
    }

    mutating func add(_ title: Cell, of file: NetflixFile) {
        let name = title.normalised[...]
        if let index = file.columns.firstIndex(where: { name.equals($0.name) }) {
            targets.append(.column(index))
        } else {
            let field = title.snakeCase
            targets.append(.other(field))
            if file.special == .channels, NetflixImporter.channel(of: field) != nil { return }
            unknown.append(String(decoding: title, as: UTF8.self))
        }
    }

    /// The first of the columns that must be there and is not.
    func missing(of file: NetflixFile) -> StaticString? {
        file.needed.first { needed in
            !targets.contains {
                if case .column(let index) = $0 { file.columns[index].name.equals(needed) } else { false }
            }
        }
    }

    /// Puts the row's cells into `record`, which is empty.
    func fill(_ record: inout NetflixRecord, from row: TableRow) throws(RowError) {
        // Fewer cells than columns are taken: some tools leave out empty ones at the end.
        if row.count > targets.count { throw RowError("", "as wide as the header, but it has more columns") }
        for index in 0..<row.count {
            let cell = row[index].trimmed
            if cell.isEmpty { continue }
            switch targets[index] {
            case .column(let column): record.cells[column] = cell
            case .other(let name): record.others.append((name, cell))
            }
        }
    }
}
