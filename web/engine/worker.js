import { AccessReport } from "./access-report.js";
import { Archive, filesOf } from "./archive.js";
import { ArchiveError } from "./archive-error.js";
import { EngineError } from "./engine.js";
import { RequestError, run } from "./run.js";
import { segmentsOf } from "./segments.js";
import { runTests } from "./test-run.js";

const PROGRESS_EVERY = 50;

/** What the page asks for, by name. Each answers one message with one, and may tell of progress before. */
const requests = {
  /** Reads an archive and says what it holds. */
  async explore({ module, catalogue, name, chosen, dateOrder, key }, tell) {
    const archive = await Archive.open(module, name, await filesOf(chosen), dateOrder, key);
    if (archive.needsDateOrder) return { needsDateOrder: true };
    const report = new AccessReport(catalogue);
    const progress = paced(tell, () => ({ events: report.events }));
    for await (const events of archive.events(progress)) report.add(events);
    return { report: report.result(), files: archive.reports, problems: archive.problems, rejected: archive.rejected };
  },

  /** Reads the archive again and leads its events through plugins: a file of what passes. */
  async redact({ module, catalogue, name, chosen, dateOrder, plugins, key, limits }, tell) {
    const archive = await Archive.open(module, name, await filesOf(chosen), dateOrder, key);
    const parts = [];
    let done = 0;
    const chunks = archive.events(paced(tell, () => ({ events: done })));
    const report = await run(module, { plugins, key, limits, chunks, categories: catalogue.categories }, {
      onOutput: (bytes) => parts.push(bytes),
      onChunk: ({ events }) => (done = events),
    });
    return { report, file: new Blob(parts, { type: "application/x-ndjson" }) };
  },

  /** Leads lines through a plugin, and says what became of each. */
  async run({ module, catalogue, plugins, key, limits, chunks }, tell) {
    const events = [];
    const parts = [];
    const progress = paced(tell, () => ({ events: events.length }));
    const report = await run(module, { plugins, key, limits, chunks, categories: catalogue.categories }, {
      onEvent: (event) => events.push(event),
      onOutput: (bytes) => parts.push(bytes),
      onChunk: () => progress(events.length),
    });
    return { report, events, output: new Blob(parts) };
  },

  /** Reads the archive again and says which segments its profiles could be put in. */
  async segments({ module, name, chosen, dateOrder, key, plugins }, tell) {
    const archive = await Archive.open(module, name, await filesOf(chosen), dateOrder, key);
    const progress = paced(tell, () => ({}));
    const chunks = archive.events((share) => progress(share / 2));
    return segmentsOf(module, { plugins, chunks }, (share) => progress(0.5 + share / 2));
  },

  /** Runs the tests of a plugin. */
  async test({ module, plugin, tests, limits }, tell) {
    let counts;
    const progress = paced(tell, () => counts);
    return {
      tests: await runTests(module, { plugin, tests, limits }, (done, all) => {
        counts = { done, all };
        progress(done / all);
      }),
    };
  },
};

/** Tells of how much is done, now and then. */
function paced(tell, more) {
  let next = 0;
  return (share) => {
    const now = performance.now();
    if (now < next) return;
    next = now + PROGRESS_EVERY;
    tell({ share, ...more() });
  };
}

function described(error) {
  const isExpected = [ArchiveError, EngineError, RequestError].some((kind) => error instanceof kind);
  return { message: isExpected ? error.message : `the page made a mistake: ${error.message}`, isExpected };
}

self.addEventListener("message", async ({ data: { id, kind, request } }) => {
  const tell = (progress) => self.postMessage({ id, progress });
  try {
    self.postMessage({ id, result: await requests[kind](request, tell) });
  } catch (error) {
    self.postMessage({ id, error: described(error) });
  }
});
