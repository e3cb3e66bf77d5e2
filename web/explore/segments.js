import { countText, el, replaceContent } from "../page/dom.js";
import { categoryText, fieldText } from "./words.js";

/** What is shown of an event first, where it is there. */
const TELLING = ["title", "query", "device", "domain", "url", "interests"];

const REFUSALS = {
  child: () => "No. This is a child's profile: no service may put it in a segment for advertising.",
  noConsent: () => "No: there is no consent to advertising.",
  refused: ({ since }) => `No: advertising was refused on ${dayText(since)}, and nothing from before is used again.`,
  privacyControl: ({ since }) => `No: the browser's Global Privacy Control refused advertising on ${dayText(since)}.`,
  nothingKnown: () => "No: the archive has nothing that this segment looks at.",
};

/** What could be made of the archive for advertising. The segments are folded when the section is opened. */
export function segmentSection(segments, fold) {
  const content = el("div", { id: "segments" });
  const status = el("p", { id: "segments-status", role: "status" });
  let isAsked = false;
  const details = el(
    "details",
    { id: "segments-details", ontoggle: () => details.open && !isAsked && open() },
    el("summary", {}, `Show what ${countText(segments.length, "segment")} make of this archive`),
    status,
    content,
  );

  async function open() {
    isAsked = true;
    const tell = ({ share }) => (status.textContent = `Looking at the archive … ${Math.round(100 * share)} %`);
    tell({ share: 0 });
    const answer = await fold(tell);
    // Another archive may be shown by now, or this one may be asked again.
    isAsked = !answer.isCancelled && !answer.error;
    status.textContent = answer.isCancelled ? "Stopped." : "";
    if (answer.error) return replaceContent(content, el("p", { class: "problem" }, answer.error.message));
    if (answer.result) replaceContent(content, found(answer.result, segments));
  }

  return el(
    "section",
    { class: "card", "aria-labelledby": "segments-title" },
    el("h2", { id: "segments-title" }, "Ad segments a service could put you in"),
    el("p", {}, "A segment is a group of viewers to whom advertisements are sold. What the bundled segments make of this archive is worked out here, in your browser, as if nobody had objected but for what the archive itself says."),
    el("p", {}, el("strong", {}, "What keeps you out: "), "advertising needs your consent. Refuse it, object, or switch on Global Privacy Control in your browser; children's profiles are in no segment at all."),
    el("p", { class: "quiet" }, "These are your own data, so you see every segment. A service must neither use nor show one that has fewer viewers than its minimum audience (50 in ViewerHost)."),
    details,
  );
}

function found({ segments, profiles, now }, plugins) {
  if (profiles.length === 0) return el("p", {}, "The archive has nothing that a segment looks at.");
  const list = segments.map((segment, index) => ({ ...segment, summary: plugins[index].summary }));
  return [
    el("p", { class: "quiet" }, `As of ${dayText(now)}, the last day in the archive.`),
    profiles.map(({ subject, answers }, place) => profile(subject, answers, list, place)),
  ];
}

function profile(subject, answers, segments, place) {
  const entries = segments.map((segment, index) => ({ segment, answer: answers[index] }));
  const isIn = ({ answer }) => answer.isMember === true;
  const members = entries.filter(isIn);
  const others = entries.filter((entry) => !isIn(entry));
  // Who is in none for one and the same reason is told so once.
  const refusal = answers.find(({ outcome }) => outcome === "refused")?.refusal;
  const isAllRefused = refusal !== "nothingKnown" && answers.every((answer) => answer.refusal === refusal);
  const id = `profile-${place}`;
  return el(
    "section",
    { class: "profile", "aria-labelledby": id, "data-subject": subject },
    el("h3", { id }, subject.replace(/^[a-z]+:/, "")),
    isAllRefused
      ? el("p", { class: "refusal" }, REFUSALS[refusal](answers[0]))
      : [
        el("p", { class: "quiet" }, members.length === 0 ? "In none of them." : `In ${countText(members.length, "segment")} of ${segments.length}.`),
        el("ul", { class: "segments" }, [...members, ...others].map(item)),
      ],
  );
}

function item({ segment, answer }) {
  const isIn = answer.isMember === true;
  return el(
    "li",
    { "data-segment": segment.name, "data-answer": isIn ? "in" : "out" },
    el("p", { class: "segment-name" },
      el("span", { class: isIn ? "badge in" : "badge" }, isIn ? "In" : "Not in"), " ", el("strong", {}, nameText(segment.name)),
      segment.isExclusion ? el("span", { class: "quiet" }, " keeps advertisements away") : null,
      segment.isSensitive ? el("span", { class: "quiet" }, " a sensitive subject") : null),
    el("p", { class: "quiet" }, firstSentence(segment.summary)),
    el("p", { class: "reason" }, reasonText(answer)),
    isIn ? el("p", { class: "until" }, `Until ${dayText(answer.until)}, if nothing new happens.`) : null,
    el("p", { class: "quiet" }, readsText(segment.reads)),
    answer.events?.length > 0 ? eventsOf(answer.events) : null,
  );
}

function reasonText(answer) {
  switch (answer.outcome) {
    case "refused": return REFUSALS[answer.refusal](answer);
    case "failed": return `The segment failed (${answer.code}: ${answer.message}); so you are not in it.`;
    default: return sentence(answer.reason || (answer.isMember ? "It does not say why." : "What it looks for is not there."));
  }
}

function readsText(reads) {
  if (reads.length === 0) return "Reads when something happened, and nothing of it.";
  const names = reads.map((name) => (name.startsWith("data.") ? fieldText(name.slice(5)) : categoryText(name)));
  return `Reads ${names.join(", ")}.`;
}

function eventsOf(events) {
  return el(
    "details",
    { class: "behind" },
    el("summary", {}, `Because of ${countText(events.length, "event")}`),
    el("ul", {}, events.map((event) => el("li", {}, eventText(event)))),
  );
}

function eventText({ type, time, data }) {
  const field = TELLING.find((name) => data?.[name] !== undefined && data[name] !== null);
  const value = field && (typeof data[field] === "string" ? data[field] : JSON.stringify(data[field]));
  return [el("span", { class: "whole" }, time ? time.slice(0, 16).replace("T", " ") : ""), " ", el("code", {}, type), value ? [" ", el("q", {}, value)] : null];
}

function nameText(name) {
  return sentence(name.replaceAll("-", " "));
}

/** What comes behind it is for authors. */
function firstSentence(text) {
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, ".") ?? text;
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Seconds since 1970 as a day. */
function dayText(seconds) {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? "a day that is none" : date.toISOString().slice(0, 10);
}
