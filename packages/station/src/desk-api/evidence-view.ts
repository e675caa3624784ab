import type { Claim, Report } from "@fairlead/report";
import type { Selectable } from "kysely";
import type { Station } from "../context.ts";
import type { ReportTable } from "../store/tables.ts";
import { claimText, sourceText } from "./claim-words.ts";
import type { EvidenceView } from "./contract.ts";
import type { ReportLeaf } from "./history.ts";

/** What is known of each piece of evidence without opening it. */
export async function evidenceViews(
  station: Station,
  report: Selectable<ReportTable>,
  added: readonly Claim[],
  leaves: readonly ReportLeaf[],
): Promise<EvidenceView[]> {
  const rows = await station.db.kysely
    .selectFrom("evidence as own")
    .selectAll("own")
    .select((eb) =>
      eb
        .selectFrom("evidence as other")
        .select((inner) => inner.fn.countAll<string>().as("n"))
        .whereRef("other.sha256", "=", "own.sha256")
        .whereRef("other.report_id", "<>", "own.report_id")
        .as("seen_before"),
    )
    .where("own.report_id", "=", report.id)
    .orderBy("own.position")
    .execute();
  const content: Report = report.content;
  const claims: Claim[] = [...content.claims, ...added];
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    ...(row.name === null ? {} : { name: row.name }),
    ...(row.media_type === null ? {} : { mediaType: row.media_type }),
    ...(row.size === null ? {} : { size: Number(row.size) }),
    ...(row.sha256 === null ? {} : { sha256: row.sha256.toString("hex") }),
    present: row.object_name !== null,
    known: claims
      .filter((claim) => claim.about.kind === "evidence" && claim.about.id === row.id)
      .map((claim) => ({ text: claimText(claim.states), source: sourceText(claim.source) })),
    seenBefore: Number(row.seen_before ?? 0),
    openings: openingsOf(leaves, row.id),
  }));
}

/** Who opened it, and why: every opening has a leaf, so the leaves are the record. */
function openingsOf(leaves: readonly ReportLeaf[], evidenceId: string): EvidenceView["openings"] {
  return leaves
    .filter((leaf) => leaf.kind === "evidence.opening" && leaf.body["evidence"] === evidenceId)
    .map((leaf) => ({ person: leaf.name ?? "somebody", at: leaf.at, purpose: String(leaf.body["purpose"]) }));
}
