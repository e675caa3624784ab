import type { Attestation } from "@fairlead/franking";
import type { ItemVerdict } from "@fairlead/franking/verify";
import type { Reading } from "./read.ts";
import { isRecords } from "./parts.ts";

/** A piece of evidence that came with its bytes, as they were measured. */
export interface Held {
  id: string;
  kind: "file" | "message-bundle" | "wire-document";
  name: string | undefined;
  mediaType: string | undefined;
  sha256: string;
}

export type ProofState =
  | "proven"
  | "not-proven"
  | "contradicted"
  | "incomplete"
  | "unknown-provider"
  | "unreadable";

/** What a station makes of one attestation. */
export interface Judgement {
  state: ProofState;
  /** Why it is not proven; null when it is. */
  code: string | null;
  /** The bundle that it is about, where the report has it. */
  bundleId: string | null;
  /** What the station states about that bundle; null where it states nothing. */
  claim: { verified: boolean; fullConversation: boolean } | null;
}

/**
 * Judges the attestations of one report together: which of the bundles each is about, and whether it holds for it. A station states
 * that origin is proven only for bytes that a pinned provider's word is about, and that it is not only where that word, or its
 * seal, speaks against them. Whatever lies between it leaves open (law 4).
 */
export function judge(readings: readonly Reading[], evidence: readonly Held[]): Judgement[] {
  const bundles = evidence.filter(({ kind }) => kind === "message-bundle");
  const named = new Set(
    readings.flatMap((reading) =>
      reading.kind === "trusted" ? [reading.attestation.subject.bundleSha256] : [],
    ),
  );
  /** The one bundle that an attestation which fits none can only be about. */
  const [only, ...others] = bundles.filter(({ sha256 }) => !named.has(sha256));
  const alone = others.length === 0 ? only : undefined;
  return readings.map((reading) => {
    switch (reading.kind) {
      case "unreadable":
        return open("unreadable", reading.code, null);
      case "unknown":
        return open("unknown-provider", reading.code, null);
      case "broken-seal":
        return against("signature", alone);
      case "trusted":
        return judgeTrusted(reading.attestation, evidence, { bundles, alone });
    }
  });
}

function judgeTrusted(
  attestation: Attestation,
  evidence: readonly Held[],
  { bundles, alone }: { bundles: readonly Held[]; alone: Held | undefined },
): Judgement {
  const { subject, verdict } = attestation;
  const bundle = bundles.find(({ sha256 }) => sha256 === subject.bundleSha256);
  if (bundle === undefined)
    return alone === undefined
      ? open("incomplete", "bundle-missing", null)
      : against("bundle-differs", alone);
  if (!evidence.some(({ sha256 }) => sha256 === subject.recordsSha256))
    return evidence.some(isRecords)
      ? against("records-differ", bundle)
      : open("incomplete", "records-missing", bundle);
  if (verdict.verdict === "VERIFIED")
    return {
      state: "proven",
      code: null,
      bundleId: bundle.id,
      claim: { verified: true, fullConversation: isWhole(attestation) },
    };
  // Without the device's signature, whoever can assert a sender and one member of the room could put words into its mouth.
  if (verdict.verdict === "VERIFIED_NO_SUBMIT_SIG") return open("not-proven", "no-device-signature", bundle);
  return hasFailed(attestation)
    ? against("verification-failed", bundle)
    : open("not-proven", "not-verified", bundle);
}

/** The whole conversation counts as shown only if every message of it is itself proven. */
function isWhole({ verdict }: Attestation): boolean {
  return (
    verdict.fullConversation &&
    verdict.withheld.length === 0 &&
    verdict.items.every((item) => item.verdict === "VERIFIED")
  );
}

/** Whether the verifier found something wrong, rather than something that it could not check. */
function hasFailed({ verdict }: Attestation): boolean {
  const wrong = (steps: ItemVerdict["steps"]) =>
    steps.some(({ step, result }) => step !== "V14" && result === "failed");
  return wrong(verdict.steps) || verdict.items.some(({ selected, steps }) => selected && wrong(steps));
}

function open(state: ProofState, code: string, bundle: Held | null): Judgement {
  return { state, code, bundleId: bundle?.id ?? null, claim: null };
}

function against(code: string, bundle: Held | undefined): Judgement {
  return {
    state: "contradicted",
    code,
    bundleId: bundle?.id ?? null,
    claim: bundle === undefined ? null : { verified: false, fullConversation: false },
  };
}
