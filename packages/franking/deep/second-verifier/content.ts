import { fromCbor, toCbor } from "./cbor.ts";
import { sha256 } from "./primitives.ts";
import { Refused } from "./refused.ts";
import { bytesOf, exactlyOf, fieldsOf, flagOf, listOf, orNull, textOf, uintOf } from "./shape.ts";
import { concat, hex, u16, u8 } from "./tls.ts";

/** draft-ietf-mimi-content-08, section 6.3. */
const LEVELS = 4;
const MIB = 1024 * 1024;

/** A part that lies elsewhere, as far as opening it needs. */
export interface FilePart {
  readonly url: string;
  readonly size: bigint;
  readonly encAlg: bigint;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
  readonly hashAlg: bigint;
  readonly contentHash: Uint8Array;
}

/** Extension -1004: what the sender committed to for the file at a url. */
export interface Commitment {
  readonly root: Uint8Array;
  readonly size: bigint;
  readonly chunk: bigint;
  readonly keyCommitment: Uint8Array;
}

export interface Content {
  readonly salt: Uint8Array;
  readonly senderUri: string;
  readonly roomUri: string;
  /** Hex, as everything that is compared with message ids. */
  readonly messageId: string;
  readonly replaces: string | null;
  /** Extensions -1001 to -1003; null from a program that says nothing. */
  readonly causality: {
    readonly seen: { readonly roomSeq: bigint; readonly head: Uint8Array } | null;
    readonly count: bigint;
    readonly previous: string | null;
  } | null;
  readonly commitments: ReadonlyMap<string, Commitment>;
  readonly files: readonly FilePart[];
}

/** A message's bytes (draft-ietf-mimi-content-08, section 4; extensions of e2ee.md 7.2). @throws Refused */
export function readContent(bytes: Uint8Array): Content {
  const fields = fieldsOf(fromCbor(bytes, { bytes: MIB, depth: 24 }), 7);
  const [saltField, replaces, topic, expires, reply, extensionsField, part] = fields;
  const salt = exactlyOf(saltField, 16);
  const messageIdOf = (value: unknown): string => hex(exactlyOf(value, 32));
  bytesOf(topic);
  orNull(reply, messageIdOf);
  orNull(expires, (value) => {
    const [relative, seconds] = fieldsOf(value, 2);
    return [flagOf(relative), uintOf(seconds, 4)];
  });
  const extensions = extensionsOf(extensionsField);
  const [senderUri, roomUri] = [addressOf(extensions.get(1)), addressOf(extensions.get(2))];
  const files = filesOf(part, LEVELS);
  const commitments = commitmentsOf(extensions.get(-1004));
  assertOneFileEach(commitments, files);
  const digest = sha256(concat(sized(senderUri), sized(roomUri), bytes, salt));
  return {
    salt,
    senderUri,
    roomUri,
    messageId: hex(concat(u8(1), digest.subarray(0, 31))),
    replaces: orNull(replaces, messageIdOf),
    causality: causalityOf(extensions, messageIdOf),
    commitments,
    files,
  };
}

/** draft-ietf-mimi-content-08, section 3.3: two bytes of length before each URI. */
function sized(uri: string): Uint8Array {
  const bytes = new TextEncoder().encode(uri);
  if (bytes.length >= 2 ** 16) throw new Refused("a URI that no message id can hold");
  return concat(u16(bytes.length), bytes);
}

function mapOf(value: unknown): ReadonlyMap<unknown, unknown> {
  if (!(value instanceof Map)) throw new Refused("no map");
  return value;
}

/** Section 4.3: names of 1 to 255 bytes or integers, values of at most 4095 bytes; section 6.3: four levels with the map itself. */
function extensionsOf(value: unknown): ReadonlyMap<unknown, unknown> {
  const extensions = mapOf(value);
  for (const [name, held] of extensions) {
    const length = typeof name === "string" ? new TextEncoder().encode(name).length : 1;
    if (length < 1 || length > 255) throw new Refused("an extension's name");
    if (toCbor(held, LEVELS - 1).length > 4095) throw new Refused("an extension's value");
  }
  return extensions;
}

