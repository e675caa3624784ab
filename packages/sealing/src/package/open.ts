import { identityToRecipient } from "../age/identity.ts";
import type { AgeIdentity } from "../age/identity.ts";
import { openStream } from "../age/open.ts";
import { digesting } from "../bytes/digest.ts";
import { SealingError } from "../errors.ts";
import type { Peer } from "../statement/by-station.ts";
import type { PackageLimits } from "./limits.ts";
import type { PackagePart } from "./manifest.ts";
import { type PackageHandlers, readPackage, type VerifiedManifest } from "./read.ts";

export interface OpenOptions {
  readonly peers: readonly Peer[];
  /** The station that opens. */
  readonly station: string;
  /** Its identities, today's and those of packages still on their way. */
  readonly identities: readonly AgeIdentity[];
  readonly limits?: Partial<PackageLimits> | undefined;
}

/** Takes the parts of a package in plain. `bytes` must be read to its end and is right only when it ended without an error. */
export type PackageSink = PackageHandlers;

/**
 * Reads a sealed package as {@link readPackage} does and opens every part on its way. Beyond the ciphertext's digests,
 * the plaintext's size, SHA-256 and, where the manifest states one, MD5 are compared with what the sender signed;
 * `package-plaintext` if they differ.
 *
 * This decrypts evidence: at a station, only behind a grant.
 */
export async function openPackage(
  source: AsyncIterable<Uint8Array>,
  options: OpenOptions,
  sink: PackageSink,
): Promise<VerifiedManifest> {
  const { identities, station, peers, limits } = options;
  const receiver = { station, recipients: identities.map(identityToRecipient) };
  return readPackage(
    source,
    { peers, receiver, limits },
    {
      manifest: (verified) => sink.manifest?.(verified),
      part: (part, sealed) => sink.part(part, checkedPlaintext(openStream(sealed, identities), part)),
    },
  );
}

async function* checkedPlaintext(
  source: AsyncIterable<Uint8Array>,
  part: PackagePart,
): AsyncGenerator<Uint8Array, void, undefined> {
  const flow = digesting(source);
  yield* flow.bytes;
  const found = flow.digest();
  const md5 = part.kind === "evidence" ? part.plaintext.md5 : undefined;
  const { sha256, size } = part.plaintext;
  if (found.sha256 === sha256 && found.size === size && (md5 === undefined || md5 === found.md5)) return;
  throw new SealingError(
    "package-plaintext",
    `What ${part.entry} opens to is not what its sender signed: SHA-256 ${found.sha256} of ${found.size} bytes instead ` +
      `of ${sha256} of ${size}. The sender sealed another file than it measured; ask for the part again.`,
  );
}
