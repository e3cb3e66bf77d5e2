import { ArchiveError } from "./archive-error.js";
import { Engine } from "./engine.js";
import { BYTE_LIMIT, FILE_LIMIT, isWanted, isZip, zipEntries } from "./zip.js";

const HEAD_SIZE = 4096;
const BLOCK_SIZE = 256 << 10;
const SHOWN_PROBLEMS = 200;
const NO_BYTES = new Uint8Array(0);

/** The order of the dates in a history, by the numbers of docs/engine-abi.md. */
const DATE_ORDERS = { dmy: 1, mdy: 2, ymd: 3 };

/** The files of what was chosen: a zip, a folder's files, or single files; `{ path, blob }` each. */
export async function filesOf(chosen) {
  if (chosen.length === 1 && ((await isZip(chosen[0].blob)) || /\.zip$/i.test(chosen[0].path))) {
    return zipEntries(chosen[0].blob);
  }
  const files = chosen.filter(({ path }) => isWanted(path));
  if (files.length > FILE_LIMIT) throw new ArchiveError(`it has ${files.length} files; more than ${FILE_LIMIT} is no export`);
  const total = files.reduce((sum, { blob }) => sum + blob.size, 0);
  if (total > BYTE_LIMIT) throw new ArchiveError(`it has ${total} bytes; the limit is ${BYTE_LIMIT}`);
  return files.map(({ path, blob }) => ({ path, size: blob.size, stream: () => blob.stream() }));
}

/** An archive whose kind is known. */
export class Archive {
  /**
   * Finds out what the files are; `{ needsDateOrder: true }` instead where their dates may be read in several ways. The
   * events' ids are made with `key`.
   */
  static async open(module, name, files, dateOrder, key) {
    const engine = await Engine.start(module);
    engine.setKey(key);
    const heads = [];
    for (const file of files) {
      heads.push({ path: file.path, head: /\.csv$/i.test(file.path) ? await readHead(file) : NO_BYTES });
    }
    engine.beginArchive(heads);
    let found = engine.recogniseArchive(dateOrder ? DATE_ORDERS[dateOrder] : 0);
    if (found.problem) throw new ArchiveError(unknown(name, files));
    if (found.needsDateOrder) {
      const order = await dateOrderOf(engine, found.files.map((number) => files[number]));
      if (order === 0) return { needsDateOrder: true };
      found = engine.recogniseArchive(order);
    }
    return new Archive(engine, files, found.files);
  }

  constructor(engine, files, order) {
    this.engine = engine;
    this.files = files;
    this.order = order;
    this.size = order.reduce((sum, number) => sum + files[number].size, 0);
    this.problems = [];
    this.rejected = 0;
    this.reports = files
      .map(({ path }, number) => ({ path, number }))
      .filter(({ number }) => !order.includes(number))
      .map(({ path }) => ({ path, rows: 0, events: 0, rejected: 0, unknownColumns: [], skipped: reasonToSkip(path) }));
  }

  /** The events of all files, as chunks of NDJSON. `onProgress` gets the share of the bytes that is read. */
  async *events(onProgress) {
    let done = 0;
    for (const number of this.order) {
      const file = this.files[number];
      if (!this.engine.openFile(number)) throw new ArchiveError(`'${file.path}' is not read by the engine`);
      let rest = NO_BYTES;
      for await (const block of blocks(file.stream())) {
        const bytes = rest.length > 0 ? joined([rest, block]) : block;
        const { used, events, problems } = this.engine.readFile(bytes, false);
        rest = bytes.subarray(used);
        this.note(file, problems);
        done += block.length;
        onProgress(done / Math.max(1, this.size));
        if (events.length > 0) yield events;
      }
      const { events, problems } = this.engine.readFile(rest, true);
      this.note(file, problems);
      if (events.length > 0) yield events;
      this.reports.push({ path: file.path, ...this.engine.fileReport() });
    }
  }

  note(file, problems) {
    this.rejected += problems.length;
    for (const { line, message } of problems) {
      if (this.problems.length < SHOWN_PROBLEMS) this.problems.push(`${file.path}:${line}: ${message}`);
    }
  }
}

async function* blocks(stream) {
  const reader = stream.getReader();
  let parts = [];
  let size = 0;
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (value) {
        parts.push(value);
        size += value.length;
      }
      if (size > 0 && (done || size >= BLOCK_SIZE)) {
        yield joined(parts);
        parts = [];
        size = 0;
      }
      if (done) return;
    }
  } catch (error) {
    if (error instanceof DOMException) throw new ArchiveError(`a file cannot be read any more (${error.message}): choose it again`);
    throw error;
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function joined(parts) {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

async function readHead(file) {
  for await (const block of blocks(file.stream())) return block.slice(0, HEAD_SIZE);
  return NO_BYTES;
}

/** 0 where no file's dates tell. */
async function dateOrderOf(engine, files) {
  for (const file of files) {
    const parts = [];
    for await (const block of blocks(file.stream())) parts.push(block);
    const order = engine.dateOrder(joined(parts));
    if (order !== 0) return order;
  }
  return 0;
}

function reasonToSkip(path) {
  return /\.pdf$/i.test(path) ? "explanation for people" : "not a file that this kind of archive is known to have";
}

function unknown(name, files) {
  const paths = files.map(({ path }) => path);
  const shown = paths.slice(0, 5).join(", ") + (paths.length > 5 ? ` and ${paths.length - 5} more` : "");
  return (
    `${name} is no archive that is known; it has ${shown || "no files"}. ` +
    "Known are Netflix's personal data (its CSV files), Netflix's history (Title,Date) and MovieLens (ml-100k, ml-1m, or CSV)"
  );
}
