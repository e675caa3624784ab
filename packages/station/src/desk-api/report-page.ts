import type { Assessment } from "@fairlead/assessment";
import type { Attestation } from "@fairlead/franking";
import type { Claim, Report } from "@fairlead/report";
import { campaignOf, type CampaignMark } from "../campaigns/index.ts";
import type { KnownPeer } from "../assessment/index.ts";
import type { Station } from "../context.ts";
import { SAME_PERSON_OF_ONE } from "../linking/index.ts";
import type { ProofState } from "../proof/index.ts";
import { REQUESTS_OF_REPORT, type RequestRow } from "../requests/index.ts";
import { type PageRow, PAGES_OF_REPORT } from "../paging/index.ts";
import {
  type ChildReferralRow,
  type ChildRow,
  SAFEGUARDING_OF_REPORT,
  SAFEGUARDING_REFERRALS_OF_REPORT,
} from "../safeguarding/index.ts";
import { LEFT_EMPTY, type LeftEmptyRow } from "../senders/index.ts";
import { sqlFile } from "../sql-file.ts";
import { type ClaimJson, CLAIMS_OF_REPORT, claimsFromJson, isoFromJson } from "../store/index.ts";
import type { EvidenceTable, ReferralState, ReportStatus, ReportTable } from "../store/tables.ts";
import type { ReportLeaf } from "./history.ts";

const PAGE = sqlFile(import.meta.url, "./report-page.sql")
  .replace("/*same-person*/", SAME_PERSON_OF_ONE)
  .replace("/*campaign*/", campaignOf("report.id"))
  .replace("/*claims*/", CLAIMS_OF_REPORT)
  .replace("/*left-empty*/", LEFT_EMPTY.replace("page.id", "report.id"))
  .replace("/*requests*/", REQUESTS_OF_REPORT)
  .replace("/*safeguarding*/", SAFEGUARDING_OF_REPORT)
  .replace("/*safeguarding-referrals*/", SAFEGUARDING_REFERRALS_OF_REPORT)
  .replace("/*pages*/", PAGES_OF_REPORT);

export interface EvidenceRow {
  id: string;
  kind: EvidenceTable["kind"];
  name: string | null;
  media_type: string | null;
  size: number | null;
  sha256: string | null;
  present: boolean;
  /** Other reports that have the same bytes. */
  seen_before: number;
}
export interface ProofRow {
  attestation_id: string;
  bundle_id: string | null;
  state: ProofState;
  code: string | null;
  checked_at: string;
  key_ids: string[];
  attestation: Attestation | null;
}
export interface ReferralRow {
  id: string;
  peer: string;
  peer_name: string;
  agency: string | null;
  reason: string;
  person_name: string;
  decided_at: string;
  state: ReferralState;
  attempts: number;
  last_error: string | null;
  next_attempt_at: string | null;
  delivered_at: string | null;
  remote_reference: string | null;
}
export interface OutcomeRow {
  id: string;
  kind: string;
  detail: object;
  recorded_at: string;
  origin: { station: string; name: string };
  person_name: string | null;
  peer_name: string | null;
  state: "intended" | "delivered" | "failed" | null;
  last_error: string | null;
}

/** A report's page as the database has it; report-page.sql makes it. Instants are UTC, ISO 8601. */
export interface ReportPage {
  door: ReportTable["door"];
  handed_by: string;
  number: string;
  return_to: string | null;
  content: Report;
  received_at: string;
  status: ReportStatus;
  tier: number | null;
  level: number | null;
  assessment: Assessment | null;
  /** Other reports of the same person. */
  same_person: number;
  campaign: CampaignMark | null;
  left_empty: LeftEmptyRow[] | null;
  claims: Claim[];
  requests: RequestRow[];
  evidence: EvidenceRow[];
  proofs: ProofRow[];
  leaves: ReportLeaf[];
  referrals: ReferralRow[];
  outcomes: OutcomeRow[];
  lane: ReportTable["lane"]["__select__"];
  /** The certificate by which it was erased. */
  erased_by: string | null;
  safeguarding: ChildRow | null;
  safeguarding_referrals: ChildReferralRow[];
  pages: PageRow[];
  /** Stations that this one knows, by name. */
  peers: KnownPeer[];
}

/** Reads everything that a report's page shows; `undefined` if there is no such report. */
export async function readReportPage(station: Station, id: string): Promise<ReportPage | undefined> {
  const { rows } = await station.db.pool.query<Omit<ReportPage, "claims"> & { claims: ClaimJson[] }>(PAGE, [
    id,
  ]);
  const page = rows[0];
  if (page === undefined) return undefined;
  return {
    ...page,
    claims: claimsFromJson(page.claims),
    proofs: page.proofs.map((row) => ({ ...row, checked_at: isoFromJson(row.checked_at) })),
    leaves: page.leaves.map((row) => ({ ...row, at: isoFromJson(row.at) })),
    referrals: page.referrals.map((row) => ({
      ...row,
      decided_at: isoFromJson(row.decided_at),
      next_attempt_at: row.next_attempt_at === null ? null : isoFromJson(row.next_attempt_at),
      delivered_at: row.delivered_at === null ? null : isoFromJson(row.delivered_at),
    })),
    outcomes: page.outcomes.map((row) => ({ ...row, recorded_at: isoFromJson(row.recorded_at) })),
  };
}
