const TOKEN = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** A JSON text with a line for each member. Numbers and strings stay as they are written, which JSON.parse would not keep. */
export function prettyLines(text) {
  const lines = [];
  let line = "";
  let depth = 0;
  const end = () => {
    lines.push(line);
    line = "  ".repeat(depth);
  };
  const all = text.match(TOKEN) ?? [];
  for (const [index, token] of all.entries()) {
    const isEmpty = (token === "{" && all[index + 1] === "}") || (token === "[" && all[index + 1] === "]");
    const wasEmpty = (token === "}" && all[index - 1] === "{") || (token === "]" && all[index - 1] === "[");
    if ((token === "}" || token === "]") && !wasEmpty) {
      depth -= 1;
      end();
    }
    line += token === ":" ? ": " : token;
    if ((token === "{" || token === "[") && !isEmpty) {
      depth += 1;
      end();
    } else if (token === ",") end();
  }
  lines.push(line);
  return lines;
}
