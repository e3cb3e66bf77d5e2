/// A table of texts.
struct WordTable {
    let caption: String
    let heads: [String]
    let rows: [[Markup]]

    var markup: Markup {
        let heads = heads.map { name -> Markup in #"<th scope="col">\#(name)</th>"# }
        let lines = rows.map { cells -> Markup in
            let rest = cells.dropFirst().map { cell -> Markup in "<td>\(cell)</td>" }
            return #"<tr><th scope="row">\#(cells[0])</th>\#(Array(rest))</tr>"#
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(caption)">
            <table class="words">
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
