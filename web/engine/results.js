const decoder = new TextDecoder();

/** Reads the results of a call in the framing of docs/engine-abi.md, one value after the other. */
export class Results {
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = 0;
  }

  u8() {
    return this.bytes[this.position++];
  }

  u32() {
    this.position += 4;
    return this.view.getUint32(this.position - 4, true);
  }

  u64() {
    this.position += 8;
    return Number(this.view.getBigUint64(this.position - 8, true));
  }

  i64() {
    this.position += 8;
    return Number(this.view.getBigInt64(this.position - 8, true));
  }

  /** A view of the bytes; it is good as long as the results are. */
  block() {
    const length = this.u32();
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  text() {
    return decoder.decode(this.block());
  }

  /** A count, and that many values which `read` takes. */
  list(read) {
    return Array.from({ length: this.u32() }, read);
  }
}
