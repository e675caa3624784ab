import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { verify } from "node:crypto";
import {
  type Attestation,
  decodeRecords,
  decodeSignedBundle,
  FrankingError,
  hexOf,
  type ProviderRecords,
  type SignedBundle,
} from "@fairlead/franking";
import { nodeCrypto } from "@fairlead/franking/node";
import {
  type AttestationKey,
  type BundleVerdict,
  type ProviderCard,
  readAttestation,
  trustFromCard,
  verifyAttestation,
  verifyBundle,
} from "@fairlead/franking/verify";
import { parseVerifyingKey } from "@fairlead/sealing";
import { openLogProof } from "@fairlead/station";
import type { FoundFile, FrankedFolder } from "./folder.ts";

/** Why a report is not proven here, or not as it could be; each has words in words.ts. */
export type Finding =
  | { code: "no-card"; domain: string }
  | { code: "signature"; domain: string }
  | { code: "other-domain"; domain: string }
  | { code: "attestation-malformed" }
  | { code: "bundle-missing"; sha256: string }
  | { code: "records-missing"; sha256: string }
  | { code: "records-malformed" }
  /** Repeating the steps gave something else than what was attested, at this place. */
  | { code: "differs"; where: string; attested: string; found: string }
  | { code: "not-verified" }
  | { code: "attachment-missing"; seq: string; sha256: string };

/** What came of checking one attestation with everything that belongs to it. */
export interface FrankedCheck {
  attestationFile: FoundFile;
  /** Present once its signature was found good. */
  attestation: Attestation | undefined;
  /** Whose card its signature was checked with, and where that card came from. */
  trust: { card: ProviderCard; from: "pinned" | "folder" } | undefined;
  signers: readonly string[];
  bundle: FoundFile | undefined;
  records: { file: FoundFile; read: ProviderRecords } | undefined;
  /** What repeating every step here gave. */
  verdict: BundleVerdict | undefined;
  findings: Finding[];
  /** A pinned provider signed for these very bytes, and every step that can be repeated was, with the same result. */
  isProven: boolean;
}

/**
 * Checks every attestation in a folder again, offline: its signature, that it is about the files that are here, and then every step
 * from V1 to V14. Only step V5 (the provider's HMAC) is taken from the attestation, because nobody else can repeat it.
 * @param pinned cards that came by another way than the folder; without them those in the folder are used
 * @param now milliseconds since 1970
 */
export async function checkFolder(
  folder: FrankedFolder,
  pinned: readonly ProviderCard[],
  now: number,
): Promise<FrankedCheck[]> {
  const checks: FrankedCheck[] = [];
  for (const { file, envelope } of folder.attestations)
    checks.push(await checkOne(folder, { file, envelope }, pinned, now));
  return checks;
}

async function checkOne(
  folder: FrankedFolder,
  { file, envelope }: FrankedFolder["attestations"][number],
  pinned: readonly ProviderCard[],
  now: number,
): Promise<FrankedCheck> {
  const check: FrankedCheck = {
    attestationFile: file,
    attestation: undefined,
    trust: undefined,
    signers: [],
    bundle: undefined,
    records: undefined,
    verdict: undefined,
    findings: [],
    isProven: false,
  };
  await trustAttestation(check, envelope, folder, pinned);
  const { attestation, trust } = check;
  if (attestation === undefined || trust === undefined) return check;
  const { bundleSha256, recordsSha256 } = attestation.subject;
  check.bundle = folder.files.find(({ sha256 }) => sha256 === bundleSha256);
  if (check.bundle === undefined) check.findings.push({ code: "bundle-missing", sha256: bundleSha256 });
  await readRecords(check, folder, recordsSha256);
  if (check.bundle === undefined || check.records === undefined) return check;
  check.verdict = await repeat(check.bundle, check.records.read, {
    attestation,
    card: trust.card,
    folder,
    now,
  });
  check.findings.push(...differences(attestation.verdict, check.verdict), ...missing(attestation, folder));
  if (check.verdict.verdict !== "VERIFIED") check.findings.push({ code: "not-verified" });
  check.isProven = check.findings.every(({ code }) => code === "attachment-missing");
  return check;
}

/** Finds whose attestation it is and whether they signed it. */
async function trustAttestation(
  check: FrankedCheck,
  envelope: unknown,
  folder: FrankedFolder,
  pinned: readonly ProviderCard[],
): Promise<void> {
  let stated: Attestation;
  try {
    stated = readAttestation(envelope);
  } catch (error) {
    if (!(error instanceof FrankingError)) throw error;
    check.findings.push({ code: "attestation-malformed" });
    return;
  }
  const { domain } = stated.provider;
  const from = pinned.length > 0 ? "pinned" : "folder";
  const card = (from === "pinned" ? pinned : folder.cards).find((one) => one.domain === domain);
  if (card === undefined) {
    check.findings.push({ code: "no-card", domain });
    return;
  }
  try {
    const { attestation, signers } = await verifyAttestation(envelope, keysOf(card));
    if (!attestation.roomUri.startsWith(`mimi://${domain}/r/`))
      check.findings.push({ code: "other-domain", domain });
    else Object.assign(check, { attestation, signers, trust: { card, from } });
  } catch (error) {
    if (!(error instanceof FrankingError)) throw error;
    check.findings.push({ code: "signature", domain });
  }
}

