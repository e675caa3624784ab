import { decodeBase64 } from "../bytes/base64.ts";
import { ByteReader } from "../bytes/byte-reader.ts";
import { decodeEnvelope, encodeEnvelope, type Envelope } from "../dsse/envelope.ts";
import type { KeyId } from "../dsse/keys.ts";
import { SealingError } from "../errors.ts";
import { type Peer, verifyByStation } from "../statement/by-station.ts";
import { entryBytes, expectEnd, expectEntry, expectPadding, readManifestEntry } from "./archive.ts";
import { checkLimits, DEFAULT_LIMITS, type PackageLimits } from "./limits.ts";
import { type Manifest, manifestType, type PackagePart, partsOf } from "./manifest.ts";
import { checkedPart } from "./part.ts";

/** The station that reads, and the keys that packages to it may be sealed to (more than one while it changes keys). */
export interface Receiver {
  readonly station: string;
  readonly recipients: readonly string[];
}

export interface ReadOptions {
  /** Stations whose packages are taken, with their pinned keys. */
  readonly peers: readonly Peer[];
  readonly receiver: Receiver;
  readonly limits?: Partial<PackageLimits> | undefined;
}

/** A manifest whose signature and addressee were verified. */
export interface VerifiedManifest {
  readonly manifest: Manifest;
  /** SHA-256 of `manifest.json` (lower-case hex): names exactly this package in a receipt. */
  readonly manifestSha256: string;
  /** The key that signed, one of those pinned for `manifest.from.station`. */
  readonly signer: KeyId;
  /** What to keep as proof of who sealed what for whom. */
  readonly envelope: Envelope;
}

export interface PackageHandlers {
  /** Called once, before any part is read. Throw to refuse the package (an agency not served here, an id known). */
  manifest?(verified: VerifiedManifest): void | Promise<void>;
  /**
   * Called for each part in turn. Must read `bytes` (the age file, still sealed) to its end; what it gave is right only
   * when it ended without an error, so keep it provisionally until then. Otherwise `stream-unfinished`.
   */
  part(part: PackagePart, bytes: AsyncIterable<Uint8Array>): Promise<void>;
}

/**
 * Reads a sealed package as it streams in. Sender and addressee are verified before the first part is read, each part
 * while it passes. **Only when this resolves is the package whole:** acknowledge nothing before, discard everything if
 * it throws.
 *
 * Packages carry no expiry, and a package sent twice reads well twice: know `packageId` and `manifestSha256` again.
 */
export async function readPackage(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  handlers: PackageHandlers,
): Promise<VerifiedManifest> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  await using reader = new ByteReader(source);
  const { bytes, sha256 } = await readManifestEntry(reader, limits.manifestBytes);
  const envelope = decodeManifestEnvelope(bytes);
  const { body: manifest, signer } = verifyByStation(
    envelope,
    options.peers,
    manifestType,
    (body) => body.from,
  );
  checkAddressee(manifest, options.receiver);
  checkLimits(manifest, limits);
  const verified: VerifiedManifest = { manifest, manifestSha256: sha256, signer, envelope };
  await handlers.manifest?.(verified);
  for (const part of partsOf(manifest)) await readPart(reader, part, handlers);
  await expectEnd(reader);
  return verified;
}

/** Reads `manifest.json`, which must be in the one form in which it is written. Throws `package-manifest`. */
export function decodeManifestEnvelope(bytes: Uint8Array): Envelope {
  const envelope = decodeEnvelope(bytes);
  const texts = [envelope.payload, ...envelope.signatures.map(({ sig }) => sig)];
  const canonical = Buffer.compare(encodeEnvelope(envelope), bytes) === 0;
  if (canonical && texts.every((text) => decodeBase64(text) !== null)) return envelope;
  throw new SealingError(
    "package-manifest",
    "manifest.json is not written in its one form (RFC 8785, standard base64, no further members): it was changed " +
      "after it was signed.",
  );
}

/** Throws `package-addressee` unless the package was sealed for this station and one of its keys. */
export function checkAddressee(manifest: Manifest, receiver: Receiver): void {
  const { station, recipient } = manifest.to;
  if (station !== receiver.station) {
    throw new SealingError(
      "package-addressee",
      `Package ${manifest.packageId} was sealed for station "${station}", and this is "${receiver.station}". It went ` +
        "astray: tell its sender, and do not pass it on.",
    );
  }
  if (receiver.recipients.includes(recipient)) return;
  throw new SealingError(
    "package-addressee",
    `Package ${manifest.packageId} was sealed to ${recipient}, which is no key of this station. Give the sender the ` +
      "station's card of today.",
  );
}

/** Reads one part with everything around it, handing its checked bytes to `handlers.part`. */
export async function readPart(
  reader: ByteReader,
  part: PackagePart,
  handlers: Pick<PackageHandlers, "part">,
): Promise<void> {
  const { entry, ciphertext } = part;
  await expectEntry(reader, entry, ciphertext.size);
  let finished = false;
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* checkedPart(entryBytes(reader, entry, ciphertext.size), part);
    finished = true;
  }
  await handlers.part(part, bytes());
  if (!finished) {
    throw new SealingError(
      "stream-unfinished",
      `${entry} was not read to its end by who was to take it; nothing is acknowledged.`,
    );
  }
  await expectPadding(reader, entry, ciphertext.size);
}
