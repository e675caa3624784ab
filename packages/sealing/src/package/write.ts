import { encodeEnvelope, parseEnvelope, type Envelope } from "../dsse/envelope.ts";
import { decodeBase64 } from "../bytes/base64.ts";
import type { Signer } from "../dsse/keys.ts";
import { SealingError } from "../errors.ts";
import { readStatementBody, signStatement } from "../statement/statement.ts";
import { MANIFEST_ENTRY } from "./archive.ts";
import { type Manifest, manifestType, type PackagePart, partsOf } from "./manifest.ts";
import { checkedPart } from "./part.ts";
import { END_OF_ARCHIVE, entryHeader, entrySize, padding } from "./ustar.ts";

/**
 * Checks and signs a manifest. The envelope is what to store before anything is sent: with it and the same parts,
 * {@link writePackage} writes the same bytes at every try.
 *
 * @param signer Must be the key that `manifest.from.signingKeyId` names. Throws `statement-invalid` otherwise.
 */
export async function signManifest(manifest: Manifest, signer: Signer): Promise<Envelope> {
  if (signer.keyId === manifest.from.signingKeyId) return signStatement(manifestType, manifest, [signer]);
  throw new SealingError(
    "statement-invalid",
    `The manifest names signing key ${manifest.from.signingKeyId}, but the key at hand is ${signer.keyId}.`,
  );
}

/**
 * Writes a sealed package: `manifest.json`, then each part in the manifest's order, as one tar file.
 *
 * @param envelope From {@link signManifest}. Its signature is the receiver's to check; its manifest is read here.
 * @param open Gives the age file of a part as a stream, sealed to the manifest's recipient alone. Called once a part, when
 *   its turn comes; nothing is held but what is on its way.
 * @throws SealingError `package-part` or `package-recipients` in mid-stream if a part is not what the manifest says: the
 *   transfer must then be broken off, and the receiver refuses what came.
 */
export async function* writePackage(
  envelope: Envelope,
  open: (part: PackagePart) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const manifest = manifestIn(envelope);
  const bytes = encodeEnvelope(parseEnvelope(envelope));
  yield Buffer.concat([entryHeader(MANIFEST_ENTRY, bytes.length), bytes, padding(bytes.length)]);
  for (const part of partsOf(manifest)) {
    const { size } = part.ciphertext;
    yield entryHeader(part.entry, size);
    yield* checkedPart(open(part), part);
    if (padding(size).length > 0) yield padding(size);
  }
  yield END_OF_ARCHIVE;
}

/** Bytes of the package that {@link writePackage} writes, for a `Content-Length`. */
export function packageSize(envelope: Envelope): number {
  const manifestSize = encodeEnvelope(parseEnvelope(envelope)).length;
  return partsOf(manifestIn(envelope)).reduce(
    (total, { entry, ciphertext }) => total + entrySize(entry, ciphertext.size),
    entrySize(MANIFEST_ENTRY, manifestSize) + END_OF_ARCHIVE.length,
  );
}

/** The manifest inside of an envelope, whoever signed it. Throws `envelope-malformed` or `statement-invalid`. */
export function manifestIn(envelope: Envelope): Manifest {
  const payload = decodeBase64(envelope.payload);
  if (payload !== null) return readStatementBody(manifestType, payload);
  throw new SealingError(
    "envelope-malformed",
    "The manifest's envelope is not in the form in which packages are written.",
  );
}
