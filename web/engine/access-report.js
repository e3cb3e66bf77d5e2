const decoder = new TextDecoder();
const EXAMPLES = 5;
const EXAMPLE_LENGTH = 120;
/** Beyond so many different values of one kind, no new ones are told apart. */
const DISTINCT_LIMIT = 2000;
const UNCLASSIFIED = "user.unclassified";

/** What an archive's events say about the viewer, by where it comes from and by data category; and counts for charts. */
export class AccessReport {
  constructor(catalogue) {
    this.types = new Map(
      catalogue.types.map(({ name, group, fields }) => [name, { group, fields: new Map(fields.map((field) => [field.name, field.category])) }]));
    this.groups = new Map();
    this.events = 0;
    this.first = null;
    this.last = null;
    this.viewers = new Set();
    this.months = new Map();
    this.week = Array.from({ length: 7 }, () => Array(24).fill(0));
    this.devices = new Map();
    this.places = new Map();
    this.searches = new Map();
  }

  /** Takes whole lines of NDJSON. */
  add(lines) {
    for (const line of decoder.decode(lines).split("\n")) if (line !== "") this.addEvent(JSON.parse(line));
  }

  addEvent({ type, subject, time, data }) {
    this.events += 1;
    const schema = this.types.get(type);
    const group = this.group(schema?.group ?? "unknown");
    group.events += 1;
    group.types.set(type, (group.types.get(type) ?? 0) + 1);
    if (subject !== undefined && this.viewers.size < DISTINCT_LIMIT) this.viewers.add(subject);
    for (const field in data) {
      const value = data[field];
      if (value !== null) noteValue(this.category(group, type, schema, field), field, value);
    }
    if (time !== undefined) this.noteTime(time, type, schema?.group, data);
    if (schema?.group === "seen") this.noteSeen(type, data ?? {});
  }

  group(name) {
    let group = this.groups.get(name);
    if (!group) this.groups.set(name, (group = { events: 0, types: new Map(), categories: new Map(), fields: new Map() }));
    return group;
  }

  /** Where values of a field are counted; looked up anew only for the first one of each type's field. */
  category(group, type, schema, field) {
    let fields = group.fields.get(type);
    if (!fields) group.fields.set(type, (fields = new Map()));
    let entry = fields.get(field);
    if (entry) return entry;
    const name = schema?.fields.get(field) ?? UNCLASSIFIED;
    entry = group.categories.get(name);
    if (!entry) group.categories.set(name, (entry = { values: 0, fields: new Set(), distinct: new Set(), examples: [] }));
    entry.fields.add(field);
    fields.set(field, entry);
    return entry;
  }

  noteTime(time, type, group, data) {
    if (this.first === null || time < this.first) this.first = time;
    if (this.last === null || time > this.last) this.last = time;
    if (group !== "seen") return;
    if (type.startsWith("playback.")) {
      const month = time.slice(0, 7);
      const entry = this.months.get(month) ?? { plays: 0, seconds: 0 };
      if (type === "playback.started") entry.plays += 1;
      entry.seconds += Number(data?.seconds_watched ?? 0);
      this.months.set(month, entry);
    }
    // A day without a time is midnight in events; nobody was seen then.
    if (time.includes("T00:00:00Z")) return;
    const date = new Date(time);
    this.week[(date.getDay() + 6) % 7][date.getHours()] += 1;
  }

  noteSeen(type, data) {
    if (typeof data.device === "string") bump(this.devices, data.device);
    if (typeof data.ip === "string") {
      const place = bump(this.places, networkOf(data.ip));
      for (const part of [data.location, data.region, data.country]) if (typeof part === "string") place?.details.add(part);
    }
    if (type === "search.made" && typeof data.query === "string") bump(this.searches, data.query);
  }

  /** All of it as plain values. */
  result() {
    return {
      events: this.events,
      first: this.first,
      last: this.last,
      viewers: [...this.viewers],
      groups: [...this.groups].map(([name, { events, types, categories }]) => ({
        name,
        events,
        types: [...types].sort((a, b) => b[1] - a[1]),
        categories: [...categories]
          .map(([category, { values, fields, distinct, examples }]) => ({
            category, values, fields: [...fields], distinct: distinct.size, isMore: distinct.size >= DISTINCT_LIMIT, examples,
          }))
          .sort(byCategory),
      })),
      months: filledMonths(this.months),
      week: this.week,
      devices: ranked(this.devices),
      places: ranked(this.places),
      searches: ranked(this.searches),
    };
  }
}

/** What is about the viewer comes first. */
function byCategory({ category: a }, { category: b }) {
  return Number(a.startsWith("system")) - Number(b.startsWith("system")) || (a < b ? -1 : 1);
}

function noteValue(entry, field, value) {
  entry.values += 1;
  if (entry.distinct.size >= DISTINCT_LIMIT) return;
  const isText = typeof value === "string";
  const text = isText ? value : plainText(value);
  if (entry.distinct.has(text)) return;
  entry.distinct.add(text);
  if (entry.examples.length < EXAMPLES) {
    entry.examples.push({ field, isText, text: text.length > EXAMPLE_LENGTH ? `${text.slice(0, EXAMPLE_LENGTH)}…` : text });
  }
}

/** `street: …, city: …` for an object; JSON for what lies deeper. */
function plainText(value) {
  if (typeof value !== "object" || Array.isArray(value)) return JSON.stringify(value);
  return Object.entries(value).map(([name, part]) => `${name}: ${typeof part === "string" ? part : JSON.stringify(part)}`).join(", ");
}

function bump(map, name) {
  let entry = map.get(name);
  if (!entry) {
    if (map.size >= DISTINCT_LIMIT) return undefined;
    map.set(name, (entry = { count: 0, details: new Set() }));
  }
  entry.count += 1;
  return entry;
}

function ranked(map) {
  return [...map]
    .map(([name, { count, details }]) => ({ name, count, details: [...details].slice(0, 4) }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** The months in order, those without anything too. */
function filledMonths(months) {
  const names = [...months.keys()].filter((name) => /^\d{4}-\d{2}$/.test(name)).sort();
  if (names.length === 0) return [];
  const filled = [];
  let [year, month] = names[0].split("-").map(Number);
  for (let name = names[0]; name <= names.at(-1); ) {
    filled.push({ month: name, ...(months.get(name) ?? { plays: 0, seconds: 0 }) });
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
  }
  return filled;
}

/** The network of an address: 256 of IPv4, or what a provider gives to one household in IPv6. */
export function networkOf(ip) {
  const octets = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(ip);
  if (octets) return `${octets[1]}.0/24`;
  if (!ip.includes(":")) return ip;
  const [head, tail] = ip.toLowerCase().split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail ? tail.split(":") : [];
  const parts = tail === undefined ? first : [...first, ...Array(Math.max(0, 8 - first.length - last.length)).fill("0"), ...last];
  return `${parts.slice(0, 3).map((part) => part.replace(/^0+(?=.)/, "")).join(":")}::/48`;
}
