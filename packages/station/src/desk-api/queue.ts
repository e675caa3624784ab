import type { Assessment } from "@fairlead/assessment";
import { clockOf } from "../assessment/index.ts";
import { campaignOf, type CampaignMark } from "../campaigns/index.ts";
import type { Station } from "../context.ts";
import { samePerson } from "../linking/index.ts";
import type { Incident } from "@fairlead/report";
import { BURST_COUNTS, IN_BURST, LEFT_EMPTY, type LeftEmptyRow } from "../senders/index.ts";
import { sqlFile } from "../sql-file.ts";
import { isoFromJson } from "../store/index.ts";
import type { ReferralState, ReportStatus } from "../store/tables.ts";
import type { QueueEntry, QueuePage } from "./contract.ts";
import type { LeftEmpty } from "./queue-contract.ts";
import { levelName, levelText, tierName, tierText } from "./words.ts";

const BEHIND = `(${sqlFile(import.meta.url, "../arrivals/behind.sql")})`;
const ANY = sqlFile(import.meta.url, "./queue-page.sql")
  .replace("/*behind*/", BEHIND)
  .replace("/*left-empty*/", LEFT_EMPTY)
  .replace("/*conflict*/", sqlFile(import.meta.url, "../deconfliction/of-row.sql"))
  .replace("/*campaign*/", campaignOf("page.id"));
/** The same list by its own plan for each lane: a statement for all of them would read the whole queue for the rarest. */
const PAGE = ANY.replace("/*burst*/", "true");
const BURST_PAGE = ANY.replace("/*burst*/", IN_BURST);
const COUNTS = sqlFile(import.meta.url, "./queue-counts.sql")
  .replace("/*behind*/", BEHIND)
  .replace("/*children*/", sqlFile(import.meta.url, "../safeguarding/counts.sql"))
  .replace("/*bursts*/", BURST_COUNTS)
  .replace("/*conflicts*/", sqlFile(import.meta.url, "../deconfliction/counts.sql"));

/** What a row of the queue is made of. */
export interface EntryFacts {
  id: string;
  number: string;
  received_at: string;
  status: ReportStatus;
  sender: string;
  incident: Incident;
  tier: number | null;
  level: number | null;
  /** The first reason for the tier. */
  why: string | null;
  clock: Assessment["sufficiency"]["clock"] | null;
  agency: string | null;
  countries: string[] | null;
  evidence: number;
  /** Of its matter, itself included; nought where it is alone. */
  arrivals: number;
  outcomes: string[];
  /** How far each referral got. */
  referrals: ReferralState[];
  campaign: CampaignMark | null;
  lane: QueueEntry["lane"] | null;
  child: NonNullable<QueueEntry["child"]> | null;
  conflict: NonNullable<QueueEntry["conflict"]> | null;
  left_empty: LeftEmptyRow[] | null;
  /** The certificate by which it was erased, or is being erased. */
  erased_by: string | null;
}

interface Row extends EntryFacts {
  queue_key: string | null;
}

/** A page of reports in the order in which they should be worked, by keyset: page 1,000 costs what page 1 costs. */
export async function queuePage(
  station: Station,
  query: {
    status: ReportStatus | "behind" | "all";
    lane?: QueueEntry["lane"];
    burst?: "true" | undefined;
    after?: string | undefined;
    limit: number;
  },
): Promise<QueuePage> {
  const cursor = query.after === undefined ? undefined : readCursor(query.after);
  const { rows } = await station.db.pool.query<Row>(query.burst === "true" ? BURST_PAGE : PAGE, [
    query.status,
    cursor?.key ?? null,
    cursor?.id ?? null,
    query.limit + 1,
    query.lane ?? null,
  ]);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  const ids = page.map((row) => row.id);
  const [together, counted] = await Promise.all([samePerson(station.db.pool, ids), counts(station)]);
  return {
    entries: page.map((row) => entryOf(station, row, together.get(row.id) ?? 0)),
    ...(last === undefined ? {} : { next: cursorOf(last) }),
    counts: counted,
  };
}

