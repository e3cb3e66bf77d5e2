const KEYWORDS = new Set(
  "and break do else elseif end false for function goto if in local nil not or repeat return then true until while".split(" "));

// Long brackets, comments and strings may be unfinished while somebody types: they end with the text, or with the line.
const TOKEN =
  /(--\[(=*)\[[\s\S]*?(?:\]\2\]|$(?![\s\S]))|--[^\n]*)|(\[(=*)\[[\s\S]*?(?:\]\4\]|$(?![\s\S]))|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?)|(\b(?:0[xX][\da-fA-F.]+(?:[pP][+-]?\d+)?|\d[\d.]*(?:[eE][+-]?\d+)?))|([A-Za-z_]\w*)/g;

/** Lua's text as pieces `{ kind, text, start }`; `known` are the names that plugins find. */
export function tokens(source, known) {
  const pieces = [];
  let end = 0;
  for (const match of source.matchAll(TOKEN)) {
    if (match.index > end) pieces.push({ kind: "plain", text: source.slice(end, match.index), start: end });
    const [text, comment, , string, , number, word] = match;
    const kind = comment ? "comment" : string ? "string" : number ? "number" : KEYWORDS.has(word) ? "keyword" : known.has(word) ? "known" : "plain";
    pieces.push({ kind, text, start: match.index });
    end = match.index + text.length;
  }
  if (end < source.length) pieces.push({ kind: "plain", text: source.slice(end), start: end });
  return pieces;
}
