import type { ReportBundle } from "../bundle/types.ts";
import { hexOf } from "../crypto/bytes.ts";
import type { DetailCode } from "../verify/details.ts";
import type { AttachmentVerdict, BundleVerdict } from "../verify/types.ts";
import type { Attestation, KnownLimit } from "./types.ts";

/** What an attestation is made of. */
export interface AttestationFacts {
  /** null when the bundle cannot be read; then who reported is taken from whoever handed it in. */
  readonly bundle: ReportBundle | null;
  readonly handedInBy: { readonly uri: string; readonly deviceId: Uint8Array };
  readonly roomUri: string;
  readonly bundleSha256: Uint8Array;
  readonly recordsSha256: Uint8Array;
  readonly provider: Attestation["provider"];
  readonly verdict: BundleVerdict;
  readonly verifier: Attestation["verifier"];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Puts into an attestation what a verification found and what it does not show. It says nothing of what the messages say. */
export function attestationOf(facts: AttestationFacts): Attestation {
  const { bundle, verdict, handedInBy } = facts;
  const asked = verdict.items.filter(({ steps }) =>
    steps.some(({ step, result }) => step === "V5" && result === "passed"),
  );
  const kids = asked.flatMap(({ index }) => bundle?.items[index]?.ext.hubKid ?? []);
  return {
    version: 1,
    reportId: verdict.reportId,
    subject: { bundleSha256: hexOf(facts.bundleSha256), recordsSha256: hexOf(facts.recordsSha256) },
    provider: facts.provider,
    roomUri: facts.roomUri,
    reporter: {
      uri: bundle?.reporter.uri ?? handedInBy.uri,
      deviceId: hexOf(bundle?.reporter.deviceId ?? handedInBy.deviceId),
    },
    verdict,
    frankKids: [...new Set(kids)].toSorted((one, other) => one - other),
    limits: limitsOf(verdict),
    verifier: facts.verifier,
    madeAt: new Date(facts.at).toISOString(),
  };
}

function limitsOf({ items, fullConversation }: BundleVerdict): KnownLimit[] {
  const limits: KnownLimit[] = ["account-not-person", "authenticity-only", "forwarder-is-sender"];
  if (!fullConversation) limits.push("reporter-chose");
  limits.push("outside-window-unknown", "frank-by-provider-only", "directory-by-provider");
  if (items.some(({ existedBy }) => existedBy === null)) limits.push("clock-by-provider");
  if (items.some(({ steps }) => steps.some(({ code }) => code === ("submit.none" satisfies DetailCode))))
    limits.push("no-device-signature");
  const isUnseen = ({ result }: AttachmentVerdict) => result === "committed-not-seen" || result === "missing";
  if (items.some(({ attachments }) => attachments.some(isUnseen))) limits.push("attachments-not-seen");
  return limits;
}