function keysOf(card: ProviderCard): AttestationKey[] {
  return card.keys.map((word) => {
    const { keyId, key } = parseVerifyingKey(word);
    return { keyId, verify: (message, signature) => verify(null, message, key, signature) };
  });
}

async function readRecords(check: FrankedCheck, folder: FrankedFolder, wanted: string): Promise<void> {
  const file = folder.files.find(({ sha256 }) => sha256 === wanted);
  if (file === undefined) {
    check.findings.push({ code: "records-missing", sha256: wanted });
    return;
  }
  try {
    check.records = { file, read: decodeRecords(await readFile(file.path)) };
  } catch (error) {
    if (!(error instanceof FrankingError)) throw error;
    check.findings.push({ code: "records-malformed" });
  }
}

interface Repeating {
  attestation: Attestation;
  card: ProviderCard;
  folder: FrankedFolder;
  now: number;
}

/** Repeats every step with the keys on the card, never with those that the records bring along. */
async function repeat(
  bundle: FoundFile,
  records: ProviderRecords,
  { attestation, card, folder, now }: Repeating,
): Promise<BundleVerdict> {
  const files = new Map(folder.files.map((file) => [file.sha256, file]));
  const attested = new Map(
    attestation.verdict.items.flatMap(({ attachments }) =>
      attachments.map(({ root, sha256 }) => [root, sha256]),
    ),
  );
  return await verifyBundle({
    reportId: attestation.reportId,
    signed: readSigned(await readFile(bundle.path)),
    records,
    trust: {
      ...trustFromCard(card),
      ...(card.logKey === null
        ? {}
        : { openLogProof: (leaf, proof) => openLogProof(card.logKey, leaf, proof) }),
    },
    crypto: nodeCrypto,
    frankAttested: franksAsked(attestation),
    plaintextOf: ({ root }) => {
      const file = files.get(attested.get(hexOf(root)) ?? "");
      return file === undefined ? null : createReadStream(file.path);
    },
    now,
  });
}

/** Places whose server frank the provider says that it checked. */
function franksAsked({ verdict }: Attestation): ReadonlySet<string> {
  const asked = verdict.items.filter(({ steps }) =>
    steps.some(({ step, result }) => step === "V5" && result === "passed"),
  );
  return new Set(asked.map(({ roomSeq }) => roomSeq));
}

/** A bundle that cannot be read is attested too, as one that cannot. */
function readSigned(bytes: Uint8Array): SignedBundle {
  try {
    return decodeSignedBundle(bytes);
  } catch (error) {
    if (error instanceof FrankingError) return { bundle: bytes, signature: new Uint8Array() };
    throw error;
  }
}

/** Where the attested verdict and the repeated one are not the same. What only more keys or files could show is left out. */
function differences(attested: BundleVerdict, found: BundleVerdict): Finding[] {
  const facts = (verdict: BundleVerdict): Array<[string, string]> => [
    ["verdict", verdict.verdict],
    ["withheld", verdict.withheld.join(" ")],
    ["window", Object.values(verdict.window).join(" ")],
    ["fullConversation", String(verdict.fullConversation)],
    ...verdict.items.flatMap(
      ({ index, ...item }): Array<[string, string]> => [
        [`items ${index} roomSeq`, item.roomSeq],
        [`items ${index} messageId`, item.messageId],
        [`items ${index} sender`, `${item.senderUri} ${item.deviceId}`],
        [`items ${index} acceptedAt`, item.acceptedAt],
        [`items ${index} selected`, String(item.selected)],
        [`items ${index} verdict`, item.verdict],
      ],
    ),
  ];
  const [said, seen] = [new Map(facts(attested)), new Map(facts(found))];
  return [...new Set([...said.keys(), ...seen.keys()])].flatMap((where) => {
    const [one, other] = [said.get(where) ?? "", seen.get(where) ?? ""];
    return one === other ? [] : [{ code: "differs" as const, where, attested: one, found: other }];
  });
}

/** Attachments that the verifier opened and that are not here. */
function missing({ verdict }: Attestation, { files }: FrankedFolder): Finding[] {
  const here = new Set(files.map(({ sha256 }) => sha256));
  return verdict.items.flatMap(({ roomSeq: seq, attachments }) =>
    attachments.flatMap(({ result, sha256 }) =>
      result === "opened-and-bound" && sha256 !== undefined && !here.has(sha256)
        ? [{ code: "attachment-missing" as const, seq, sha256 }]
        : [],
    ),
  );
}