function addressOf(value: unknown): string {
  if (textOf(value) === "") throw new Refused("an address that is empty");
  return value as string;
}

function causalityOf(
  extensions: ReadonlyMap<unknown, unknown>,
  messageIdOf: (value: unknown) => string,
): Content["causality"] {
  const [seen, count, previous] = [-1001, -1002, -1003].map((key) => extensions.get(key));
  if (count === undefined) {
    if (seen !== undefined || previous !== undefined) throw new Refused("causality without a count");
    return null;
  }
  if (uintOf(count) < 1n) throw new Refused("a count that does not begin at 1");
  return {
    seen: seen === undefined ? null : seenOf(seen),
    count: uintOf(count),
    previous: previous === undefined ? null : messageIdOf(previous),
  };
}

function seenOf(value: unknown): { roomSeq: bigint; head: Uint8Array } {
  const [roomSeq, head] = fieldsOf(value, 2);
  if (uintOf(roomSeq) < 1n) throw new Refused("a place before the first");
  return { roomSeq: uintOf(roomSeq), head: exactlyOf(head, 32) };
}

function commitmentsOf(value: unknown): ReadonlyMap<string, Commitment> {
  if (value === undefined) return new Map();
  return new Map(
    Array.from(mapOf(value), ([url, held]) => {
      const [root, size, chunk, keyCommitment] = fieldsOf(held, 4);
      if (uintOf(size) < 1n || uintOf(chunk) < 1n || uintOf(chunk) > BigInt(16 * MIB))
        throw new Refused("a file or chunks of no possible size");
      const commitment = { size: uintOf(size), chunk: uintOf(chunk), root: exactlyOf(root, 32) };
      return [textOf(url), { ...commitment, keyCommitment: exactlyOf(keyCommitment, 32) }];
    }),
  );
}

/** Nothing that was committed to may be reached twice: AES-GCM would let one ciphertext be two files. */
function assertOneFileEach(commitments: ReadonlyMap<string, Commitment>, files: readonly FilePart[]): void {
  const roots = Array.from(commitments.values(), ({ root }) => hex(root));
  const urls = files.map(({ url }) => url).filter((url) => commitments.has(url));
  if (new Set(roots).size < roots.length || new Set(urls).size < urls.length)
    throw new Refused("one ciphertext for two files");
}

/** Section 4.4. The parts that lie elsewhere, in their order. */
function filesOf(value: unknown, levels: number): readonly FilePart[] {
  if (levels === 0) throw new Refused("parts nested too deep");
  const [disposition, language, cardinality, ...held] = listOf(value, 16);
  uintOf(disposition, 1);
  textOf(language);
  if (cardinality === 0 && held.length === 0) return [];
  if (cardinality === 1 && held.length === 2) {
    textOf(held[0]);
    bytesOf(held[1]);
    return [];
  }
  if (cardinality === 2 && held.length === 12) return [fileOf(held)];
  if (cardinality !== 3 || held.length !== 2 || uintOf(held[0]) > 2n) throw new Refused("an unknown part");
  const parts = listOf(held[1], Number.POSITIVE_INFINITY);
  if (parts.length < 2) throw new Refused("a part of fewer than two");
  return parts.flatMap((part) => filesOf(part, levels - 1));
}

function fileOf([contentType, url, expires, size, encAlg, ...more]: readonly unknown[]): FilePart {
  const [key, nonce, aad, hashAlg, contentHash, description, filename] = more;
  for (const text of [contentType, description, filename]) textOf(text);
  uintOf(expires, 4);
  return {
    url: textOf(url),
    size: uintOf(size),
    encAlg: uintOf(encAlg, 2),
    key: bytesOf(key),
    nonce: bytesOf(nonce),
    aad: bytesOf(aad),
    hashAlg: uintOf(hashAlg, 1),
    contentHash: bytesOf(contentHash),
  };
}
