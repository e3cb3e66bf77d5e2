import { ArchiveError } from "./archive-error.js";
import { crc32 } from "./crc32.js";

// The limits of docs/archives.md.
export const FILE_LIMIT = 10_000;
export const BYTE_LIMIT = 64 * 2 ** 30;
const RATIO_LIMIT = 200;
const LARGE_SIZE = 64 << 20;

const END = 0x06054b50;
const END_SIZE = 22;
const LARGE_END = 0x06064b50;
const LARGE_LOCATOR = 0x07064b50;
const LARGE_LOCATOR_SIZE = 20;
const LARGE_END_SIZE = 56;
const ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
const DIRECTORY_LIMIT = 64 << 20;
const IS_ENCRYPTED = 1;
const IS_UTF8 = 1 << 11;
const MADE_BY_UNIX = 3;

/** Whether a file begins as a zip does; one without any file begins with its end. */
export async function isZip(blob) {
  const head = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  return head.length === 4 && head[0] === 0x50 && head[1] === 0x4b && head[2] <= 8 && head[3] <= 8;
}

/**
 * The files in a zip: `{ path, size, stream() }`. Nothing is unpacked before it is read.
 *
 * A hostile zip is refused as a whole: paths that lead out of it, links, encryption, files that overlap, too many files,
 * and sizes that no export has.
 */
export async function zipEntries(blob) {
  const { count, start, size } = await findDirectory(blob);
  if (count > FILE_LIMIT) throw new ArchiveError(`it has ${count} files; more than ${FILE_LIMIT} is no export`);
  if (size > DIRECTORY_LIMIT) throw damagedList();
  const view = await viewOf(blob, start, size);
  const entries = [];
  let position = 0;
  for (let index = 0; index < count; index++) {
    const entry = readEntry(view, position, blob.size);
    position += entry.length;
    entries.push(entry);
  }
  refuseOverlaps(entries, start);
  for (const { path } of entries) refuseTricks(path);
  const files = entries.filter(({ path }) => isWanted(path));
  for (const entry of files) check(entry);
  const total = files.reduce((sum, entry) => sum + entry.size, 0);
  if (total > BYTE_LIMIT) throw new ArchiveError(`it would unpack to ${total} bytes; the limit is ${BYTE_LIMIT}`);
  return files.map((entry) => ({ path: entry.path, size: entry.size, stream: () => unpack(blob, entry) }));
}

/** Whether a path is none that operating systems leave in archives for themselves. */
export function isWanted(path) {
  const parts = path.split("/");
  return !path.endsWith("/") && !parts.includes("__MACOSX") && !parts.at(-1).startsWith(".");
}

function damagedList() {
  return new ArchiveError("its list of files is damaged: download the archive again");
}

async function viewOf(blob, start, length) {
  if (start < 0 || start + length > blob.size) throw damagedList();
  return new DataView(await blob.slice(start, start + length).arrayBuffer());
}

/** Numbers of 64 bits that a file on this machine can have. */
function large(view, position) {
  const number = view.getBigUint64(position, true);
  if (number > BigInt(Number.MAX_SAFE_INTEGER)) throw damagedList();
  return Number(number);
}

async function findDirectory(blob) {
  const tailStart = Math.max(0, blob.size - END_SIZE - 0xffff);
  const view = await viewOf(blob, tailStart, blob.size - tailStart);
  for (let position = view.byteLength - END_SIZE; position >= 0; position--) {
    const endsHere = position + END_SIZE + view.getUint16(position + 20, true) === view.byteLength;
    if (view.getUint32(position, true) !== END || !endsHere) continue;
    return directoryAt(blob, view, position, tailStart + position);
  }
  throw new ArchiveError("it cannot be read as a zip (its end is missing); is the download complete?");
}

async function directoryAt(blob, view, position, end) {
  const inParts = () => new ArchiveError("it is one part of several: join them to one zip");
  let count = view.getUint16(position + 10, true);
  let size = view.getUint32(position + 12, true);
  let start = view.getUint32(position + 16, true);
  let directoryEnd = end;
  if (count === 0xffff || size === 0xffffffff || start === 0xffffffff) {
    const locator = await viewOf(blob, end - LARGE_LOCATOR_SIZE, LARGE_LOCATOR_SIZE);
    if (locator.getUint32(0, true) !== LARGE_LOCATOR) throw damagedList();
    if (locator.getUint32(16, true) > 1) throw inParts();
    directoryEnd = large(locator, 8);
    const record = await viewOf(blob, directoryEnd, LARGE_END_SIZE);
    if (record.getUint32(0, true) !== LARGE_END) throw damagedList();
    if (large(record, 24) !== large(record, 32)) throw inParts();
    count = large(record, 32);
    size = large(record, 40);
    start = large(record, 48);
  } else if (view.getUint16(position + 4, true) !== 0 || view.getUint16(position + 8, true) !== count) {
    throw inParts();
  }
  if (start + size !== directoryEnd) throw damagedList();
  return { count, start, size };
}

