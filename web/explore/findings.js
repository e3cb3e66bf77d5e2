import { countText, el, numberText, table } from "../page/dom.js";
import { monthChart, rankChart, weekChart } from "./charts.js";
import { categoryText, fieldText, GROUPS } from "./words.js";

/** All that an archive holds; it was read in so many seconds. `segments` is the section of what could be made of it. */
export function findings(name, { report, files, problems, rejected }, seconds, segments) {
  const sections = [...groupSections(report), charts(report), segments, fileSection(files, problems, rejected, seconds)].filter(Boolean);
  return [tiles(name, report), contents(sections), ...sections];
}

function tiles(name, report) {
  const categories = new Set(report.groups.flatMap((group) => group.categories.map(({ category }) => category)));
  const tile = (value, text) => el("li", {}, el("strong", {}, value), el("span", {}, text));
  return el(
    "section",
    { "aria-labelledby": "found" },
    el("h2", { id: "found", tabindex: "-1" }, `In ${name}`),
    el(
      "ul",
      { class: "tiles" },
      tile(numberText(report.events), report.events === 1 ? "event" : "events"),
      tile(report.first ? [day(report.first), " – ", day(report.last)] : "–", "period"),
      tile(numberText(report.viewers.length), report.viewers.length === 1 ? "person or account" : "profiles and accounts"),
      tile(numberText(categories.size), "kinds of data"),
    ),
  );
}

function day(time) {
  return el("span", { class: "whole" }, time.slice(0, 10));
}

function contents(sections) {
  const links = [...sections.map((section) => section.querySelector("h2")), { id: "copy-title", textContent: "A redacted copy" }];
  return el(
    "nav",
    { "aria-label": "On this page" },
    el("ul", { class: "chips" }, links.map(({ id, textContent }) => el("li", {}, el("a", { href: `#${id}` }, textContent)))),
  );
}

function groupSections(report) {
  return GROUPS.map(({ name, title, text }) => {
    const group = report.groups.find((group) => group.name === name);
    const isCentral = ["told", "seen", "fromOthers"].includes(name);
    if (!group && !isCentral) return null;
    const head = [el("h2", { id: `group-${name}` }, title), el("p", { class: "quiet" }, text)];
    if (!group) {
      return el("section", { class: "card", "aria-labelledby": `group-${name}` }, head, el("p", {}, "Nothing of this is in the archive."));
    }
    const types = group.types.map(([type, count]) => el("li", {}, el("code", {}, type), ` ${numberText(count)}`));
    return el(
      "section",
      { class: "card", "aria-labelledby": `group-${name}`, "data-group": name },
      head,
      el("ul", { class: "chips", "aria-label": "Kinds of events" }, types),
      el("dl", { class: "categories" }, group.categories.map((category) => categoryEntry(category))),
    );
  });
}

function categoryEntry({ category, values, fields, distinct, isMore, examples }) {
  const different = `${isMore ? "at least " : ""}${numberText(distinct)} different`;
  return el(
    "div",
    { "data-category": category },
    el("dt", {}, categoryText(category), el("span", { class: "quiet" }, ` ${countText(values, "value")}, ${different}`)),
    el(
      "dd",
      {},
      el("p", { class: "quiet" }, fields.map(fieldText).join(", ")),
      el("ul", { class: "examples" }, examples.map((example) => exampleItem(example, fields.length > 1))),
    ),
  );
}

function exampleItem({ field, text, isText }, isNamed) {
  const value = isText ? el("q", {}, text) : text;
  return el("li", {}, isNamed ? [el("span", { class: "quiet" }, `${fieldText(field)}: `), value] : value);
}

function charts({ months, week, devices, places, searches }) {
  const drawn = [
    months.length > 0 && monthChart(months),
    week.some((hours) => hours.some((count) => count > 0)) && weekChart(week),
    devices.length > 0 && rankChart("Devices", "By how often they were seen.", "event", devices),
    places.length > 0 && rankChart("Places", "Networks of the addresses you came from, and what was derived from them.", "event", places),
    searches.length > 0 && rankChart("Searches", "What was typed.", "search", searches),
  ].filter(Boolean);
  if (drawn.length === 0) return null;
  return el("section", { "aria-labelledby": "charts" }, el("h2", { id: "charts" }, "In pictures"), el("div", { class: "charts" }, drawn));
}

function fileSection(files, problems, rejected, seconds) {
  const rows = files.map(({ path, rows, events, rejected, skipped, unknownColumns }) => {
    const notes = [
      skipped && `not read: ${skipped}`,
      unknownColumns.length > 0 && `columns that are not known, kept as unclassified: ${unknownColumns.join(", ")}`,
    ].filter(Boolean);
    return [path, rows, events, rejected, notes.join("; ")];
  });
  return el(
    "section",
    { class: "card", "aria-labelledby": "files-title" },
    el("h2", { id: "files-title" }, "What was read, and what was not"),
    el("p", { class: "quiet" }, "On this machine, in ", el("span", { id: "seconds" }, numberText(seconds)), " s."),
    rejected > 0 ? rejects(problems, rejected) : null,
    table("Files of the archive", ["File", "Rows", "Events", "Rejected", "Remarks"], rows),
  );
}

function rejects(problems, rejected) {
  const more = rejected - problems.length;
  return [
    el("p", {}, `${countText(rejected, "row was", "rows were")} rejected, with the reason:`),
    el(
      "ul",
      { id: "rejects", class: "rejects", tabindex: "0", "aria-label": "Rejected rows" },
      problems.map((problem) => el("li", {}, problem)),
      more > 0 ? el("li", {}, `and ${numberText(more)} more`) : null,
    ),
  ];
}
