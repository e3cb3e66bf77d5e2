/// A table of a page, which scrolls by itself where it is long.
struct PageTable {
    let caption: String
    let heads: [String]
    /// The first cell of a row is its name.
    let rows: [[Markup]]
    /// Whether the cells are texts, and not numbers.
    var isWords = true

    var markup: Markup {
        let heads = heads.map { name -> Markup in #"<th scope="col">\#(name)</th>"# }
        let lines = rows.map { cells -> Markup in
            let rest = cells.dropFirst().map { cell -> Markup in "<td>\(cell)</td>" }
            return #"<tr><th scope="row">\#(cells[0])</th>\#(rest)</tr>"#
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(caption)">
            <table\(isWords ? Markup(stringLiteral: " class=\"words\"") : "")>
            <caption>\(caption)</caption>
            <thead><tr>\(heads)</tr></thead>
            <tbody>
            \(lines)
            </tbody>
            </table>
            </div>
            """
    }
}

extension Markup {
    init(escaping text: String) {
        self = "\(text)"
    }
}
