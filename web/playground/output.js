import { countText, el, numberText, replaceContent } from "../page/dom.js";
import { diff } from "./diff.js";
import { prettyLines } from "./json-text.js";

const SIGNS = { same: "  ", removed: "− ", added: "+ " };
const TAGS = { same: "span", removed: "del", added: "ins" };
/** So many events are unfolded from the beginning. */
const UNFOLDED = 3;
/** So many events are listed; all are run and counted. */
export const LISTED = 300;

/** One entry for each event; `unfolded` remembers by line which ones the reader opened or closed. */
export function eventList(events, unfolded) {
  let left = UNFOLDED;
  return events.slice(0, LISTED).map((event) => {
    const isNews = event.outcome !== "passed";
    const isOpen = unfolded.get(event.line) ?? (isNews && left-- > 0);
    const entry = el(
      "details",
      { open: isOpen, ontoggle: () => {
        unfolded.set(event.line, entry.open);
        fill();
      } },
      el("summary", {}, `${event.line}. `, el("code", {}, typeOf(event.input)), el("span", { class: `outcome ${event.outcome}` }, event.outcome)),
    );
    // A difference costs more than a line of the list: it is made for what is looked at.
    const fill = () => {
      if (entry.open && entry.children.length === 1) entry.append(...details(event));
    };
    fill();
    return el("li", { "data-line": event.line, "data-outcome": event.outcome }, entry);
  });
}

function typeOf(input) {
  try {
    return JSON.parse(input).type;
  } catch {
    return "event";
  }
}

function details({ outcome, input, output, failure }) {
  const before = prettyLines(input);
  const lines =
    outcome === "failed" ? before.map((text) => ({ kind: "same", text }))
    : diff(before, output === "" ? [] : prettyLines(output));
  const why = failure ? el("p", { class: "why" }, `${failure.code}: ${failure.message}`) : null;
  const view = el("pre", { class: "diff code", tabindex: "0", role: "region", "aria-label": "Difference" },
    lines.map(({ kind, text }) => el(TAGS[kind], {}, SIGNS[kind] + text)));
  return [why, view].filter(Boolean);
}

export function summaryText({ events, passed, changed, dropped, failed, rejected }) {
  const parts = [`${countText(events, "event")}: ${numberText(passed)} passed (${numberText(changed)} changed)`, `${numberText(dropped)} dropped`, `${numberText(failed)} failed`];
  if (rejected > 0) parts.push(`${countText(rejected, "line")} no event`);
  return parts.join(", ");
}

export function usageText({ usage, manifests, milliseconds }) {
  return usage
    .map(({ calls, memory }, index) => {
      const { name, version } = manifests[index];
      return `${name} ${version}: ${countText(calls, "call")} in ${numberText(milliseconds)} ms; at most ${numberText(memory / 1024)} KiB of memory`;
    })
    .join("; ");
}

/** Failures, lines that are no events, and a plugin that was taken out. */
export function showTrouble(area, { failures, rejects, takenOut }) {
  const lines = [
    ...failures.filter(({ code }) => code !== "circuit_open").map(({ code, message, count }) => `${code}: ${message}${count > 1 ? ` (${countText(count, "event")})` : ""}`),
    ...rejects.slice(0, 10).map(({ line, column, message }) => `events, line ${line}, column ${column}: ${message}`),
  ];
  if (takenOut) lines.push(`'${takenOut}' failed 20 times in a row and was taken out`);
  area.hidden = lines.length === 0;
  replaceContent(area, lines.map((line) => el("p", {}, line)));
}
