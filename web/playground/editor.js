import { el } from "../page/dom.js";
import { tokens } from "./lua.js";

const INDENT = "  ";

/** A text field for Lua: colours lie under it, line numbers beside it, and completions open at the caret. */
export class Editor {
  /** `id` is that of the text field; its list of completions goes by one made of it. */
  constructor(root, { id, labelledBy, describedBy, completion, onChange }) {
    this.id = id;
    this.completion = completion;
    this.onChange = onChange;
    this.marked = [];
    this.open = null;
    this.isLeaving = false;
    this.gutter = el("pre", { class: "gutter code", "aria-hidden": "true" });
    this.shade = el("pre", { class: "shade code", "aria-hidden": "true" });
    this.area = el("textarea", {
      class: "code", id, spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off",
      "aria-labelledby": labelledBy, "aria-describedby": describedBy, "aria-autocomplete": "list", "aria-controls": `${id}-choices`,
      oninput: () => this.changed(),
      onscroll: () => this.follow(),
      onkeydown: (event) => this.key(event),
      onclick: () => this.close(),
      onblur: () => this.close(),
    });
    this.list = el("ul", { class: "choices", id: `${id}-choices`, role: "listbox", "aria-label": "Completions", hidden: true });
    this.announcer = el("p", { class: "visually-hidden", role: "status" });
    root.append(el("div", { class: "editor" }, this.gutter, el("div", { class: "text" }, this.shade, this.area, this.list)), this.announcer);
  }

  get value() {
    return this.area.value;
  }

  set value(text) {
    this.area.value = text;
    this.area.setSelectionRange(0, 0);
    this.area.scrollTop = this.area.scrollLeft = 0;
    this.close();
    this.paint();
    this.onChange();
  }

  /** Marks lines, by their numbers from 1, and no others. */
  mark(lines) {
    if (this.marked.join() === lines.join()) return;
    this.marked = lines;
    this.paint();
  }

  /** Puts the caret at the beginning of a line. */
  goTo(line) {
    const start = this.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.area.focus();
    this.area.setSelectionRange(start, start);
    const { lineHeight } = getComputedStyle(this.area);
    this.area.scrollTop = (line - 4) * parseFloat(lineHeight);
    this.area.scrollIntoView({ block: "nearest" });
  }

  changed() {
    this.paint();
    this.complete(false);
    this.onChange();
  }

  paint() {
    const lines = [[]];
    for (const { kind, text } of tokens(this.value, this.completion.known)) {
      for (const [index, part] of text.split("\n").entries()) {
        if (index > 0) lines.push([]);
        if (part !== "") lines.at(-1).push(kind === "plain" ? part : el("span", { class: `tok-${kind}` }, part));
      }
    }
    const isBad = (index) => this.marked.includes(index + 1) && "bad";
    this.shade.replaceChildren(...lines.flatMap((parts, index) => [el("span", { class: isBad(index) }, parts), "\n"]));
    this.gutter.replaceChildren(...lines.flatMap((_, index) => [el("span", { class: isBad(index) }, String(index + 1)), "\n"]));
    this.follow();
  }

  follow() {
    this.shade.scrollTop = this.gutter.scrollTop = this.area.scrollTop;
    this.shade.scrollLeft = this.area.scrollLeft;
  }

  key(event) {
    if (event.isComposing) return;
    if (this.open && this.choose(event)) return event.preventDefault();
    if (event.key === "Escape") this.isLeaving = true;
    else if (event.key === "Tab" && !this.isLeaving) {
      event.preventDefault();
      this.indent(event.shiftKey);
    } else if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      this.complete(true);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.insert(`\n${/^[ \t]*/.exec(this.line)[0]}`);
    }
    if (event.key !== "Escape" && event.key !== "Shift") this.isLeaving = false;
  }

  /** The text of the caret's line up to the caret. */
  get line() {
    const before = this.value.slice(0, this.area.selectionStart);
    return before.slice(before.lastIndexOf("\n") + 1);
  }

  /** Puts text in the place of the selection, so that undo knows of it. */
  insert(text) {
    const isDone = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
    if (isDone) return;
    this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
    this.changed();
  }

  /** Indents the caret's line or the selected lines, or takes it back. */
  indent(isBack) {
    const { selectionStart: start, selectionEnd: end } = this.area;
    if (start === end && !isBack) return this.insert(INDENT);
    const first = this.value.lastIndexOf("\n", start - 1) + 1;
    const lines = this.value.slice(first, end).split("\n");
    const moved = lines.map((line) => (isBack ? line.replace(/^( {1,2}|\t)/, "") : line === "" ? "" : INDENT + line));
    const text = moved.join("\n");
    if (text === lines.join("\n")) return;
    this.area.setSelectionRange(first, end);
    this.insert(text);
    const change = moved[0].length - lines[0].length;
    this.area.setSelectionRange(Math.max(first, start + change), first + text.length);
  }

  complete(isAsked) {
    const { selectionStart, selectionEnd } = this.area;
    const found = selectionStart === selectionEnd ? this.completion.at(this.value, selectionStart, isAsked) : null;
    if (!found) return this.close();
    this.open = { ...found, selected: 0 };
    this.list.replaceChildren(
      ...found.choices.map(({ label, note }, index) =>
        el("li", { role: "option", id: `${this.id}-choice-${index}`, onmousedown: (event) => {
          // The field must keep the focus.
          event.preventDefault();
          this.take(index);
        } }, label, note ? el("small", {}, note) : null)),
    );
    this.list.hidden = false;
    this.place();
    this.select(0);
    this.announcer.textContent = found.choices.length === 1 ? "1 completion" : `${found.choices.length} completions`;
  }

  /** Under the caret, or above it where there is no room. */
  place() {
    const style = getComputedStyle(this.area);
    const height = parseFloat(style.lineHeight);
    const padding = parseFloat(style.paddingTop);
    const ruler = el("span", { class: "code visually-hidden" }, "0".repeat(100));
    this.shade.after(ruler);
    const width = ruler.scrollWidth / 100;
    ruler.remove();
    const row = this.value.slice(0, this.area.selectionStart).split("\n").length - 1;
    const y = padding + row * height - this.area.scrollTop;
    const x = padding + this.line.length * width - this.area.scrollLeft;
    const isBelow = y + height + this.list.offsetHeight <= this.area.clientHeight || y < this.list.offsetHeight;
    this.list.style.top = `${isBelow ? y + height : y - this.list.offsetHeight}px`;
    this.list.style.left = `${Math.max(0, Math.min(x, this.area.clientWidth - this.list.offsetWidth))}px`;
  }

  select(index) {
    this.open.selected = index;
    for (const [place, item] of [...this.list.children].entries()) item.setAttribute("aria-selected", String(place === index));
    this.list.children[index].scrollIntoView({ block: "nearest" });
    this.area.setAttribute("aria-activedescendant", `${this.id}-choice-${index}`);
  }

  /** What a key does to the open list; whether it does anything. */
  choose({ key }) {
    const { selected, choices } = this.open;
    switch (key) {
      case "ArrowDown": this.select((selected + 1) % choices.length); return true;
      case "ArrowUp": this.select((selected + choices.length - 1) % choices.length); return true;
      case "Enter": case "Tab": this.take(selected); return true;
      case "Escape": this.close(); return true;
      case "ArrowLeft": case "ArrowRight": case "Home": case "End": this.close(); return false;
      default: return false;
    }
  }

  take(index) {
    const { from, choices } = this.open;
    this.area.setSelectionRange(from, this.area.selectionStart);
    this.insert(choices[index].insert);
    this.close();
  }

  close() {
    this.open = null;
    this.list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
  }
}
