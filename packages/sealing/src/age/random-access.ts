import { ByteReader } from "../bytes/byte-reader.ts";
import { SealingError } from "../errors.ts";
import { readHeader } from "./header.ts";
import type { AgeIdentity } from "./identity.ts";
import { fileKeyOf, parseIdentities } from "./open.ts";
import {
  CHUNK_SIZE,
  cutShort,
  openChunk,
  PAYLOAD_NONCE_LENGTH,
  payloadKey,
  plaintextSizeOf,
  SEALED_CHUNK_SIZE,
} from "./payload.ts";

/** A stored age file of which any piece can be read. */
export interface RandomAccess {
  /** Bytes of the whole age file. */
  readonly size: number;
  /** The `length` bytes from `offset`. Always called inside of `size`; fewer bytes count as truncation. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** An opened age file. Holds the payload key, so keep it no longer than its grant lasts. */
export interface SealedFile {
  /** Bytes of plaintext. */
  readonly size: number;
  /**
   * Plaintext from `start` up to but without `end`. Reads the 64 KiB chunks that hold it and no others, and yields
   * nothing before its tag is verified. Throws `range-invalid` at once unless `0 <= start <= end <= size`.
   */
  range(start: number, end: number): AsyncGenerator<Uint8Array, void, undefined>;
}

/** Bytes to ask for at a time while the header is read; one X25519 header and its nonce fit. */
const HEADER_READ = 512;

/**
 * Opens an age file for reading at any position, such as seeking in a video. The header is read and the last chunk is
 * verified first, so a file that was cut short or lengthened is refused before any range is read.
 */
export async function openSealed(
  file: RandomAccess,
  identities: readonly AgeIdentity[],
): Promise<SealedFile> {
  const keys = parseIdentities(identities);
  await using reader = new ByteReader(sequentially(file));
  const header = await readHeader(reader);
  const fileKey = fileKeyOf(header, keys);
  const nonce = await reader.exactly(PAYLOAD_NONCE_LENGTH);
  const payloadStart = header.bytes.length + PAYLOAD_NONCE_LENGTH;
  const payloadSize = Math.max(0, file.size - payloadStart);
  const size = plaintextSizeOf(payloadSize);
  const lastIndex = Math.ceil(payloadSize / SEALED_CHUNK_SIZE) - 1;
  const key = payloadKey(fileKey, nonce);

  async function chunk(index: number): Promise<Uint8Array> {
    const from = index * SEALED_CHUNK_SIZE;
    const length = Math.min(SEALED_CHUNK_SIZE, payloadSize - from);
    const sealed = await file.read(payloadStart + from, length);
    if (sealed.length !== length) {
      throw cutShort(`${length} bytes at ${payloadStart + from} were asked for and ${sealed.length} came`);
    }
    return openChunk(key, { index, last: index === lastIndex }, sealed);
  }

  async function* chunks(start: number, end: number): AsyncGenerator<Uint8Array, void, undefined> {
    for (let index = Math.floor(start / CHUNK_SIZE); index * CHUNK_SIZE < end; index++) {
      const plaintext = await chunk(index);
      const at = index * CHUNK_SIZE;
      yield plaintext.subarray(Math.max(0, start - at), end - at);
    }
  }

  // "Seeking relatively to the end of file MUST first decrypt and verify that the last chunk is a valid final chunk."
  await chunk(lastIndex);
  return {
    size,
    range(start, end) {
      if (Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= size) {
        return start === end ? nothing() : chunks(start, end);
      }
      throw new SealingError(
        "range-invalid",
        `Bytes ${start} to ${end} do not lie inside of a file of ${size} bytes.`,
      );
    },
  };
}

/** One range of an age file; see {@link openSealed}, which is better if more than one range will be read. */
export async function* openRange(
  file: RandomAccess,
  identities: readonly string[],
  range: { readonly start: number; readonly end: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  const opened = await openSealed(file, identities);
  yield* opened.range(range.start, range.end);
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

async function* sequentially(file: RandomAccess): AsyncGenerator<Uint8Array, void, undefined> {
  for (let offset = 0; offset < file.size; ) {
    const bytes = await file.read(offset, Math.min(HEADER_READ, file.size - offset));
    if (bytes.length === 0) return;
    yield bytes;
    offset += bytes.length;
  }
}
