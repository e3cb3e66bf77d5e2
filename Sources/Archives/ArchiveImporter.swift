public import Events

/// Turns one file of an archive into events, piece by piece.
///
/// ```swift
/// var importer = ArchiveImporter(.netflix, path: "CONTENT_INTERACTION/Ratings.csv", hash: KeyedHash(key: key))
/// let used = importer.read(bytes, isLast: false, into: &writer)
/// ```
public struct ArchiveImporter: Sendable {
    private enum Mapping: Sendable {
        case netflix(NetflixImporter, NetflixHeader?)
        case netflixText(NetflixImporter)
        case history(HistoryImporter)
        case movieLens(MovieLensImporter)
    }

    public private(set) var report: FileReport
    /// What was wrong since this was emptied last.
    public var problems: [ImportProblem] = []

    private var mapping: Mapping
    private var reader: TableReader
    private var row = TableRow()
    /// The row's cells, in the order of the file's description.
    private var record: NetflixRecord?
    private var identities: RowIdentities
    private var isGivenUp = false

    /// Reads the file at `path` of an archive of this `kind`; nil where the kind knows no such file. The events' ids are
    /// made with `hash`: the same rows have the same ids under the same key.
    public init?(_ kind: ArchiveKind, path: String, hash: KeyedHash) {
        identities = RowIdentities(hash)
        report = FileReport(name: path)
        let name = ArchivePath(path)
        switch kind {
        case .netflix:
            guard let file = NetflixFile.all.first(where: { name.letters[...].equals($0.name) }) else { return nil }
            let importer = NetflixImporter(file)
            let isText = name.fileExtension[...].equals("txt")
            mapping = isText ? .netflixText(importer) : .netflix(importer, nil)
            reader = TableReader(.csv)
        case .netflixHistory(let order):
            mapping = .history(HistoryImporter(order))
            reader = TableReader(.csv)
        case .movieLens(let layout):
            guard let importer = MovieLensImporter(layout, file: name.name) else { return nil }
            mapping = .movieLens(importer)
            reader = TableReader(importer.format)
        }
    }

    /// Appends the events of the whole rows in `bytes`; how many of the bytes are done with. The others come again, with
    /// more behind them, in the next call; `isLast` is set once nothing more comes.
    public mutating func read(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, into writer: inout EventWriter
    ) -> Int {
        if isGivenUp { return bytes.count }
        if case .netflixText(let importer) = mapping {
            if isLast || bytes.count > JSONLimits.bytes {
                readText(Array(bytes)[...], importer, &writer)
                isGivenUp = true
                return bytes.count
            }
            return 0
        }
        var position = 0
        do throws(TableError) {
            while !isGivenUp, try reader.next(in: bytes, at: &position, isLast: isLast, into: &row) {
                readRow(into: &writer)
            }
        } catch {
            giveUp(error.line, "\(error.column): \(error.message)")
        }
        return isGivenUp ? bytes.count : position
    }

    private mutating func readRow(into writer: inout EventWriter) {
        let start = writer.bytes.count
        do throws(RowError) {
            let count: Int
            switch mapping {
            case .netflix(let importer, nil):
                readHeader(of: importer)
                return
            case .netflix(let importer, let header?):
                count = try read(row, importer, header, into: &writer)
            case .history(var importer):
                count = try importer.append(row, &identities, to: &writer)
                mapping = .history(importer)
            case .movieLens(var importer):
                count = try importer.append(row, to: &writer)
                mapping = .movieLens(importer)
            case .netflixText:
                return
            }
            // The first row may be a header.
            if count == 0 { return }
            report.rows += 1
            report.events += count
        } catch {
            writer.bytes.removeLast(writer.bytes.count - start)
            report.rows += 1
            report.rejected += 1
            problems.append(ImportProblem(line: row.line, message: error.message))
        }
    }

    private mutating func read(
        _ row: TableRow, _ importer: NetflixImporter, _ header: NetflixHeader, into writer: inout EventWriter
    ) throws(RowError) -> Int {
        var record = self.record.take() ?? NetflixRecord(importer.file)
        defer {
            // The row's bytes are written over by the next one's as long as nobody else holds them.
            record.removeAll()
            self.record = record
        }
        try header.fill(&record, from: row)
        return try importer.append(record, &identities, to: &writer)
    }

    private mutating func readHeader(of importer: NetflixImporter) {
        let header = NetflixHeader(row, of: importer.file)
        if let missing = header.missing(of: importer.file) {
            let reason = row.count == 1 && row[0].contains(UInt8(ascii: ";")) ? ", but ';' where ',' should be" : ""
            return giveUp(row.line, "the file has no column '\(missing)'\(reason); its rows are left out")
        }
        report.unknownColumns = header.unknown
        mapping = .netflix(importer, header)
    }

    private mutating func readText(_ text: Cell, _ importer: NetflixImporter, _ writer: inout EventWriter) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let blocks = NetflixText.blocks(of: text.starts(with: mark) ? text.dropFirst(3) : text, as: importer.file)
        if NetflixText.saysNoData(blocks) {
            report.skipReason = "the file says that there is no data"
            return
        }
        for block in blocks {
            let start = writer.bytes.count
            report.rows += 1
            do throws(RowError) {
                report.events += try importer.append(block.record, &identities, to: &writer)
            } catch {
                writer.bytes.removeLast(writer.bytes.count - start)
                report.rejected += 1
                problems.append(ImportProblem(line: block.line, message: error.message))
            }
        }
    }

    private mutating func giveUp(_ line: Int, _ message: String) {
        problems.append(ImportProblem(line: line, message: message))
        report.rejected += 1
        isGivenUp = true
    }
}
