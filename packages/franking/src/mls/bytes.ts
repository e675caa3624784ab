import { FrankingError } from "../error.ts";

// Numbers of 32 bits and blocks with their length before them: the plainest layout there is, for bytes that only we read.

/** Collects bytes and copies them once. */
export class Writer {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  number(value: number): void {
    const part = new Uint8Array(4);
    new DataView(part.buffer).setUint32(0, value);
    this.#add(part);
  }

  block(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.#add(bytes);
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  #add(part: Uint8Array): void {
    this.#parts.push(part);
    this.#length += part.length;
  }
}

/** Reads what `Writer` wrote. What it gives are views. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** @throws FrankingError `mls.state` past the end */
  number(): number {
    const at = this.#step(4);
    return this.#view.getUint32(at);
  }

  /** A number of things that follow, each of which takes at least four bytes. */
  count(): number {
    const count = this.number();
    if (count > (this.#bytes.length - this.#at) / 4) throw short();
    return count;
  }

  /** @throws FrankingError `mls.state` past the end */
  block(): Uint8Array {
    const length = this.number();
    const at = this.#step(length);
    return this.#bytes.subarray(at, at + length);
  }

  #step(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length) throw short();
    this.#at = at + length;
    return at;
  }
}

function short(): FrankingError {
  return new FrankingError("mls.state", "this group state ends too soon");
}
