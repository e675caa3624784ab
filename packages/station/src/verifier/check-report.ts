import {
  decodeBundle,
  decodeSignedBundle,
  encodeRecords,
  FrankingError,
  openAsVerifier,
  type ProviderRecords,
  type ReportBundle,
  type SignedBundle,
} from "@fairlead/franking";
import { nodeCrypto } from "@fairlead/franking/node";
import {
  attestationOf,
  type AttestationSigner,
  type BundleVerdict,
  type ProviderCard,
  signAttestation,
  trustFromCard,
  verifyBundle,
  type VerifyInput,
} from "@fairlead/franking/verify";
import { newVerifier, verifyProof } from "@fairlead/ledger";
import type { Office, WaitingReport } from "./office.ts";

/** What a check is made with. */
export interface Checking {
  readonly office: Office;
  readonly card: ProviderCard;
  readonly opening: readonly Uint8Array[];
  readonly signers: readonly AttestationSigner[];
  readonly verifier: { readonly version: string; readonly build: string };
  readonly clock: () => number;
  /** Gets each attachment that the reporter let be opened, while it is checked. */
  readonly keepAttachment: NonNullable<VerifyInput["onAttachment"]>;
}

/** A report that was opened and checked. Everything in it is plain: it stays in this process until it is sealed. */
export interface CheckedReport {
  /** The signed bundle as the reporter's device made it. */
  readonly signedBytes: Uint8Array;
  /** null when it cannot be read. */
  readonly bundle: ReportBundle | null;
  readonly recordsBytes: Uint8Array;
  readonly records: ProviderRecords;
  readonly verdict: BundleVerdict;
  readonly attestation: Uint8Array;
}

/**
 * Opens a report, asks the hub for its records of the messages in it, verifies everything and attests what was found.
 * @returns null when no key of ours opens it: then there is nothing that could be handed on
 */
export async function checkReport(checking: Checking, waiting: WaitingReport): Promise<CheckedReport | null> {
  const { office, card, clock } = checking;
  const signedBytes = await unsealed(checking.opening, waiting);
  if (signedBytes === null) return null;
  const { signed, bundle } = read(signedBytes);
  const { bytes: recordsBytes, records } =
    bundle === null ? noRecords(checking) : await recordsOf(office, waiting.id, bundle);
  const verdict = await verifyBundle({
    reportId: waiting.id,
    signed,
    records,
    trust: { ...trustFromCard(card), ...logOf(card) },
    crypto: nodeCrypto,
    checkFrank: (question) => office.checkFrank(waiting.id, question),
    fetchCiphertext: ({ url }) => office.blob(waiting.id, url.split("/").at(-1) ?? ""),
    onAttachment: checking.keepAttachment,
    now: clock(),
  });
  const attestation = attestationOf({
    bundle,
    handedInBy: waiting.reporter,
    roomUri: records.roomUri,
    bundleSha256: nodeCrypto.sha256(signedBytes),
    recordsSha256: nodeCrypto.sha256(recordsBytes),
    provider: { name: card.name, domain: card.domain },
    verdict,
    verifier: checking.verifier,
    at: clock(),
  });
  const envelope = await signAttestation(attestation, checking.signers);
  return {
    signedBytes,
    bundle,
    recordsBytes,
    records,
    verdict,
    attestation: new TextEncoder().encode(`${JSON.stringify(envelope, null, 2)}\n`),
  };
}

async function unsealed(
  opening: readonly Uint8Array[],
  { id, sealed }: WaitingReport,
): Promise<Uint8Array | null> {
  const aad = new TextEncoder().encode(id);
  for (const privateKey of opening) {
    const opened = await openAsVerifier(privateKey, sealed, aad).catch((error: unknown) => {
      if (error instanceof FrankingError) return null;
      throw error;
    });
    if (opened !== null) return opened;
  }
  return null;
}

function read(bytes: Uint8Array): { signed: SignedBundle; bundle: ReportBundle | null } {
  try {
    const signed = decodeSignedBundle(bytes);
    return { signed, bundle: decodeBundle(signed.bundle) };
  } catch (error) {
    if (error instanceof FrankingError)
      return { signed: { bundle: bytes, signature: new Uint8Array() }, bundle: null };
    throw error;
  }
}

async function recordsOf(
  office: Office,
  reportId: string,
  { roomUri, items }: ReportBundle,
): Promise<{ bytes: Uint8Array; records: ProviderRecords }> {
  return await office.records(
    reportId,
    roomUri,
    items.map(({ ext }) => ext.roomSeq),
  );
}

/** For a bundle that cannot be read nothing can be asked about. */
function noRecords({ card, clock }: Checking): { bytes: Uint8Array; records: ProviderRecords } {
  const records: ProviderRecords = {
    version: 1,
    hub: card.domain,
    roomUri: `mimi://${card.domain}/r/`,
    items: [],
    frankingKeys: [],
    devices: [],
    rosters: [],
    gatheredAt: BigInt(clock()),
  };
  return { bytes: encodeRecords(records), records };
}

/** Without a key of the log its part of step V8 is not checked, and says so. */
function logOf({ logKey }: ProviderCard) {
  if (logKey === null) return {};
  return { openLogProof: (leaf: Uint8Array, proof: string) => openLogProof(logKey, leaf, proof) };
}

/** The checkpoint's text that the hub's log signed, if the proof holds. */
export function openLogProof(logKey: string | null, leaf: Uint8Array, proof: string): string | null {
  if (logKey === null) return null;
  try {
    const { checkpoint } = verifyProof(leaf, new TextEncoder().encode(proof), newVerifier(logKey));
    return new TextDecoder().decode(checkpoint.bytes).split("\n\n", 1)[0] + "\n";
  } catch {
    return null;
  }
}
