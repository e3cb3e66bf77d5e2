import { Engine, LIMITS } from "./engine.js";
import { RequestError } from "./run.js";

/** Events of these types may say what the viewer allows, whatever segments fold. */
const WILL = ["consent.changed", "account.opened", "account.updated"];
/** So many events are folded between two signs of life. */
const FOLDED_AT_ONCE = 2000;
/** Events that are told of one answer. */
const SHOWN = 5;
/** A segment's answers hold so many days at most. */
const DAY = 86400;
const NEWLINE = 10;
const decoder = new TextDecoder();

/**
 * Folds the events of an archive into segments, for each profile by itself, as a service could do it with whoever does not
 * object: what the archive says of consents and of children's profiles holds.
 *
 * `plugins` are `{ name, source }`; `chunks` are whole lines of NDJSON. Gives `{ segments, profiles, now }`, and tells
 * `onFold` the share of the events that is folded.
 */
export async function segmentsOf(module, { plugins, chunks }, onFold) {
  const engine = await Engine.start(module);
  const segments = plugins.map(({ name, source }) => {
    const { manifest, problem } = engine.loadFold(source, name, LIMITS);
    if (problem !== undefined) throw new RequestError(problem);
    return manifest;
  });
  const types = segments.some(({ events }) => events.length === 0) ? null : new Set([...segments.flatMap(({ events }) => events), ...WILL]);
  const profiles = new Map();
  let latest = -Infinity;
  for await (const chunk of chunks) {
    const titles = [];
    for (const line of linesOf(chunk)) {
      const text = decoder.decode(line);
      const { type, subject, time } = JSON.parse(text);
      if (time !== undefined) latest = Math.max(latest, Date.parse(time));
      if (type.startsWith("title.")) titles.push(line);
      // Privacy control and children's profiles are told by events of any type.
      if (subject === undefined || (types && !types.has(type) && !/"(gpc|is_kids)"/.test(text))) continue;
      if (!profiles.has(subject)) profiles.set(subject, []);
      profiles.get(subject).push(line);
    }
    engine.addTitles(joinedLines(titles));
  }
  let folded = 0;
  const all = [...profiles.values()].reduce((sum, lines) => sum + lines.length, 0);
  const fold = (lines) => {
    engine.beginViewer();
    for (let start = 0; start < lines.length; start += FOLDED_AT_ONCE) {
      const part = lines.slice(start, start + FOLDED_AT_ONCE);
      engine.addViewerEvents(joinedLines(part));
      onFold((folded += part.length) / all);
    }
  };
  const now = Number.isFinite(latest) ? Math.floor(latest / 1000) : 0;
  return {
    now,
    segments: segments.map(({ name, reads, isSensitive, isExclusion, days }) => ({ name, reads, isSensitive, isExclusion, days })),
    profiles: [...profiles].map(([subject, lines]) => {
      fold(lines);
      return { subject, answers: answersFor(engine, lines, segments, now) };
    }),
  };
}

function answersFor(engine, lines, segments, now) {
  return segments.map(({ days }, plugin) => {
    const answer = engine.viewerMember(plugin, now);
    if (answer.outcome !== "answered") return answer;
    const { isMember, reason, references, until } = answer;
    // What a plugin names need not be an event of the profile.
    const known = [...new Set(references)].filter((reference) => reference >= 0 && reference < lines.length);
    const events = known.slice(0, SHOWN).map((reference) => JSON.parse(decoder.decode(lines[reference])));
    const longest = now + days * DAY;
    return { outcome: "answered", isMember, reason, events, until: Math.min(Math.max(until ?? longest, now), longest) };
  });
}

function* linesOf(chunk) {
  let start = 0;
  while (start < chunk.length) {
    const end = chunk.indexOf(NEWLINE, start);
    const stop = end < 0 ? chunk.length : end;
    if (stop > start) yield chunk.subarray(start, stop);
    start = stop + 1;
  }
}

function joinedLines(lines) {
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0));
  let place = 0;
  for (const line of lines) {
    bytes.set(line, place);
    place += line.length;
    bytes[place++] = NEWLINE;
  }
  return bytes;
}
