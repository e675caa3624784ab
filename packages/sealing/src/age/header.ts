import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from "node:crypto";
import { decodeRawBase64, encodeRawBase64 } from "../bytes/base64.ts";
import type { ByteReader } from "../bytes/byte-reader.ts";
import { SealingError } from "../errors.ts";

// c2sp.org/age, "Header": the text in front of the encrypted payload that wraps the file key for each recipient.

const VERSION_LINE = "age-encryption.org/v1";
const LF = 0x0a;
const COLUMNS = 64;
const MAC_LENGTH = 32;
/** " " + 43 base64 characters + LF: what follows the "---" that ends the authenticated part. */
const MAC_TAIL_LENGTH = 45;
/** Room for some 600 X25519 recipients; a header is read into memory, so a hostile one must end somewhere. */
const MAX_HEADER_BYTES = 64 * 1024;

/** One recipient's wrapping of the file key. */
export interface Stanza {
  /** Type first: `["X25519", share]`. */
  readonly args: readonly string[];
  readonly body: Uint8Array;
}

/** A header as read. Not authenticated until {@link verifyHeaderMac} has passed with the unwrapped file key. */
export interface Header {
  readonly stanzas: readonly Stanza[];
  readonly mac: Uint8Array;
  /** The header as it stood in the file, version line to MAC line. */
  readonly bytes: Uint8Array;
}

/** Writes a header whose MAC is keyed by the file key. */
export function encodeHeader(stanzas: readonly Stanza[], fileKey: Uint8Array): Uint8Array {
  const lines = [VERSION_LINE];
  for (const { args, body } of stanzas) {
    lines.push(`-> ${args.join(" ")}`);
    const text = encodeRawBase64(body);
    // "The body MUST end with a line shorter than 64 characters, which MAY be empty."
    for (let at = 0; at <= text.length; at += COLUMNS) lines.push(text.slice(at, at + COLUMNS));
  }
  const authenticated = Buffer.from(`${lines.join("\n")}\n---`, "ascii");
  const mac = encodeRawBase64(headerMac(authenticated, fileKey));
  return Buffer.concat([authenticated, Buffer.from(` ${mac}\n`, "ascii")]);
}

/** Reads a header and leaves the reader at the payload. Throws `age-header` for anything outside of the grammar. */
export async function readHeader(reader: ByteReader): Promise<Header> {
  const lines = new HeaderLines(reader);
  if ((await lines.next()) !== VERSION_LINE) {
    throw malformed(`its first line is not "${VERSION_LINE}"; the file is not a binary age v1 file`);
  }
  const stanzas: Stanza[] = [];
  let line = await lines.next();
  while (line.startsWith("-> ")) {
    const args = line.slice(3).split(" ");
    if (args.includes("")) throw malformed("a recipient line has an empty argument");
    stanzas.push({ args, body: await readBody(lines) });
    line = await lines.next();
  }
  if (stanzas.length === 0) throw malformed("it names no recipient");
  const mac = line.startsWith("--- ") ? decodeRawBase64(line.slice(4)) : null;
  if (mac?.length !== MAC_LENGTH) throw malformed("its last line is not a MAC line");
  return { stanzas, mac, bytes: lines.bytes() };
}

/** Checks that who wrapped the file key also wrote this header. Throws `age-mac`. */
export function verifyHeaderMac(header: Header, fileKey: Uint8Array): void {
  const authenticated = header.bytes.subarray(0, header.bytes.length - MAC_TAIL_LENGTH);
  if (timingSafeEqual(header.mac, headerMac(authenticated, fileKey))) return;
  throw new SealingError(
    "age-mac",
    "The age header was altered after it was written: its MAC does not match. Fetch the file again from its source.",
  );
}

async function readBody(lines: HeaderLines): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const line = await lines.next();
    const part = line.length <= COLUMNS ? decodeRawBase64(line) : null;
    if (part === null) throw malformed("a recipient body is not canonical base64 in lines of 64 columns");
    parts.push(part);
    if (line.length < COLUMNS) return Buffer.concat(parts);
  }
}

function headerMac(authenticated: Uint8Array, fileKey: Uint8Array): Uint8Array {
  const key = new Uint8Array(hkdfSync("sha256", createSecretKey(fileKey), new Uint8Array(0), "header", 32));
  return createHmac("sha256", createSecretKey(key)).update(authenticated).digest();
}

function malformed(why: string): SealingError {
  return new SealingError("age-header", `The age header cannot be read: ${why}.`);
}

/** Lines of printable ASCII, each ended by LF, with everything read kept for the MAC. */
class HeaderLines {
  readonly #reader: ByteReader;
  readonly #parts: Uint8Array[] = [];
  #left = MAX_HEADER_BYTES;

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  async next(): Promise<string> {
    const line = await this.#reader.until(LF, this.#left);
    this.#parts.push(line);
    this.#left -= line.length;
    if (line.at(-1) !== LF) {
      throw malformed(
        this.#left === 0 ? `it is longer than ${MAX_HEADER_BYTES} bytes` : "the file ends inside of it",
      );
    }
    const text = Buffer.from(line).toString("latin1").slice(0, -1);
    if (!/^[ -~]*$/.test(text)) throw malformed("it holds a byte that is not printable ASCII");
    return text;
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}
