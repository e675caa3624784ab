import type { Claim } from "@fairlead/report";
import { claimText, sourceText } from "./claim-words.ts";
import type { EvidenceView } from "./contract.ts";
import type { ReportLeaf } from "./history.ts";
import type { EvidenceRow } from "./report-page.ts";

/** What is known of each piece of evidence without opening it. `claims` are the report's own and those added since. */
export function evidenceViews(
  rows: readonly EvidenceRow[],
  claims: readonly Claim[],
  leaves: readonly ReportLeaf[],
): EvidenceView[] {
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    ...(row.name === null ? {} : { name: row.name }),
    ...(row.media_type === null ? {} : { mediaType: row.media_type }),
    ...(row.size === null ? {} : { size: row.size }),
    ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
    present: row.present,
    known: claims
      .filter((claim) => claim.about.kind === "evidence" && claim.about.id === row.id)
      .map((claim) => ({ text: claimText(claim.states), source: sourceText(claim.source) })),
    seenBefore: row.seen_before,
    openings: openingsOf(leaves, row.id),
  }));
}

/** Who opened it, and why: every opening has a leaf, so the leaves are the record. */
function openingsOf(leaves: readonly ReportLeaf[], evidenceId: string): EvidenceView["openings"] {
  return leaves
    .filter((leaf) => leaf.kind === "evidence.opening" && leaf.body["evidence"] === evidenceId)
    .map((leaf) => ({ person: openedBy(leaf), at: leaf.at, purpose: String(leaf.body["purpose"]) }));
}

/** The station opens attestations by itself, to check their signatures, and nothing else. */
function openedBy({ name, actor }: ReportLeaf): string {
  return name ?? (actor === "station" ? "This station" : "somebody");
}
