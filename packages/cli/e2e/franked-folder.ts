import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  attachmentPart,
  type Attestation,
  type AttachmentDisclosure,
  base64urlOf,
  encodeRecords,
  encodeSignedBundle,
  hexOf,
  type ProviderRecords,
  type ReportBundle,
  sealAttachment,
} from "@fairlead/franking";
import { nodeCrypto } from "@fairlead/franking/node";
import {
  attestationOf,
  ed25519Signer,
  type ProviderCard,
  signAttestation,
  verifyBundle,
} from "@fairlead/franking/verify";
import { type Device, makeWorld, START, type World } from "../../franking/src/verify/testing/world.ts";

/** The words of a conversation that must never come out of a command. */
export const SECRET_WORDS = "The kite hangs behind the third lighthouse.";
export const BOAT = new TextEncoder().encode("a boat at noon, as far as anybody can tell from its bytes");

/** A provider of encrypted chats, a conversation at it, and a report of that conversation, all by real code. */
export interface FrankedWorld {
  world: World;
  reporter: Device;
  card: ProviderCard;
  bundle: ReportBundle;
  /** Root of the attachment that was opened, hex. */
  root: string;
  /** What the provider's verifier makes of a bundle: the files of a report, by name. */
  parts: (options?: Options) => Promise<Parts>;
}

interface Options {
  records?: (records: ProviderRecords) => ProviderRecords;
  /** Alters the attestation before the provider signs it: what only a dishonest one does. */
  attestation?: (attestation: Attestation) => Attestation;
}

export interface Parts {
  attestation: Attestation;
  files: Record<"report-bundle.cbor" | "provider-records.cbor" | "attestation.json" | "boat.png", Uint8Array>;
}

/** Al writes of kites and sends a boat; Bo reports what was said, and keeps one message back. */
export async function frankedWorld(): Promise<FrankedWorld> {
  const world = await makeWorld();
  const al = await world.join("al");
  const bo = await world.join("bo");
  const url = "https://hub.example/b/boat";
  const sealing = sealAttachment(nodeCrypto, once(BOAT), BOAT.length);
  const ciphertext: Uint8Array[] = [];
  for await (const piece of sealing.ciphertext) ciphertext.push(piece);
  const sealed = sealing.sealed();
  const about = { disposition: 6, language: "", contentType: "image/png", url, expires: 0, description: "" };
  await world.say(al, SECRET_WORDS);
  await world.say(bo, "I shall look there.");
  await world.say(al, "Never mind.");
  await world.say(al, "", {
    part: attachmentPart(sealed, { ...about, filename: "boat.png" }),
    attachments: new Map([[url, sealed.commitment]]),
  });
  await world.say(bo, "A fine boat.");
  const { root } = sealed.commitment;
  const disclosures = new Map<number, readonly AttachmentDisclosure[]>([[4, [{ root, mode: "full" }]]]);
  const bundle = await world.report(bo, { selected: [1, 4], withheld: [3], disclosures });
  const seed = nodeCrypto.random(32);
  const signer = await ed25519Signer(nodeCrypto, seed);
  const card: ProviderCard = {
    name: "Kite Chat",
    domain: "hub.example",
    keys: [`fairlead-ed25519:${signer.keyId}:${base64urlOf(nodeCrypto.publicKeyOf(seed))}`],
    frankingKeys: [
      {
        suite: 1,
        publicKey: base64urlOf(world.hubPublicKey),
        notBefore: new Date(Number(START) - 86_400_000).toISOString(),
        notAfter: null,
      },
    ],
    logKey: world.logKey,
    timestampRoots: [],
  };
  return {
    world,
    reporter: bo,
    card,
    bundle,
    root: hexOf(root),
    async parts(options: Options = {}) {
      const input = await world.input(bo, bundle);
      const records = options.records?.(input.records) ?? input.records;
      const verdict = await verifyBundle({
        ...input,
        records,
        fetchCiphertext: () => once(Buffer.concat(ciphertext)),
      });
      const [signedBytes, recordsBytes] = [encodeSignedBundle(input.signed), encodeRecords(records)];
      const found = attestationOf({
        bundle,
        handedInBy: bundle.reporter,
        roomUri: bundle.roomUri,
        bundleSha256: nodeCrypto.sha256(signedBytes),
        recordsSha256: nodeCrypto.sha256(recordsBytes),
        provider: { name: card.name, domain: card.domain },
        verdict,
        verifier: { version: "0.1.0", build: "test" },
        at: input.now,
      });
      const attestation = options.attestation?.(found) ?? found;
      const envelope = await signAttestation(attestation, [signer]);
      return {
        attestation,
        files: {
          "report-bundle.cbor": signedBytes,
          "provider-records.cbor": recordsBytes,
          "attestation.json": new TextEncoder().encode(JSON.stringify(envelope)),
          "boat.png": BOAT,
        },
      };
    },
  };
}

/** Writes files into a folder of their own, under names that say nothing, as a package's are. */
export async function folderOf(dir: string, files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  await mkdir(dir, { recursive: true });
  for (const [index, bytes] of Object.values(files).entries())
    await writeFile(join(dir, `evidence-${index}`), bytes);
  return dir;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
