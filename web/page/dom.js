/** An HTML element. `on…` are listeners, other values are attributes; `true` is one without a value, `false` none. */
export function el(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return element;
}

export function byID(id) {
  return document.getElementById(id);
}

export function replaceContent(element, ...children) {
  element.replaceChildren(...children.flat(2).filter((child) => child !== null && child !== undefined));
}

/** A table with a head; cells that are numbers stand to the right. */
export function table(caption, head, rows) {
  const cell = (kind, value, scope) => el(kind, { class: typeof value === "number" && "number", scope }, shown(value));
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el(
      "table",
      {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, head.map((text, index) => el("th", { scope: "col", class: typeof rows[0]?.[index] === "number" && "number" }, text)))),
      el("tbody", {}, rows.map(([first, ...rest]) => el("tr", {}, cell("th", first, "row"), rest.map((value) => cell("td", value))))),
    ),
  );
}

function shown(value) {
  return typeof value === "number" ? numberText(value) : value;
}

const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function numberText(number) {
  return plain.format(number);
}

/** `1 event`, `2 events`. */
export function countText(count, one, many = `${one}s`) {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}
