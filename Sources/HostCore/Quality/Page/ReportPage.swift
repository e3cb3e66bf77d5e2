/// A page that needs nothing else and runs no script: the frame around what a report shows.
struct ReportPage {
    private static let policy =
        "default-src 'none'; style-src '\(PageStyle.source)'; base-uri 'none'; form-action 'none'"

    let title: String
    /// What the page is about, in a sentence or two.
    let lead: String
    let contents: Markup
    /// The command that makes such a page.
    let command: String

    var markup: Markup {
        let style = Markup(stringLiteral: PageStyle.sheet)
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="color-scheme" content="light dark" />
            <meta name="referrer" content="no-referrer" />
            <title>\(title) · ViewerHost</title>
            <style>\(style)</style>
            </head>
            <body>
            <header class="bar"><span class="brand">ViewerHost</span></header>
            <main>
            <h1>\(title)</h1>
            <p class="lead">\(lead)</p>
            \(contents)
            </main>
            <footer>Made by <code>\(command)</code>.</footer>
            </body>
            </html>

            """
    }
}