/** One report as the queue shows it. */
export function entryOf(station: Station, row: EntryFacts, samePersonCount: number): QueueEntry {
  const { incident } = row;
  return {
    id: row.id,
    number: row.number,
    receivedAt: row.received_at,
    sender: row.sender,
    ...(incident.platform === undefined ? {} : { platform: incident.platform }),
    incident: incident.type,
    occurred: {
      raw: incident.occurred.raw,
      ...(incident.occurred.at === undefined ? {} : { at: incident.occurred.at }),
      zone: incident.occurred.zone,
    },
    status: row.status,
    ...(row.erased_by === null ? {} : { erased: row.erased_by }),
    ...(row.tier === null ? {} : { tier: tierName(row.tier), tierText: tierText(tierName(row.tier)) }),
    ...(row.why === null ? {} : { why: row.why }),
    ...(row.level === null
      ? {}
      : { level: levelName(row.level), levelText: levelText(levelName(row.level)) }),
    ...clockOf(station, row.clock ?? undefined),
    evidence: row.evidence,
    samePerson: samePersonCount,
    ...(row.arrivals < 2 ? {} : { arrivals: row.arrivals }),
    ...(row.agency === null ? {} : { suggestedAgency: row.agency }),
    ...abroadOf(station, row.countries ?? []),
    outcomes: row.outcomes,
    delivery: deliveryOf(row.referrals),
    ...(row.campaign === null ? {} : { campaign: row.campaign }),
    ...(row.lane === null ? {} : { lane: row.lane }),
    ...(row.child === null ? {} : { child: { ...row.child, dueAt: isoFromJson(row.child.dueAt) } }),
    ...(row.conflict === null ? {} : { conflict: { dueAt: isoFromJson(row.conflict.dueAt) } }),
    ...(row.left_empty === null ? {} : { leftEmpty: row.left_empty.map(leftEmptyView) }),
  };
}

function leftEmptyView({ field, sender, since, state, filledBy }: LeftEmptyRow): LeftEmpty {
  return { field, sender, since: isoFromJson(since), state, ...(filledBy === null ? {} : { filledBy }) };
}

/** What lies outside this station's own country; a station without one has no abroad. */
function abroadOf(station: Station, countries: readonly string[]): Pick<QueueEntry, "abroad"> {
  const { country: home } = station.config.station;
  const abroad = home === undefined ? [] : countries.filter((country) => country !== home);
  return abroad.length === 0 ? {} : { abroad };
}

function deliveryOf(referrals: readonly ReferralState[]): QueueEntry["delivery"] {
  if (referrals.length === 0) return "none";
  if (referrals.includes("failed")) return "failed";
  return referrals.every((state) => state === "delivered") ? "delivered" : "waiting";
}

async function counts(station: Station): Promise<QueuePage["counts"]> {
  const now = new Date(station.clock()).toISOString();
  const { rows } = await station.db.pool.query<CountRow>(COUNTS, [now]);
  const {
    reports = [],
    waiting = 0,
    requests = { open: 0, overdue: 0 },
    children,
    conflicts,
    bursts = { reports: 0, senders: 0 },
  } = rows[0] ?? {};
  const sum = (status: ReportStatus) =>
    reports.filter((row) => row.status === status && !row.behind).reduce((total, row) => total + row.n, 0);
  const byTier = { R1: 0, R2: 0, R3: 0, R4: 0, R5: 0 };
  for (const row of reports)
    if (row.status === "new" && row.tier !== null && !row.behind) byTier[tierName(row.tier)] += row.n;
  // Where no authority is named, nobody could tell one: that is the configuration's affair and not a shift's.
  const isConfigured = station.config.safeguarding.authorities.length > 0;
  const isAsking = station.deconfliction.size > 0 || (conflicts?.open ?? 0) > 0;
  const shownChildren = children === undefined || !isConfigured ? {} : { children };
  return {
    new: sum("new"),
    referred: sum("referred"),
    closed: sum("closed"),
    behind: reports.filter(({ behind }) => behind).reduce((total, row) => total + row.n, 0),
    byTier,
    requests,
    waiting,
    bursts,
    ...shownChildren,
    ...(conflicts !== undefined && isAsking ? { conflicts } : {}),
  };
}

interface CountRow {
  reports: Array<{ status: ReportStatus; tier: number | null; behind: boolean; n: number }>;
  waiting: number;
  requests: QueuePage["counts"]["requests"];
  children: NonNullable<QueuePage["counts"]["children"]>;
  conflicts: NonNullable<QueuePage["counts"]["conflicts"]>;
  bursts: QueuePage["counts"]["bursts"];
}

function cursorOf(row: { queue_key: string | null; id: string }): string {
  return Buffer.from(JSON.stringify([row.queue_key ?? UNASSESSED, row.id])).toString("base64url");
}

/** Reports that assessment has not reached stand first: unknown is not unimportant. */
const UNASSESSED = "";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function readCursor(text: string): { key: string; id: string } | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (!Array.isArray(value)) return undefined;
    const [key, id] = value as unknown[];
    return typeof key === "string" && typeof id === "string" && UUID.test(id) ? { key, id } : undefined;
  } catch {
    return undefined;
  }
}
