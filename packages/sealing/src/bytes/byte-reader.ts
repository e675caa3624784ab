const EMPTY = new Uint8Array(0);
/** More than this are cheaper to join than to pass on one by one. */
const MOST_PORTIONS = 4;

/**
 * Pulls bytes from a stream in the portions a format asks for, holding never more than one portion and one chunk of
 * the source. Owns the source's iterator: dispose it (`await using`) so that a reader that stops early also stops
 * the file or socket behind it.
 */
export class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #pending: Uint8Array = EMPTY;
  #done = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]();
  }

  /** True when no byte is left. Waits for the source to say so. */
  async ended(): Promise<boolean> {
    while (this.#pending.length === 0 && !this.#done) {
      const next = await this.#iterator.next();
      if (next.done === true) this.#done = true;
      else this.#pending = next.value;
    }
    return this.#pending.length === 0;
  }

  /** The bytes at hand, at least one and at most `max`; empty only at the end. */
  async some(max: number = Number.MAX_SAFE_INTEGER): Promise<Uint8Array> {
    if (max === 0 || (await this.ended())) return EMPTY;
    const taken = this.#pending.subarray(0, max);
    this.#pending = this.#pending.subarray(taken.length);
    return taken;
  }

  /** Exactly `length` bytes; fewer only if the source ends first. */
  async exactly(length: number): Promise<Uint8Array> {
    const first = await this.some(length);
    // Most files are shorter than a portion: what they do not have is not reserved.
    if (first.length === length || (await this.ended())) return first;
    const whole = new Uint8Array(length);
    whole.set(first);
    let filled = first.length;
    while (filled < length) {
      const more = await this.some(length - filled);
      if (more.length === 0) return whole.subarray(0, filled);
      whole.set(more, filled);
      filled += more.length;
    }
    return whole;
  }

  /**
   * Exactly `length` bytes as they came, one after the other, or fewer if the source ends first. Those of a source that gives them
   * crumb by crumb are joined, so that each is worth a step of its own.
   */
  async portions(length: number): Promise<readonly Uint8Array[]> {
    const parts: Uint8Array[] = [];
    for (let left = length; left > 0; ) {
      const part = await this.some(left);
      if (part.length === 0) break;
      parts.push(part);
      left -= part.length;
    }
    return parts.length > MOST_PORTIONS ? [Buffer.concat(parts)] : parts;
  }

  /** Bytes up to and including the first `delimiter`; without it if the source or `max` bytes end first. */
  async until(delimiter: number, max: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let length = 0;
    while (length < max && !(await this.ended())) {
      const at = this.#pending.subarray(0, max - length).indexOf(delimiter);
      const part = await this.some(at === -1 ? max - length : at + 1);
      parts.push(part);
      length += part.length;
      if (at !== -1) break;
    }
    return parts.length === 1 ? (parts[0] ?? EMPTY) : Buffer.concat(parts, length);
  }

  /** The next `length` bytes as they come; fewer only if the source ends first. */
  async *take(length: number): AsyncGenerator<Uint8Array, void, undefined> {
    let left = length;
    while (left > 0) {
      const part = await this.some(left);
      if (part.length === 0) return;
      left -= part.length;
      yield part;
    }
  }

  /** Everything that is left, as it comes. */
  async *rest(): AsyncGenerator<Uint8Array, void, undefined> {
    while (!(await this.ended())) yield await this.some();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#done) return;
    this.#done = true;
    this.#pending = EMPTY;
    await this.#iterator.return?.();
  }
}
