import { Engine } from "./engine.js";

/** After so many failures in a row a plugin is taken out, as in `host run`. */
const FAILURES_IN_ROW = 20;
/** So many messages of a kind are kept; all are counted. */
const KEPT = 100;
const decoder = new TextDecoder();

/** A request that cannot be done, with what is wrong and what to do. */
export class RequestError extends Error {}

/** Takes a plugin out that fails again and again: no event goes past its place any more. */
class CircuitBreaker {
  constructor(plugins) {
    this.failuresInRow = Array(plugins).fill(0);
    this.open = null;
  }

  note(event) {
    this.failuresInRow.fill(0, 0, event.plugin);
    if (event.plugin >= this.failuresInRow.length) return;
    if (event.outcome !== "failed") {
      this.failuresInRow[event.plugin] = 0;
    } else if (++this.failuresInRow[event.plugin] >= FAILURES_IN_ROW) {
      this.open = event.plugin;
    }
  }
}

/**
 * Leads events through plugins, as `host run` does, and tells of each event.
 *
 * `chunks` are whole lines of NDJSON; `categories` are the catalogue's. `onEvent` gets each event with its input and its
 * output as texts, and why it failed; `onOutput` gets the bytes that passed.
 */
export async function run(module, { plugins, key, limits, chunks, categories }, { onEvent, onOutput, onChunk }) {
  const engine = await Engine.start(module);
  engine.setKey(key);
  const manifests = plugins.map(({ name, source }) => {
    const { manifest, problem } = engine.load(source, name, limits);
    if (problem !== undefined) throw new RequestError(problem);
    return manifest;
  });
  const breaker = new CircuitBreaker(manifests.length);
  const report = { manifests, events: 0, passed: 0, changed: 0, dropped: 0, failed: 0, rejected: 0, redactions: {}, rejects: [], logs: [], milliseconds: 0 };
  const failures = new Map();
  let firstLine = 0;
  for await (const chunk of chunks) {
    engine.feed(chunk);
    let isMore = true;
    while (isMore) {
      const began = performance.now();
      const part = engine.process(breaker.open !== null);
      report.milliseconds += performance.now() - began;
      take(part, chunk);
      isMore = part.isMore;
    }
    await onChunk?.(report);
  }
  report.usage = engine.usage();
  report.takenOut = breaker.open === null ? null : manifests[breaker.open].name;
  report.failures = [...failures.values()];
  return report;

  function take(part, chunk) {
    let outputStart = 0;
    let outputEnd = 0;
    let redactionsStart = 0;
    let failure = 0;
    report.rejected += part.rejects.length;
    for (const { line, column, message } of part.rejects) keep(report.rejects, { line: firstLine + line + 1, column, message });
    for (const { plugin, text } of part.logs) keep(report.logs, { plugin: manifests[plugin].name, text });
    for (const event of part.events) {
      report.events += 1;
      const done = { line: firstLine + event.line + 1, outcome: event.outcome };
      const own = event.outcome === "failed" ? part.failures[failure++] : null;
      if (breaker.open !== null) {
        done.outcome = "failed";
        done.failure = {
          plugin: manifests[breaker.open].name,
          code: "circuit_open",
          message: "the plugin was taken out after it had failed again and again",
        };
      } else {
        if (own) done.failure = own;
        outputEnd = event.outputEnd;
        if (event.outcome === "passed" || event.outcome === "changed") {
          for (const category of part.redactions.subarray(redactionsStart, event.redactionsEnd)) {
            report.redactions[categories[category]] = (report.redactions[categories[category]] ?? 0) + 1;
          }
        }
        breaker.note(event);
      }
      count(done);
      if (onEvent) {
        done.input = decoder.decode(chunk.subarray(event.inputStart, event.inputEnd));
        done.output = done.outcome === "failed" ? "" : decoder.decode(part.output.subarray(outputStart, event.outputEnd)).trimEnd();
        onEvent(done);
      }
      outputStart = event.outputEnd;
      redactionsStart = event.redactionsEnd;
    }
    firstLine += part.lines;
    if (outputEnd > 0) onOutput?.(part.output.subarray(0, outputEnd));
  }

  function count(done) {
    if (done.outcome === "passed" || done.outcome === "changed") report.passed += 1;
    if (done.outcome !== "passed") report[done.outcome] += 1;
    if (!done.failure) return;
    const { plugin, code, message } = done.failure;
    const entry = failures.get(message) ?? { plugin, code, message, count: 0 };
    entry.count += 1;
    // A message may be another one for each event.
    if (failures.size < KEPT || failures.has(message)) failures.set(message, entry);
  }
}

function keep(list, entry) {
  if (list.length < KEPT) list.push(entry);
}
