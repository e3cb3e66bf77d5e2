internal import Events
internal import Foundation

/// The look of the page, after web/style.css.
enum PageStyle {
    /// What a Content-Security-Policy calls the style sheet.
    static var source: String {
        let digest = Array(sheet.utf8).withUnsafeBytes { SHA256.digest($0) }
        return "sha256-" + Data(digest).base64EncodedString()
    }

    /// Holds no character that XML would escape.
    static let sheet = """
        :root {
          color-scheme: light dark;
          --page: #f7f8f7; --card: #ffffff; --text: #1c2321; --quiet: #55605c; --line: #d5dcd9;
          --accent: #17655c; --mark: #e3efec; --bad: #a1260d; --bad-page: #fdeeea;
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --page: #141917; --card: #1c2321; --text: #e6ebe9; --quiet: #a4b0ac; --line: #36403d;
            --accent: #6cc7b8; --mark: #24332f; --bad: #ffab96; --bad-page: #3a211b;
          }
        }
        *, ::before, ::after { box-sizing: border-box; }
        html { font: 100%/1.55 system-ui, sans-serif; }
        body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: break-word; }
        main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
        h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.3rem); line-height: 1.2; margin: 0.5rem 0; }
        h2 { font-size: 1.25rem; margin: 0; }
        h3 { font-size: 1rem; margin: 0; }
        figcaption p::first-letter, h3::first-letter, th::first-letter, caption::first-letter, .tiles span::first-letter { text-transform: uppercase; }
        p { margin: 0.4rem 0; }
        a { color: var(--accent); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
        .bar { padding: 0.75rem 1rem; border-bottom: 1px solid var(--line); background: var(--card); }
        .brand { font-weight: 700; color: var(--accent); }
        footer { max-width: 72rem; margin: 0 auto; padding: 1rem; color: var(--quiet); border-top: 1px solid var(--line); font-size: 0.9rem; }
        .lead { font-size: 1.1rem; max-width: 46rem; color: var(--quiet); }
        .quiet { color: var(--quiet); font-size: 0.9rem; }
        .problem { background: var(--bad-page); color: var(--bad); border: 1px solid currentcolor; border-radius: 10px; padding: 0.6rem 1rem; margin: 0.75rem 0; }
        .chips { list-style: none; margin: 1rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.4rem; }
        .chips a { display: block; background: var(--mark); border-radius: 99px; padding: 0.2rem 0.8rem; font-size: 0.9rem; text-decoration: none; color: var(--text); }
        .chips a:hover { text-decoration: underline; }
        .report { margin-top: 2.75rem; scroll-margin-top: 1rem; }
        .tiles { list-style: none; margin: 0.9rem 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.5rem), 1fr)); gap: 0.75rem; }
        .tiles li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.8rem 1rem; }
        .tiles strong { display: block; font-size: 1.4rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
        .tiles span { display: block; color: var(--quiet); font-size: 0.9rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
        figure { margin: 0; min-width: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.15rem; }
        figure.time { grid-column: 1 / -1; }
        .chart { display: flex; margin: 0.9rem 0 0.5rem; }
        .axis { flex: none; }
        .plot { flex: 1; min-width: 0; overflow: visible; }
        .grid { stroke: var(--line); }
        .mark { fill: var(--accent); }
        .track { fill: var(--mark); }
        .interval { stroke: var(--text); stroke-width: 2; }
        svg text { fill: var(--quiet); font-size: 12px; font-variant-numeric: tabular-nums; }
        .names { margin: 0.75rem 0 1rem; }
        .names div { display: flex; justify-content: space-between; gap: 1rem; font-size: 0.9rem; }
        .names b { font-weight: normal; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .names i { font-style: normal; color: var(--quiet); white-space: nowrap; font-variant-numeric: tabular-nums; }
        .names svg { display: block; width: 100%; margin: 0.1rem 0 0.55rem; }
        summary { cursor: pointer; padding: 0.2rem 0; font-size: 0.9rem; }
        .scroll { overflow: auto; max-height: 26rem; margin-top: 0.5rem; }
        table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
        caption { text-align: left; color: var(--quiet); padding-bottom: 0.3rem; }
        th, td { text-align: right; padding: 0.3rem 0 0.3rem 0.9rem; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: normal; font-variant-numeric: tabular-nums; }
        th:first-child { text-align: left; padding-left: 0; }
        tbody th { min-width: 7rem; overflow-wrap: anywhere; }
        thead th { font-weight: 600; vertical-align: bottom; position: sticky; top: 0; background: var(--card); }
        td { white-space: nowrap; }
        .words td { text-align: left; white-space: normal; min-width: 6rem; overflow-wrap: anywhere; }
        .words th { text-align: left; padding-left: 0.9rem; }
        .words th:first-child { padding-left: 0; }
        .words caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .report > figure, .report > .charts, .kind { margin: 0.9rem 0; }
        .report > h3 { margin: 1.5rem 0 0.3rem; }
        .kind { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.5rem 1.15rem; }
        .switch { display: inline-block; border-radius: 99px; padding: 0 0.7rem; border: 1px solid currentcolor; font-weight: 600; }
        .on { background: var(--mark); color: var(--accent); }
        .off { background: var(--bad-page); color: var(--bad); }
        @media (max-width: 40rem) {
          .minor { display: none; }
          .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
        }
        @media print {
          :root { --page: #ffffff; }
          main, footer { max-width: none; padding: 0; }
          nav { display: none; }
          figure, .tiles li { break-inside: avoid; }
          .scroll { max-height: none; overflow: visible; }
          .track, .mark { print-color-adjust: exact; }
          thead th { position: static; }
          summary { display: none; }
          details::details-content { display: block; content-visibility: visible; }
        }
        """
}
