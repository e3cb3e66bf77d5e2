import { countText, el, numberText, replaceContent, table } from "../page/dom.js";
import { categoryText } from "./words.js";

/** Checkboxes for the bundled plugins, and a copy of the archive's events that went through those chosen. */
export function redactionSection(plugins, makeCopy) {
  const result = el("div", { id: "copy", role: "status" });
  const boxes = plugins.map((plugin) => {
    const box = el("input", { type: "checkbox", name: "plugin", value: plugin.name, checked: plugin.name === "redact.lua" });
    return { box, plugin, label: el("label", { class: "choice" }, box, el("span", {}, el("code", {}, plugin.name), ` ${plugin.summary}`)) };
  });
  const button = el("button", { type: "button", id: "make-copy", class: "primary", onclick: make }, "Make the copy");
  let address = null;

  async function make() {
    const chosen = boxes.filter(({ box }) => box.checked).map(({ plugin }) => plugin);
    if (chosen.length === 0) return replaceContent(result, el("p", {}, "Choose at least one plugin."));
    button.disabled = true;
    const answer = await makeCopy(chosen);
    button.disabled = false;
    if (answer.isCancelled) return replaceContent(result, el("p", {}, "Stopped: there is no copy."));
    if (answer.error) return replaceContent(result, el("p", { class: "problem" }, answer.error.message));
    if (address) URL.revokeObjectURL(address);
    address = URL.createObjectURL(answer.result.file);
    replaceContent(result, outcome(answer.result, address));
  }

  return el(
    "section",
    { class: "card", "aria-labelledby": "copy-title" },
    el("h2", { id: "copy-title" }, "A redacted copy"),
    el("p", {}, "The events of the archive, led through plugins that take out what the copy should not tell; one JSON object per line."),
    el("fieldset", {}, el("legend", {}, "Plugins, in this order"), boxes.map(({ label }) => label)),
    el("p", { class: "quiet" }, "Pseudonyms and the events' ids are made with a key that is drawn when the page opens and kept nowhere: nobody can turn them back."),
    button,
    result,
  );
}

function outcome({ report, file }, address) {
  const lost = report.failed > 0 ? el("p", { class: "problem" }, failureText(report)) : null;
  const redactions = Object.entries(report.redactions).sort((a, b) => b[1] - a[1]);
  return [
    el("p", {}, `${countText(report.passed, "event")} passed, ${numberText(report.changed)} of them changed; ${numberText(report.dropped)} dropped.`),
    lost,
    el("p", {}, el("a", { id: "download", class: "button", href: address, download: "redacted.ndjson" }, `Download redacted.ndjson (${numberText(file.size / 1000)} kB)`)),
    table("What was taken out or replaced", ["Kind of data", "Fields"], redactions.map(([category, count]) => [categoryText(category), count])),
  ];
}

function failureText({ failed, takenOut, failures }) {
  const end = takenOut ? ` '${takenOut}' failed too often in a row and was taken out.` : "";
  return `${countText(failed, "event is", "events are")} not in the copy, because a plugin failed: ${failures[0].message}.${end}`;
}
