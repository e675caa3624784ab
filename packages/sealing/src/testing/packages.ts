// A small world for the package tests: stations with keys, and packages between them.

import { generateIdentity } from "../age/identity.ts";
import { sealStream } from "../age/seal.ts";
import { digestOf } from "../bytes/digest.ts";
import type { Envelope } from "../dsse/envelope.ts";
import { generateSigningKey, type SigningKey } from "../dsse/keys.ts";
import { evidenceEntryName, type Manifest, type PackagePart, reportEntryName } from "../package/manifest.ts";
import { measureSealed } from "../package/measure.ts";
import type { Receiver } from "../package/read.ts";
import { signManifest, writePackage } from "../package/write.ts";
import type { Peer, Speaker } from "../statement/by-station.ts";
import { collect, inPortions } from "./streams.ts";

export interface TestStation {
  readonly id: string;
  readonly signing: SigningKey;
  readonly identity: string;
  readonly recipient: string;
  readonly speaker: Speaker;
  readonly peer: Peer;
  readonly receiver: Receiver;
}

export function station(id: string): TestStation {
  const signing = generateSigningKey();
  const { identity, recipient } = generateIdentity();
  return {
    id,
    signing,
    identity,
    recipient,
    speaker: { station: id, name: `Station ${id}`, signingKeyId: signing.keyId },
    peer: { station: id, keys: [signing.verifyingKey] },
    receiver: { station: id, recipients: [recipient] },
  };
}

export interface TestItem {
  readonly id: string;
  readonly plaintext: Uint8Array;
}

export interface TestPackage {
  readonly manifest: Manifest;
  readonly envelope: Envelope;
  /** Sealed parts by entry name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Plaintext of the parts by entry name. */
  readonly plaintexts: ReadonlyMap<string, Uint8Array>;
  readonly bytes: Uint8Array;
  readonly open: (part: PackagePart) => AsyncIterable<Uint8Array>;
}

export interface TestContents {
  readonly reports: readonly TestItem[];
  readonly evidence: readonly (TestItem & { readonly reportId: string; readonly mediaType?: string })[];
  readonly custody?: Manifest["custody"];
  /** Sealed files to use instead of sealing anew, by entry name. */
  readonly sealed?: ReadonlyMap<string, Uint8Array>;
}

/** Seals, signs and writes a package; `change` may falsify the manifest before it is signed. */
export async function makePackage(
  from: TestStation,
  to: TestStation,
  contents: TestContents,
  change: (manifest: Manifest) => Manifest = (manifest) => manifest,
): Promise<TestPackage> {
  const files = new Map<string, Uint8Array>();
  const plaintexts = new Map<string, Uint8Array>();
  const add = async (entry: string, plaintext: Uint8Array) => {
    const ready = contents.sealed?.get(entry);
    const file = ready ?? (await collect(sealStream(inPortions(plaintext), [to.recipient])));
    files.set(entry, file);
    plaintexts.set(entry, plaintext);
    return {
      entry,
      ...(await measureSealed(inPortions(file))),
      digest: await digestOf(inPortions(plaintext)),
    };
  };
  const reports: Manifest["reports"] = [];
  for (const { id, plaintext } of contents.reports) {
    const { entry, ciphertext, digest } = await add(reportEntryName(id), plaintext);
    const { sha256, size } = digest;
    reports.push({ reportId: id, entry, ciphertext, plaintext: { sha256, size } });
  }
  const evidence: Manifest["evidence"] = [];
  for (const { id, reportId, mediaType, plaintext } of contents.evidence) {
    const { entry, ciphertext, payloadSha256, digest } = await add(evidenceEntryName(id), plaintext);
    const named = mediaType === undefined ? {} : { mediaType };
    evidence.push({
      evidenceId: id,
      reportId,
      entry,
      ...named,
      ciphertext,
      payloadSha256,
      plaintext: digest,
    });
  }
  const manifest = change({
    version: 1,
    packageId: "0b6f5a3e-2d1c-4f7e-9c58-6a1f5a0c7e11",
    createdAt: "2026-11-02T09:30:00Z",
    from: from.speaker,
    to: { station: to.id, name: `Station ${to.id}`, recipient: to.recipient },
    agency: "gb-example-force",
    purpose: "For the force whose area the report points to.",
    reports,
    evidence,
    custody: contents.custody ?? [],
  });
  const envelope = await signManifest(manifest, from.signing);
  const open = (part: PackagePart): AsyncIterable<Uint8Array> =>
    inPortions(files.get(part.entry) ?? new Uint8Array(0));
  const bytes = await collect(writePackage(envelope, open));
  return { manifest, envelope, files, plaintexts, bytes, open };
}
