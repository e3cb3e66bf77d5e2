import { tokens } from "./lua.js";

const MOST = 60;

/** What can be completed: the plugin API, from the annotations that `host plugin annotations` prints, and the catalogue. */
export class Completion {
  constructor(annotations, catalogue) {
    this.members = new Map();
    for (const { module, name, args, summary } of functions(annotations)) {
      if (!this.members.has(module)) this.members.set(module, []);
      this.members.get(module).push({ label: name, insert: name, note: `${module}.${name}(${args})${summary ? ` · ${summary}` : ""}` });
    }
    this.members.get("json")?.push({ label: "null", insert: "null", note: "JSON's null" });
    this.members.set("event", [
      ...fieldsOfClass(annotations, "Event").map(({ name, note }) => ({ label: name, insert: name, note })),
    ]);
    this.members.set("data", catalogueFields(catalogue));
    this.known = new Set([...this.members.keys()].filter((name) => name !== "data"));
    this.words = [...this.known].map((name) => ({ label: name, insert: name, note: "" }));
    this.texts = [
      ...catalogue.types.map(({ name, summary }) => ({ label: name, insert: name, note: summary })),
      ...catalogue.categories.map((name) => ({ label: name, insert: name, note: "data category" })),
    ];
  }

  /** What fits at `position`: `{ from, choices }`, or null. `isAsked` also where little is typed. */
  at(source, position, isAsked) {
    const piece = tokens(source.slice(0, position), this.known).at(-1);
    if (!piece || piece.kind === "comment") return null;
    if (piece.kind === "string") return this.inText(piece, position, isAsked);
    const [, owner, dot, word] = /(?:([A-Za-z_]\w*)\s*(\.)\s*)?([A-Za-z_]\w*)?$/.exec(source.slice(0, position));
    const typed = word ?? "";
    if (dot) return this.matching(this.members.get(owner) ?? [], typed, position);
    if (typed.length < 2 && !isAsked) return null;
    return this.matching(this.words, typed, position);
  }

  inText(piece, position, isAsked) {
    const typed = /[\w.]*$/.exec(piece.text)[0];
    if (typed.length < 2 && !isAsked) return null;
    if (typed.startsWith("data.")) {
      const fields = this.members.get("data").map(({ label, note }) => ({ label: `data.${label}`, insert: `data.${label}`, note }));
      return this.matching(fields, typed, position);
    }
    return this.matching(this.texts, typed, position);
  }

  matching(choices, typed, position) {
    const fitting = choices.filter(({ label }) => label.startsWith(typed) && label !== typed).slice(0, MOST);
    return fitting.length > 0 ? { from: position - typed.length, choices: fitting } : null;
  }
}

/** What can be completed in tests: what a test file finds in the place of `mask` and `host`. */
export class TestCompletion extends Completion {
  constructor(annotations, catalogue) {
    super(annotations, catalogue);
    for (const name of ["mask", "host"]) this.members.delete(name);
    this.members.set("build", catalogue.types.map(({ name, summary }) => {
      const label = name.replace(".", "_");
      return { label, insert: label, note: summary };
    }));
    const calls = [...annotations.matchAll(/^function (\w+)(\([^)]*\)) end/gm)];
    const own = calls.map(([, name, args]) => ({ label: name, insert: name, note: name + args }));
    const expectations = fieldsOfClass(annotations, "Expectation").map(({ name, note }) => ({ label: name, insert: name, note }));
    const modules = [...this.members.keys()].filter((name) => name !== "data");
    this.known = new Set([...modules, ...own.map(({ label }) => label)]);
    this.words = [...modules.map((name) => ({ label: name, insert: name, note: "" })), ...own, ...expectations];
  }
}

/** `function mask.ip(value) end`, with the lines of `---` text before it. */
function* functions(annotations) {
  let summary = "";
  for (const line of annotations.split("\n")) {
    const found = /^function (\w+)\.(\w+)\(([^)]*)\) end/.exec(line);
    if (found) yield { module: found[1], name: found[2], args: found[3], summary };
    const text = /^---([^@|].*)/.exec(line);
    if (text) summary = text[1].trim();
    else if (!line.startsWith("---")) summary = "";
  }
}

function fieldsOfClass(annotations, name) {
  const start = annotations.indexOf(`---@class ${name}\n`);
  const block = annotations.slice(start).split("\n\n")[0];
  return [...block.matchAll(/^---@field (\w+)\?? (.*)$/gm)].map(([, name, note]) => ({ name, note }));
}

/** The fields of all types by name, each with its categories. */
function catalogueFields({ types }) {
  const fields = new Map();
  for (const { fields: own } of types) {
    for (const { name, category, summary } of own) {
      if (!fields.has(name)) fields.set(name, { summary, categories: new Set() });
      fields.get(name).categories.add(category);
    }
  }
  return [...fields]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { summary, categories }]) => ({ label: name, insert: name, note: `${[...categories].join(", ")} · ${summary}` }));
}
