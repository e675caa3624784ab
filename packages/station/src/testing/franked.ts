import { randomBytes, randomUUID } from "node:crypto";
import { type Attestation, ATTESTATION_FILE, ATTESTATION_MEDIA_TYPE, base64urlOf } from "@fairlead/franking";
import { nodeCrypto } from "@fairlead/franking/node";
import {
  type AttestationSigner,
  ed25519Signer,
  type ProviderCard,
  signAttestation,
} from "@fairlead/franking/verify";
import type { Report } from "@fairlead/report";
import { measuresOf, testFile, type TestFile, testReport } from "./report.ts";

/** A provider of encrypted chats with a key of its own. */
export interface TestProvider {
  card: ProviderCard;
  signer: AttestationSigner;
}

export async function testProvider(domain = "hub.example"): Promise<TestProvider> {
  const seed = randomBytes(32);
  const signer = await ed25519Signer(nodeCrypto, seed);
  const key = base64urlOf(nodeCrypto.publicKeyOf(seed));
  const keys = [`fairlead-ed25519:${signer.keyId}:${key}`];
  return {
    card: { name: "Kite Chat", domain, keys, frankingKeys: [], logKey: null, timestampRoots: [] },
    signer,
  };
}

/** The parts that a franked report is handed on in. */
export interface FrankedParts {
  bundle: TestFile;
  records: TestFile;
  attestation: TestFile;
}

type ItemVerdict = Attestation["verdict"]["items"][number];

/** What a verifier says of two messages, the second of which was picked. */
export function attestationOver(
  { bundle, records }: Pick<FrankedParts, "bundle" | "records">,
  { card }: TestProvider,
): Attestation {
  const reportId = randomUUID();
  const item = (index: number, parts: Partial<ItemVerdict>): ItemVerdict => ({
    index,
    roomSeq: String(index + 1),
    messageId: "01".repeat(32),
    senderUri: `mimi://${card.domain}/u/al`,
    deviceId: "0a".repeat(16),
    selected: false,
    verdict: "VERIFIED",
    steps: [{ step: "V4", result: "passed", detail: "The text gives the tag." }],
    acceptedAt: "1777145400000",
    existedBy: null,
    seen: null,
    replaces: [],
    attachments: [],
    ...parts,
  });
  return {
    version: 1,
    reportId,
    subject: {
      bundleSha256: measuresOf(bundle.bytes).sha256,
      recordsSha256: measuresOf(records.bytes).sha256,
    },
    provider: { name: card.name, domain: card.domain },
    roomUri: `mimi://${card.domain}/r/AAAAAAAAAAAAAAAAAAAAAA`,
    reporter: { uri: `mimi://${card.domain}/u/bo`, deviceId: "0b".repeat(16) },
    verdict: {
      reportId,
      verdict: "VERIFIED",
      steps: [{ step: "V1", result: "passed", detail: "The report is complete." }],
      items: [item(0, {}), item(2, { selected: true })],
      withheld: ["2"],
      window: { from: "1", to: "3", firstSeq: "1", headSeq: "9" },
      fullConversation: false,
    },
    frankKids: [202604],
    limits: ["account-not-person", "reporter-chose"],
    verifier: { version: "0.1.0", build: "test" },
    madeAt: "2026-04-25T19:30:00.000Z",
  };
}

/** Signs an attestation as the file that a report carries. */
export async function attestationFile(
  attestation: Attestation,
  { signer }: Pick<TestProvider, "signer">,
): Promise<TestFile> {
  const envelope = await signAttestation(attestation, [signer]);
  return testFile({
    name: ATTESTATION_FILE,
    mediaType: ATTESTATION_MEDIA_TYPE,
    bytes: new Uint8Array(Buffer.from(JSON.stringify(envelope))),
  });
}

/**
 * A franked report's parts, attested by a provider. No station decodes a bundle, so any bytes do for one.
 * @param change alters what is attested before it is signed
 */
export async function frankedParts(
  provider: TestProvider,
  change: (attestation: Attestation) => Attestation = (attestation) => attestation,
  bytes: Uint8Array = Buffer.from(`the kite is blue ${randomUUID()}`),
): Promise<FrankedParts> {
  const bundle = testFile({
    name: "report-bundle.cbor",
    mediaType: "application/vnd.fairlead.report-bundle+cbor",
    bytes: new Uint8Array(bytes),
  });
  const records = testFile({
    name: "provider-records.cbor",
    mediaType: "application/vnd.fairlead.provider-records+cbor",
    bytes: new Uint8Array(Buffer.from(`a record of one kite ${randomUUID()}`)),
  });
  const attested = change(attestationOver({ bundle, records }, provider));
  return { bundle, records, attestation: await attestationFile(attested, provider) };
}

/** A report about these parts, the bundle being what is reported. */
export function frankedReport(files: readonly TestFile[], parts: Partial<Report> = {}): Report {
  const report = testReport(files, parts);
  const evidence = report.evidence.map((item) =>
    item.name === "report-bundle.cbor"
      ? { ...item, kind: "message-bundle" as const }
      : { ...item, relevance: "supplemental" as const },
  );
  return { ...report, evidence };
}
