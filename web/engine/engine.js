import { Results } from "./results.js";
import { wasi } from "./wasi.js";

const VERSION = 2;
const encoder = new TextEncoder();

export const OUTCOMES = ["passed", "changed", "dropped", "failed", "skipped"];
/** Why a segment is not even asked about a viewer, by the numbers of docs/engine-abi.md. */
const REFUSALS = ["nothingKnown", "child", "noConsent", "refused", "privacyControl"];
const TEST_OUTCOMES = ["passed", "failed", "pending"];

/** The limits of one call of a plugin: those of a run without options. */
export const LIMITS = { memory: 64 << 20, steps: 10_000_000, nanoseconds: 5_000_000_000 };

/** What is wrong with the engine itself: after it, an instance is in no state to go on with. */
export class EngineError extends Error {}

/** One instance of engine.wasm. */
export class Engine {
  static async start(module) {
    let memory;
    // A page has no models: whoever asks them gets no answer.
    const viewerhost = { ask: () => -1 };
    const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi(() => memory), viewerhost });
    memory = instance.exports.memory;
    return new Engine(instance.exports);
  }

  constructor(exports) {
    this.exports = exports;
    this.memory = exports.memory;
    const version = exports.vh_abi_version?.();
    if (version !== VERSION) {
      throw new EngineError(
        `engine.wasm speaks version ${version ?? "none"} of its interface, and this page version ${VERSION}: build both anew with \`make web\``);
    }
    this.call("_initialize");
  }

  /** Calls an exported function. A trap ends the instance's life. */
  call(name, ...values) {
    if (this.isBroken) throw new EngineError("the engine was stopped by an earlier failure");
    try {
      return this.exports[name](...values);
    } catch (error) {
      this.isBroken = true;
      throw new EngineError(`the engine failed in ${name}: ${error.message}`);
    }
  }

  /** Calls with each block of bytes as a pointer and a length in its place. */
  callWithBytes(name, ...values) {
    const pointers = [];
    const flat = values.flatMap((value) => {
      if (!(value instanceof Uint8Array)) return [value];
      const pointer = this.call("vh_block_new", Math.max(1, value.length)) >>> 0;
      if (pointer === 0) throw new EngineError("the engine has no more memory (WebAssembly ends at 4 GB)");
      pointers.push(pointer);
      // Memory may have grown: a view of it is made for each use.
      new Uint8Array(this.memory.buffer, pointer, value.length).set(value);
      return [pointer, value.length];
    });
    const result = this.call(name, ...flat);
    for (const pointer of pointers) this.call("vh_block_free", pointer);
    return result;
  }

  /** The results of the last call. They lie in the engine's memory and are gone with the next call. */
  results() {
    const start = this.exports.vh_results() >>> 0;
    const length = this.exports.vh_results_length() >>> 0;
    return new Results(new Uint8Array(this.memory.buffer, start, length));
  }

  setKey(key) {
    this.callWithBytes("vh_set_key", key);
  }

  /** Puts a plugin at the end of the chain: `{ manifest }`, or `{ problem }` with what is wrong with it. */
  load(source, name, limits = LIMITS) {
    const isLoaded = this.callWithBytes(
      "vh_load", encoder.encode(source), encoder.encode(name), limits.memory, BigInt(limits.steps), BigInt(limits.nanoseconds));
    const results = this.results();
    if (!isLoaded) return { problem: results.text() };
    const manifest = { kind: results.text(), name: results.text(), version: results.text() };
    manifest.reads = results.list(() => results.text());
    return { manifest };
  }

  /** Takes whole lines of NDJSON. */
  feed(lines) {
    this.callWithBytes("vh_feed", lines);
  }

  /** Leads the next part of the lines through the plugins. */
  process(skipping) {
    const isMore = this.call("vh_process", skipping ? 1 : 0) !== 0;
    const results = this.results();
    results.u32();
    const part = { isMore, lines: results.u32() };
    part.events = results.list(() => ({
      outcome: OUTCOMES[results.u8()],
      plugin: results.u8(),
      line: results.u32(),
      inputStart: results.u32(),
      inputEnd: results.u32(),
      outputEnd: results.u32(),
      redactionsEnd: results.u32(),
    }));
    part.output = results.block().slice();
    part.redactions = results.block().slice();
    part.failures = results.list(() => ({ plugin: results.text(), code: results.text(), message: results.text() }));
    part.rejects = results.list(() => ({ line: results.u32(), column: results.u32(), message: results.text() }));
    part.logs = results.list(() => ({ plugin: results.u32(), text: results.text() }));
    return part;
  }

  /** How often each plugin was called up to now, and the most bytes that it has held. */
  usage() {
    this.call("vh_report");
    const results = this.results();
    return results.list(() => {
      const usage = { calls: results.u32(), memory: results.u32() };
      // Times of single calls: a browser's clock is too coarse for them.
      results.u64();
      results.list(() => results.u32());
      return usage;
    });
  }

  /** Puts a segment behind the plugins that fold: `{ manifest }`, or `{ problem }` with what is wrong with it. */
  loadFold(source, name, limits = LIMITS) {
    const loaded = this.callWithBytes(
      "vh_fold_load", encoder.encode(source), encoder.encode(name), limits.memory, BigInt(limits.steps), BigInt(limits.nanoseconds));
    const results = this.results();
    if (loaded !== 1) return { problem: loaded === 2 ? `${name} is no segment` : results.text() };
    const manifest = { kind: results.text(), name: results.text(), version: results.text() };
    manifest.reads = results.list(() => results.text());
    manifest.events = results.list(() => results.text());
    results.u8();
    if (manifest.kind !== "segment") return { problem: `${name} is no segment` };
    results.text();
    manifest.isSensitive = results.u8() !== 0;
    manifest.isExclusion = results.u8() !== 0;
    manifest.days = results.u32();
    return { manifest };
  }

  /** Takes titles, for plugins that fold: whole lines of NDJSON. */
  addTitles(lines) {
    if (lines.length > 0) this.callWithBytes("vh_titles_add", lines);
  }

  /** Begins with a viewer who has not objected to advertising. */
  beginViewer() {
    this.call("vh_viewer_begin", 1);
  }

  /** Folds the viewer's events: whole lines of NDJSON, which are numbered from 0. */
  addViewerEvents(lines) {
    this.callWithBytes("vh_viewer_add", lines);
  }

  /** Whether the viewer is in a segment at `now`, in seconds since 1970; or why that is not even asked, or why it failed. */
  viewerMember(plugin, now) {
    const asked = this.call("vh_viewer_member", plugin, BigInt(now));
    const results = this.results();
    if (asked === 0) return { outcome: "refused", refusal: REFUSALS[results.u8()], since: results.i64() };
    if (asked === 2) return { outcome: "failed", code: results.text(), message: results.text() };
    const answer = { outcome: "answered", isMember: results.u8() !== 0, reason: results.text(), references: results.list(() => results.i64()) };
    const hasUntil = results.u8() !== 0;
    const until = results.i64();
    return { ...answer, until: hasUntil ? until : null };
  }

  /** Takes a plugin and the file of its tests, both `{ name, source }`: `{ tests }`, or `{ problem }` with what is wrong. */
  openTests(tests, plugin, limits = LIMITS) {
    const texts = [tests.source, tests.name, plugin.source, plugin.name].map((text) => encoder.encode(text));
    const isOpen = this.callWithBytes("vh_test_open", ...texts, limits.memory, BigInt(limits.steps), BigInt(limits.nanoseconds));
    const results = this.results();
    if (!isOpen) return { problem: results.text() };
    return { tests: results.list(() => ({ name: results.text(), line: results.u32() || null, isPending: results.u8() !== 0 })) };
  }

  /** Runs one of the tests: what became of it, or `{ problem }` where it could not be run. */
  runTest(index) {
    const outcome = TEST_OUTCOMES[this.call("vh_test_run", index)];
    const results = this.results();
    if (outcome === undefined) return { problem: results.text() };
    return { outcome, message: results.text(), output: results.text(), milliseconds: results.u64() / 1e6 };
  }

  beginArchive(files) {
    this.call("vh_archive_new");
    for (const { path, head } of files) this.callWithBytes("vh_archive_add", encoder.encode(path), head);
  }

  /** `{ files, needsDateOrder }` with the numbers of the files to read, or `{ problem }`. */
  recogniseArchive(dateOrder) {
    const answer = this.call("vh_archive_recognise", dateOrder);
    const results = this.results();
    if (answer === 0) return { problem: results.text() };
    return { files: results.list(() => results.u32()), needsDateOrder: answer === 2 };
  }

  dateOrder(file) {
    return this.callWithBytes("vh_archive_date_order", file);
  }

  openFile(number) {
    return this.call("vh_archive_open", number) !== 0;
  }

  /** Reads on: how many of the bytes are done with, events as NDJSON, and what was wrong. */
  readFile(bytes, isLast) {
    this.callWithBytes("vh_archive_read", bytes, isLast ? 1 : 0);
    const results = this.results();
    return {
      used: results.u32(),
      events: results.block().slice(),
      problems: results.list(() => ({ line: results.u32(), message: results.text() })),
    };
  }

  fileReport() {
    this.call("vh_archive_report");
    const results = this.results();
    return {
      rows: results.u32(),
      events: results.u32(),
      rejected: results.u32(),
      skipped: results.text(),
      unknownColumns: results.list(() => results.text()),
    };
  }
}
