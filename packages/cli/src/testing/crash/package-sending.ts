import { createHash, randomUUID } from "node:crypto";
import { canonicalJson, type Report } from "@fairlead/report";
import { exampleFile } from "@fairlead/assessment/testing";
import {
  type Digest,
  encodeEnvelope,
  type Envelope,
  evidenceEntryName,
  type Manifest,
  measureSealed,
  parseVerifyingKey,
  reportEntryName,
  sealStream,
  signCustody,
  signManifest,
  verifyReceipt,
  writePackage,
} from "@fairlead/sealing";
import { call, type NamedFile, reportOf, withIds } from "./report-form.ts";
import type { Place } from "./place.ts";
import { type Answer, type FileSizes, filesOf, refused, type Sending, unanswered } from "./sending.ts";

/** A package as another station keeps it until it has its receipt: the same bytes at each sending. */
interface Sealed {
  readonly id: string;
  readonly envelope: Envelope;
  readonly bytes: Buffer<ArrayBuffer>;
}

/** A report that another station refers to this one: sealed, signed and put to the door for packages. */
export function packageSending(place: Place, mark: string, sizes: FileSizes): Sending {
  const files = withIds(filesOf(mark, sizes));
  const sealing = seal(place, mark, files);
  // A mistake in it is told to whoever sends it first.
  sealing.catch(() => undefined);
  let sealed: Sealed | undefined;
  const attempt = async (): Promise<Answer> => {
    sealed ??= await sealing;
    const response = await call(place, `/door/packages/${sealed.id}`, {
      method: "PUT",
      headers: { "content-type": "application/vnd.fairlead.package" },
      body: sealed.bytes,
    });
    const text = await response.text();
    if (!response.ok) return refused(response, text);
    return { kind: "acknowledged", reference: sealed.id, receipt: JSON.parse(text) as unknown };
  };
  return {
    mark,
    files,
    attempt: () => attempt().catch(unanswered),
    checkReceipt(receipt) {
      if (sealed === undefined) throw new Error("a receipt came for what was never sent");
      const { card } = place;
      verifyReceipt(receipt, [{ station: card.id, keys: [parseVerifyingKey(card.verifyKey)] }], {
        packageId: sealed.id,
        manifestSha256: createHash("sha256").update(encodeEnvelope(sealed.envelope)).digest("hex"),
        receiver: card.id,
      });
    },
  };
}

async function seal({ card, peer }: Place, mark: string, files: readonly NamedFile[]): Promise<Sealed> {
  const at = new Date().toISOString();
  const id = randomUUID();
  const reportId = randomUUID();
  const report: Report = {
    ...reportOf(mark, files),
    evidence: files.map((file) => exampleFile({ id: file.id, name: file.name, received: measured(file) })),
  };
  const numbers = [{ station: peer.name, number: mark }];
  const plain = Buffer.from(canonicalJson({ version: 1, report, claims: [], numbers }));
  const ciphertexts = new Map([[reportEntryName(reportId), await sealedTo(card.recipient, plain)]]);
  for (const file of files)
    ciphertexts.set(evidenceEntryName(file.id), await sealedTo(card.recipient, file.bytes));
  const bytesOf = (entry: string) => ciphertexts.get(entry) ?? Buffer.alloc(0);
  const evidence = await Promise.all(
    files.map(async (file) => {
      const entry = evidenceEntryName(file.id);
      const { size, sha256, md5 } = measured(file);
      const sealed = await measureSealed(one(bytesOf(entry)));
      return { evidenceId: file.id, reportId, entry, ...sealed, plaintext: { size, sha256, md5 } };
    }),
  );
  const from = { station: peer.id, name: peer.name, signingKeyId: peer.signing.keyId };
  const custody = await signCustody(
    {
      version: 1,
      from,
      to: { station: card.id, name: card.name },
      at,
      packageId: id,
      report: { reportId, plaintext: digest(plain) },
      evidence: evidence.map(({ evidenceId, payloadSha256, plaintext }) => ({
        evidenceId,
        payloadSha256,
        plaintext,
      })),
    },
    peer.signing,
  );
  const entry = reportEntryName(reportId);
  const manifest: Manifest = {
    version: 1,
    packageId: id,
    createdAt: at,
    from,
    to: { station: card.id, name: card.name, recipient: card.recipient },
    purpose: "A kite over a harbour.",
    reports: [{ reportId, entry, ciphertext: digest(bytesOf(entry)), plaintext: digest(plain) }],
    evidence,
    custody: [{ station: peer.id, statement: custody }],
  };
  const envelope = await signManifest(manifest, peer.signing);
  return { id, envelope, bytes: await collect(writePackage(envelope, (part) => one(bytesOf(part.entry)))) };
}

function measured({ bytes, sha256 }: NamedFile) {
  const hex = (name: "sha1" | "md5") => createHash(name).update(bytes).digest("hex");
  return { size: bytes.length, sha256, sha1: hex("sha1"), md5: hex("md5") };
}

function digest(bytes: Uint8Array): Digest {
  return { sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length };
}

async function sealedTo(recipient: string, bytes: Uint8Array): Promise<Buffer<ArrayBuffer>> {
  return await collect(sealStream(one(bytes), [recipient]));
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
