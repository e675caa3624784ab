import { createHash } from "node:crypto";
import type { ByteReader } from "../bytes/byte-reader.ts";
import { SealingError } from "../errors.ts";
import { overLimit } from "./limits.ts";
import { describeHeader, END_OF_ARCHIVE, entryHeader, padding, sizeIn } from "./ustar.ts";

/** The name of a package's first entry. */
export const MANIFEST_ENTRY = "manifest.json";
const BLOCK = 512;

/** `manifest.json` as it stood in the archive. */
export interface ManifestBytes {
  readonly bytes: Uint8Array;
  /** SHA-256 of the file `manifest.json`, lower-case hex: what a receipt names. */
  readonly sha256: string;
}

/** Reads the first entry. Throws `package-layout`, `package-truncated` or `package-limit`. */
export async function readManifestEntry(reader: ByteReader, maxBytes: number): Promise<ManifestBytes> {
  const header = await reader.exactly(BLOCK);
  if (header.length < BLOCK) throw truncated("its first header");
  // The size is the one thing that is not known beforehand; everything around it is compared.
  const size = sizeIn(header) ?? 0;
  if (!same(header, entryHeader(MANIFEST_ENTRY, size)))
    throw notExpected(header, `the file "${MANIFEST_ENTRY}"`);
  if (size > maxBytes) throw overLimit(`a manifest of ${size} bytes`, `${maxBytes}`);
  const bytes = await reader.exactly(size);
  if (bytes.length < size) throw truncated(MANIFEST_ENTRY);
  await expectPadding(reader, MANIFEST_ENTRY, size);
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Reads the header of the one entry that may stand here. */
export async function expectEntry(reader: ByteReader, name: string, size: number): Promise<void> {
  const expected = entryHeader(name, size);
  const header = await reader.exactly(expected.length);
  if (same(header, expected)) return;
  if (header.length < expected.length) throw truncated(`the header of ${name}`);
  throw notExpected(header.subarray(0, BLOCK), `the file "${name}" (${size} bytes) in its plain form`);
}

/** A file's bytes; throws `package-truncated` if the archive ends inside of it. */
export async function* entryBytes(
  reader: ByteReader,
  name: string,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let left = size;
  for await (const bytes of reader.take(size)) {
    left -= bytes.length;
    yield bytes;
  }
  if (left > 0) throw truncated(name);
}

/** Reads the zeros behind a file. */
export async function expectPadding(reader: ByteReader, name: string, size: number): Promise<void> {
  const expected = padding(size);
  const found = await reader.exactly(expected.length);
  if (same(found, expected)) return;
  if (found.length < expected.length) throw truncated(`the padding of ${name}`);
  throw new SealingError(
    "package-layout",
    `The package holds bytes behind ${name} that no manifest vouches for.`,
  );
}

/** Reads the end of the archive and makes sure that nothing follows. */
export async function expectEnd(reader: ByteReader): Promise<void> {
  const found = await reader.exactly(END_OF_ARCHIVE.length);
  if (!same(found, END_OF_ARCHIVE)) {
    if (found.length < END_OF_ARCHIVE.length) throw truncated("the end of the archive");
    throw notExpected(found.subarray(0, BLOCK), "the end of the archive");
  }
  if (await reader.ended()) return;
  throw new SealingError(
    "package-trailing",
    "Bytes follow the end of the package that no manifest vouches for.",
  );
}

function same(found: Uint8Array, expected: Uint8Array): boolean {
  return Buffer.compare(found, expected) === 0;
}

function truncated(where: string): SealingError {
  return new SealingError("package-truncated", `The package ends inside of ${where}. Ask for it again.`);
}

function notExpected(header: Uint8Array, expected: string): SealingError {
  return new SealingError(
    "package-layout",
    `The package holds ${describeHeader(header)} where ${expected} must stand: an entry is missing, added, repeated, out ` +
      "of order or written in another form. Nothing of it was taken from there on.",
  );
}
