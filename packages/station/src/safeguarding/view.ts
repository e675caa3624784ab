import type { Safeguarding } from "@fairlead/assessment";
import type { Station } from "../context.ts";
import { sourceText } from "../desk-api/claim-words.ts";
import type { SafeguardingReferralView, SafeguardingView } from "../desk-api/contract.ts";
import { sqlFile } from "../sql-file.ts";
import { isoFromJson } from "../store/index.ts";
import type {
  SafeguardingReferralState,
  SafeguardingReferralTable,
  SafeguardingState,
  SafeguardingUrgency,
} from "../store/tables.ts";
import { type AuthorityContact, authoritiesFor } from "./authority.ts";

export const SAFEGUARDING_OF_REPORT = sqlFile(import.meta.url, "./of-report.sql");
export const SAFEGUARDING_REFERRALS_OF_REPORT = sqlFile(import.meta.url, "./referrals-of-report.sql");

/** A child's row as of-report.sql makes it. */
export interface ChildRow {
  state: SafeguardingState;
  urgency: SafeguardingUrgency;
  dueAt: string;
  result: Safeguarding;
  declinedBy: string | null;
  declinedAt: string | null;
  declinedReason: string | null;
  declineHolds: boolean | null;
}

/** A referral as referrals-of-report.sql makes it. */
export interface ChildReferralRow {
  id: string;
  authority: string;
  authorityName: string;
  contact: AuthorityContact;
  urgency: SafeguardingUrgency;
  dueAt: string;
  reason: string;
  state: SafeguardingReferralState;
  decidedBy: string;
  decidedAt: string;
  toldBy: string | null;
  toldAt: string | null;
  toldHow: NonNullable<SafeguardingReferralTable["told_how"]["__select__"]> | null;
  takenBy: string | null;
  reference: string | null;
  late: boolean | null;
  acknowledgedBy: string | null;
  acknowledgedAt: string | null;
  answeredBy: string | null;
  answer: string | null;
  withdrawnBy: string | null;
  withdrawnAt: string | null;
  withdrawnReason: string | null;
}

/** What the report's page shows of a child; absent until the report has been assessed. */
export function safeguardingView(
  station: Station,
  row: ChildRow | null,
  referrals: readonly ChildReferralRow[],
): SafeguardingView | undefined {
  if (row === null) return undefined;
  const { result } = row;
  const { agency, country, basis } = result.area;
  const today = new Date(station.clock()).toISOString().slice(0, 10);
  return {
    state: row.state,
    called: result.called,
    child: result.child,
    urgency: row.urgency,
    dueAt: isoFromJson(row.dueAt),
    victimLed: result.victimLed,
    lane: result.lane.lane,
    laneReasons: [...new Set(result.lane.reasons.map(({ text }) => text))],
    agesUnknown: result.lane.agesUnknown.length,
    area: {
      ...(country === undefined ? {} : { country }),
      ...(agency === undefined ? {} : { agency: agency.id, agencyName: agency.name }),
      basis,
    },
    reasons: result.reasons.map(({ code, path, text, source }) => ({
      code,
      path,
      text,
      source: sourceText(source),
    })),
    authorities: authoritiesFor(station.config.safeguarding.authorities, result.area, today).map(
      ({ authority: { id, name, contact }, fit }) => ({ id, name, contact: compact(contact), fit }),
    ),
    referrals: referrals.map(referralView),
    ...(row.declinedAt === null
      ? {}
      : {
          declined: {
            by: row.declinedBy ?? "",
            at: isoFromJson(row.declinedAt),
            reason: row.declinedReason ?? "",
            holds: row.state === "declined",
          },
        }),
  };
}

function referralView(row: ChildReferralRow): SafeguardingReferralView {
  return {
    id: row.id,
    authority: row.authority,
    authorityName: row.authorityName,
    contact: compact(row.contact),
    urgency: row.urgency,
    dueAt: isoFromJson(row.dueAt),
    reason: row.reason,
    decided: { by: row.decidedBy, at: isoFromJson(row.decidedAt) },
    state: row.state,
    ...(row.toldAt === null
      ? {}
      : {
          told: {
            by: row.toldBy ?? "",
            at: isoFromJson(row.toldAt),
            how: row.toldHow ?? "other",
            takenBy: row.takenBy ?? "",
            ...(row.reference === null ? {} : { reference: row.reference }),
            late: row.late === true,
          },
        }),
    ...(row.acknowledgedAt === null
      ? {}
      : {
          acknowledged: {
            by: row.acknowledgedBy ?? "",
            at: isoFromJson(row.acknowledgedAt),
            answeredBy: row.answeredBy ?? "",
            ...(row.answer === null ? {} : { answer: row.answer }),
          },
        }),
    ...(row.withdrawnAt === null
      ? {}
      : {
          withdrawn: {
            by: row.withdrawnBy ?? "",
            at: isoFromJson(row.withdrawnAt),
            reason: row.withdrawnReason ?? "",
          },
        }),
  };
}

/** Without the fields that are not there. */
function compact(contact: AuthorityContact): SafeguardingReferralView["contact"] {
  return Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== undefined));
}