function readEntry(view, position, fileSize) {
  if (position + ENTRY_SIZE > view.byteLength || view.getUint32(position, true) !== ENTRY) throw damagedList();
  const nameLength = view.getUint16(position + 28, true);
  const extraLength = view.getUint16(position + 30, true);
  const length = ENTRY_SIZE + nameLength + extraLength + view.getUint16(position + 32, true);
  if (position + length > view.byteLength) throw damagedList();
  const flags = view.getUint16(position + 8, true);
  const name = new Uint8Array(view.buffer, position + ENTRY_SIZE, nameLength);
  const entry = {
    length,
    name,
    path: decodeName(name, flags),
    isEncrypted: (flags & IS_ENCRYPTED) !== 0,
    isLink: view.getUint8(position + 5) === MADE_BY_UNIX && (view.getUint16(position + 40, true) & 0xf000) === 0xa000,
    method: view.getUint16(position + 10, true),
    crc: view.getUint32(position + 16, true),
    packedSize: view.getUint32(position + 20, true),
    size: view.getUint32(position + 24, true),
    offset: view.getUint32(position + 42, true),
  };
  readLargeSizes(view, position + ENTRY_SIZE + nameLength, extraLength, entry);
  if (entry.offset + LOCAL_SIZE + nameLength + entry.packedSize > fileSize) {
    throw new ArchiveError(`'${entry.path}' is cut off: download the archive again`);
  }
  return entry;
}

function decodeName(bytes, flags) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    if (flags & IS_UTF8) throw damagedList();
    return new TextDecoder("latin1").decode(bytes);
  }
}

/** Sizes that do not fit into 32 bits are in a field behind the name, those alone, in this order. */
function readLargeSizes(view, position, length, entry) {
  const end = position + length;
  while (position + 4 <= end) {
    const kind = view.getUint16(position, true);
    const size = view.getUint16(position + 2, true);
    let place = position + 4;
    position = place + size;
    if (position > end) throw damagedList();
    if (kind !== 1) continue;
    for (const name of ["size", "packedSize", "offset"]) {
      if (entry[name] !== 0xffffffff) continue;
      if (place + 8 > position) throw damagedList();
      entry[name] = large(view, place);
      place += 8;
    }
  }
}

/** The least that files take up; two that share bytes are a trick to unpack to much more than there is. */
function refuseOverlaps(entries, directoryStart) {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  for (const [index, entry] of sorted.entries()) {
    const end = entry.offset + LOCAL_SIZE + entry.name.length + entry.packedSize;
    const next = sorted[index + 1]?.offset ?? directoryStart;
    if (end > next) throw new ArchiveError(`'${entry.path}' overlaps with what follows it; nothing was read`);
  }
}

function refuseTricks(path) {
  if (path.startsWith("/") || path.includes("\\") || path.includes("\0") || path.split("/").includes("..")) {
    throw new ArchiveError(`'${path}' is a path that leads out of the archive; nothing was read`);
  }
}

function check({ path, size, packedSize, isLink, isEncrypted, method }) {
  const refuse = (problem) => {
    throw new ArchiveError(`'${path}' ${problem}`);
  };
  if (isLink) refuse("is a link; nothing was read");
  if (isEncrypted) refuse("is encrypted: unpack it with its password, and choose the folder");
  if (method !== 0 && method !== 8) refuse(`is packed by method ${method}, which is not known: unpack it, and choose the folder`);
  if (method === 0 && size !== packedSize) refuse("has another size than the zip says: download the archive again");
  const ratio = Math.floor(size / Math.max(1, packedSize));
  if (size > LARGE_SIZE && ratio > RATIO_LIMIT) {
    refuse(`would unpack to ${size} bytes, ${ratio} times its size; over ${RATIO_LIMIT} times is taken for a zip bomb`);
  }
}

/** The bytes of one file; its stream fails where size or checksum are not those that the zip says. */
function unpack(blob, entry) {
  const damaged = (problem) => new ArchiveError(`'${entry.path}' ${problem}: download the archive again`);
  let left = entry.size;
  let crc = 0;
  const counter = new TransformStream({
    transform(block, controller) {
      left -= block.length;
      if (left < 0) throw damaged("has another size than the zip says");
      crc = crc32(crc, block);
      controller.enqueue(block);
    },
    flush() {
      if (left !== 0) throw damaged("has another size than the zip says");
      if (crc !== entry.crc) throw damaged("is damaged (its checksum is wrong)");
    },
  });
  const start = async () => {
    const head = await viewOf(blob, entry.offset, LOCAL_SIZE + entry.name.length);
    const isSame = entry.name.every((byte, index) => head.getUint8(LOCAL_SIZE + index) === byte);
    if (head.getUint32(0, true) !== LOCAL || head.getUint16(26, true) !== entry.name.length || !isSame) {
      throw damaged("is damaged (its head is wrong)");
    }
    const dataStart = entry.offset + LOCAL_SIZE + entry.name.length + head.getUint16(28, true);
    const packed = blob.slice(dataStart, dataStart + entry.packedSize).stream();
    const plain = entry.method === 8 ? packed.pipeThrough(new DecompressionStream("deflate-raw")) : packed;
    return plain.pipeThrough(counter).getReader();
  };
  let reader;
  return new ReadableStream({
    async pull(controller) {
      try {
        reader ??= await start();
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        // What the decompressor throws says nothing of the file.
        controller.error(error instanceof ArchiveError ? error : damaged("is damaged (it cannot be unpacked)"));
      }
    },
    cancel: (reason) => reader?.cancel(reason),
  });
}
