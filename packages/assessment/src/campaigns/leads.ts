import type { Claim, Flag, Report, ReportId } from "@fairlead/report";
import { tierNumber, type Tier } from "../urgency/tier.ts";
import type { CampaignItem } from "./campaign-index.ts";

/** A report of a campaign with what is known of it. */
export interface CampaignReport {
  id: ReportId;
  report: Report;
  claims: readonly Claim[];
  /** Milliseconds since 1970. */
  receivedAt: number;
  tier: Tier;
  /** Different UTC days on which this report's holder was reported for the campaign's item. */
  daysSeen: number;
}

/** Something in a report beyond the viral item. */
export interface LeadReason {
  rule: string;
  text: string;
  /** JSON Pointer into `{ report, claims, context }`, where there is a place for it. */
  path?: string;
}

/** A report that still stands out in its campaign. */
export interface Lead {
  report: ReportId;
  /** The weightiest first; at least one. */
  reasons: LeadReason[];
}

interface LeadRule {
  id: string;
  text: string;
  /** Where it is in the report; `""` for what has no place there. */
  find: (facts: CampaignReport, items: ReadonlySet<string>) => string | undefined;
}

/**
 * What makes a report of a viral item worth an officer's look, the weightiest first. Like urgency's, every rule looks for something
 * that is there; none for something that is absent, so that no silence makes a report look harmless.
 */
export const LEAD_RULES: readonly LeadRule[] = [
  {
    id: "lead.higher-tier",
    text: "Something else in the report is urgent.",
    find: ({ tier }) => (tierNumber(tier) <= 3 ? "" : undefined),
  },
  {
    id: "lead.victim-named",
    text: "The report names a child.",
    find: ({ report }) =>
      pathOf(
        "/report/persons",
        report.persons,
        ({ role, firstName, lastName, identifiers }) =>
          role === "victim" && (identifiers.length > 0 || firstName !== undefined || lastName !== undefined),
      ),
  },
  {
    id: "lead.conversation",
    text: "There is a conversation beside the item.",
    find: ({ report }) =>
      pathOf("/report/evidence", report.evidence, ({ kind }) => kind === "message-bundle") ??
      pathOf("/report/statements", report.statements, ({ topic }) => topic === "chat"),
  },
  {
    id: "lead.new-file",
    text: "There is a file that no list and no campaign knows.",
    find: newFile,
  },
  {
    id: "lead.repeated",
    text: "The same holder was reported for the item on several days.",
    find: ({ daysSeen }) => (daysSeen > 1 ? "" : undefined),
  },
  {
    id: "lead.commercial",
    text: "It looks as if it was done for money.",
    find: (facts) =>
      flagged(facts, ["commercial"]) ??
      pathOf(
        "/report/persons",
        facts.report.persons,
        ({ role, identifiers }) => role === "suspect" && identifiers.some(({ kind }) => kind === "payment"),
      ),
  },
  {
    id: "lead.earlier-referral",
    text: "The person was referred before.",
    find: (facts) => flagged(facts, ["prior-referral", "contact-record"]),
  },
];

/**
 * The reports of a campaign that still stand out, the weightiest first: by their weightiest reason, then by their next, and a report
 * with more reasons before one with the same and no more; then the newer. Nothing is added up. Reports that show nothing beyond the
 * item are left out of the list and stay in the campaign: nothing is closed.
 */
export function leadsOf(reports: Iterable<CampaignReport>, items: readonly CampaignItem[]): Lead[] {
  const known = new Set(items.map(({ hash }) => hash));
  const found: Array<{ lead: Lead; ranks: number[]; at: number }> = [];
  for (const facts of reports) {
    const reasons: LeadReason[] = [];
    const ranks: number[] = [];
    for (const [rank, { id, text, find }] of LEAD_RULES.entries()) {
      const path = find(facts, known);
      if (path === undefined) continue;
      ranks.push(rank);
      reasons.push({ rule: id, text, ...(path === "" ? {} : { path }) });
    }
    if (reasons.length > 0) found.push({ lead: { report: facts.id, reasons }, ranks, at: facts.receivedAt });
  }
  return found
    .sort((a, b) => byRanks(a.ranks, b.ranks) || b.at - a.at || (a.lead.report < b.lead.report ? -1 : 1))
    .map(({ lead }) => lead);
}

function byRanks(a: readonly number[], b: readonly number[]): number {
  for (let place = 0; place < LEAD_RULES.length; place += 1) {
    const difference = (a[place] ?? LEAD_RULES.length) - (b[place] ?? LEAD_RULES.length);
    if (difference !== 0) return difference;
  }
  return 0;
}

function pathOf<T>(path: string, all: readonly T[], is: (each: T) => boolean): string | undefined {
  const index = all.findIndex(is);
  return index < 0 ? undefined : `${path}/${index}`;
}

/** A file with bytes or looks of its own that nobody calls viral and no list has. */
function newFile({ report, claims }: CampaignReport, items: ReadonlySet<string>): string | undefined {
  const known = new Set(
    [...report.claims, ...claims].flatMap(({ about, states }) =>
      about.kind === "evidence" &&
      (states.kind === "hash-match" ||
        (states.kind === "flag" &&
          states.value &&
          (states.flag === "viral" || states.flag === "potential-meme")))
        ? [about.id]
        : [],
    ),
  );
  return pathOf(
    "/report/evidence",
    report.evidence,
    ({ id, kind, received, declaredHashes }) =>
      kind === "file" &&
      received !== undefined &&
      !known.has(id) &&
      !items.has(received.sha256) &&
      !declaredHashes.some(({ value }) => items.has(value.toLowerCase())),
  );
}

function flagged({ report, claims }: CampaignReport, flags: readonly Flag[]): string | undefined {
  const is = ({ states }: Claim) => states.kind === "flag" && states.value && flags.includes(states.flag);
  return pathOf("/report/claims", report.claims, is) ?? pathOf("/claims", claims, is);
}
