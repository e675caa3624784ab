import type { Attestation } from "@fairlead/franking";
import type { OriginProofView } from "./contract.ts";
import type { EvidenceRow, ProofRow } from "./report-page.ts";

type Attested = NonNullable<OriginProofView["attested"]>;
type Verdict = Attestation["verdict"];

/** A page is read by a person; what a longer report holds stands in the attestation itself. */
const MOST_MESSAGES = 500;
const MOST_RANGES = 200;

/** Proofs of origin as the desk shows them. */
export function proofViews(rows: readonly ProofRow[], evidence: readonly EvidenceRow[]): OriginProofView[] {
  return rows.map((row) => ({
    attestation: row.attestation_id,
    ...(row.bundle_id === null ? {} : { bundle: row.bundle_id }),
    state: row.state,
    ...(row.code === null ? {} : { code: row.code }),
    checkedAt: row.checked_at,
    keyIds: row.key_ids,
    ...(row.attestation === null ? {} : { attested: attestedView(row.attestation, evidence) }),
  }));
}

function attestedView(attestation: Attestation, evidence: readonly EvidenceRow[]): Attested {
  const { verdict, reporter } = attestation;
  const held = new Map(
    evidence.flatMap(({ id, sha256, present }) => (sha256 === null || !present ? [] : [[sha256, id]])),
  );
  return {
    provider: attestation.provider,
    madeAt: attestation.madeAt,
    verifier: attestation.verifier,
    reportId: attestation.reportId,
    roomUri: attestation.roomUri,
    reporter: { uri: reporter.uri, device: reporter.deviceId },
    verdict: verdict.verdict,
    fullConversation: verdict.fullConversation,
    window: verdict.window,
    withheld: { count: verdict.withheld.length, ranges: rangesOf(verdict.withheld).slice(0, MOST_RANGES) },
    limits: [...attestation.limits],
    steps: verdict.steps.map(stepView),
    messages: verdict.items.slice(0, MOST_MESSAGES).map((item) => messageView(item, held)),
  };
}

function messageView(
  item: Verdict["items"][number],
  held: ReadonlyMap<string, string>,
): Attested["messages"][number] {
  const acceptedAt = isoOf(item.acceptedAt);
  const existedBy = item.existedBy === null ? undefined : isoOf(item.existedBy);
  return {
    index: item.index,
    seq: item.roomSeq,
    messageId: item.messageId,
    sender: item.senderUri,
    device: item.deviceId,
    selected: item.selected,
    verdict: item.verdict,
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
    ...(existedBy === undefined ? {} : { existedBy }),
    ...(item.seen === null ? {} : { seen: item.seen }),
    replaces: [...item.replaces],
    open: item.steps.filter(({ result }) => result !== "passed").map(stepView),
    attachments: item.attachments.map(({ root, mode, result, sha256, size }) => {
      const found = sha256 === undefined ? undefined : held.get(sha256);
      return {
        root,
        mode,
        result,
        ...(sha256 === undefined ? {} : { sha256 }),
        ...(size === undefined ? {} : { size }),
        ...(found === undefined ? {} : { evidence: found }),
      };
    }),
  };
}

function stepView({ step, result, code, detail }: Verdict["steps"][number]): Attested["steps"][number] {
  return { step, result, ...(code === undefined ? {} : { code }), detail };
}

/** Places that follow each other as one range, so that a conversation of which little is shown stays readable. */
export function rangesOf(seqs: readonly string[]): Array<{ from: string; to: string }> {
  const ranges: Array<{ from: string; to: string }> = [];
  for (const seq of seqs.toSorted((a, b) => Number(BigInt(a) - BigInt(b)))) {
    const last = ranges.at(-1);
    if (last !== undefined && BigInt(seq) === BigInt(last.to) + 1n) last.to = seq;
    else ranges.push({ from: seq, to: seq });
  }
  return ranges;
}

/** @returns `undefined` for a number that is no time */
function isoOf(milliseconds: string): string | undefined {
  const at = new Date(Number(milliseconds));
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
