/// The small text files of Netflix's export: blocks of `Key: value` lines with an empty line between them.
///
/// A line belongs to the column `text` of its block where its key is no column of the file, stands there a second time
/// or comes after text: `Agent: Hello` is a key in a list of contacts and speech in a transcript.
enum NetflixText {
    struct Block {
        /// Line of the file on which the block begins, from 1.
        let line: Int
        var record: NetflixRecord
        var hasKeys = false
        fileprivate var text: [UInt8] = []
    }

    static func blocks(of bytes: Cell, as file: NetflixFile) -> [Block] {
        var blocks: [Block] = []
        var startsBlock = true
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let line = line.trimmed
            if line.isEmpty {
                startsBlock = true
                continue
            }
            let pair = pair(line, of: file)
            // Text without a key goes on with what was said before.
            if blocks.isEmpty || startsBlock && pair != nil {
                blocks.append(Block(line: number, record: NetflixRecord(file)))
            }
            startsBlock = false
            blocks[blocks.count - 1].add(line, pair)
        }
        let column = file.columns.firstIndex { Cell($0.name).equals("text") }
        for index in blocks.indices {
            if let column { blocks[index].record.cells[column] = blocks[index].text[...] }
        }
        return blocks
    }

    /// Whether the file is one sentence that there is nothing to hand out.
    static func saysNoData(_ blocks: [Block]) -> Bool {
        guard blocks.count == 1, !blocks[0].hasKeys, blocks[0].text.count < 200,
            !blocks[0].text.contains(UInt8(ascii: "\n"))
        else { return false }
        let text = (Array(" ".utf8) + blocks[0].text[...].normalised)[...]
        let subjects: [StaticString] = [
            "data", "information", "record", "contact", "connect", "histor", "member", "title", "session", "transcript",
            "survey", "available", "daten", "donn", "datos", "dati", "dados", "gegevens",
        ]
        let denials: [StaticString] = [
            " no ", " not ", " none", " kein", " aucun", " nessun", " ning", " nenhum", " geen", " brak ", " ingen",
        ]
        return subjects.contains { text.contains($0) } && denials.contains { text.contains($0) }
    }

    private static func pair(_ line: Cell, of file: NetflixFile) -> (column: Int, value: Cell)? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let key = line[..<colon].normalised[...]
        return file.columns.firstIndex { key.equals($0.name) }.map { ($0, line[(colon + 1)...].trimmed) }
    }
}

extension NetflixText.Block {
    fileprivate mutating func add(_ line: Cell, _ pair: (column: Int, value: Cell)?) {
        if text.isEmpty, let pair, record.cells[pair.column].isEmpty {
            record.cells[pair.column] = pair.value
            hasKeys = true
            return
        }
        if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
        text += line
    }
}
