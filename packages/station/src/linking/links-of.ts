import {
  decisionName,
  type Edge,
  type HeldKey,
  type KeyKind,
  type KeyRole,
  type LinkingKey,
  linkReports,
  type Strength,
} from "@fairlead/assessment";
import type { ReportId } from "@fairlead/report";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import { sqlFile } from "../sql-file.ts";
import { isoFromJson } from "../store/index.ts";
import { decisionOf, ends, type LivePair } from "./live-decisions.ts";
import { nodeRow } from "./node.ts";

const LINKS_OF = sqlFile(import.meta.url, "./links-of.sql");

/** Others that are read of one value. */
const OF_A_VALUE = 50;
/** Links that are given of one report. */
const LINKS = 100;

export interface LinkRow {
  report: string;
  number: string;
  /** '' where nobody says whose the value is. */
  person: string;
  otherPerson: string;
  kind: KeyKind | "decision";
  /** '' for a decision. */
  value: string;
  strength: Exclude<Strength, "never">;
  reason: string;
  status: string;
  tier: number | null;
}

/** Something that others have too and that makes nobody the same person. */
export interface BlockedValue {
  kind: KeyKind;
  value: string;
  why: "common" | "never-listed" | "different-persons" | "by-its-nature";
  text: string;
  holders: number;
}

export interface ReportLinks {
  links: LinkRow[];
  blocked: BlockedValue[];
}

interface SharedRow {
  kind: KeyKind;
  value: string;
  holders: number;
  never_listed: boolean;
  blocked_roles: KeyRole[];
  others: Array<{ detail: LinkingKey; report_id: ReportId; received_at: string }>;
}

/**
 * The links of one report to others, made when somebody asks: the strongest first, of these the newest. Bounded, however many others
 * there are; the subject's page has all.
 */
export async function linksOf(station: Station, reportId: string): Promise<ReportLinks> {
  const rules = station.rules.linking;
  const db = station.db.kysely;
  const [{ rows: shared }, own, decided] = await Promise.all([
    station.db.pool.query<SharedRow>(LINKS_OF, [reportId, rules.dfCap, OF_A_VALUE]),
    db
      .selectFrom("linking_key")
      .innerJoin("report", "report.id", "linking_key.report_id")
      .select(["linking_key.detail", "report.received_at"])
      .where("report.id", "=", reportId)
      .execute(),
    sql<LivePair>`select kind, a_report, a_person, b_report, b_person from link_decision
      where kind <> 'never-link' and undone_at is null and (a_report = ${reportId} or b_report = ${reportId})`.execute(
      db,
    ),
  ]);
  const [first] = own;
  if (first === undefined) return { links: [], blocked: [] };
  const keys = own.map(({ detail }) => detail as LinkingKey);
  const common = (row: SharedRow) => row.holders > rules.dfCap;
  const usable = shared.filter((row) => !row.never_listed && !common(row));
  const held = usable.flatMap((row) =>
    row.others.map(
      (other): HeldKey => ({
        ...other.detail,
        report: other.report_id,
        receivedAt: Date.parse(isoFromJson(other.received_at)),
      }),
    ),
  );
  const byValue = new Map(shared.map((row) => [`${row.kind} ${row.value}`, row]));
  const { edges } = linkReports(
    { report: reportId as ReportId, receivedAt: Date.parse(first.received_at), keys },
    held,
    (kind, value) => byValue.get(`${kind} ${value}`)?.holders ?? 0,
    rules,
  );
  const apart = new Set(
    decided.rows.filter(({ kind }) => kind === "different").map((pair) => decisionName(decisionOf(pair))),
  );
  const found = edges
    .filter(({ from, to }) => !apart.has(decisionName({ kind: "different", a: from, b: to })))
    .map((edge) => edgeRow(reportId, edge, byValue.get(`${edge.kind} ${edge.value}`)?.blocked_roles ?? []));
  const said = decided.rows.filter(({ kind }) => kind === "same").map((pair) => decisionRow(reportId, pair));
  return {
    links: await withReports(station, [...said, ...found]),
    blocked: blockedAmong(shared, keys, common, rules.dfCap),
  };
}

type BareLink = Omit<LinkRow, "number" | "status" | "tier">;

function edgeRow(reportId: string, edge: Edge, blocked: readonly KeyRole[]): BareLink {
  const [own, other] = edge.from.report === reportId ? [edge.from, edge.to] : [edge.to, edge.from];
  const isHeld = edge.strength === "strong" && blocked.length > 0;
  return {
    report: other.report,
    person: nodeRow(own).person,
    otherPerson: nodeRow(other).person,
    kind: edge.kind,
    value: edge.value,
    strength: isHeld ? "medium" : edge.strength,
    reason: isHeld ? `${edge.why}, but two who have it are known to be different persons` : edge.why,
  };
}

function decisionRow(reportId: string, pair: LivePair): BareLink {
  const [a, b] = ends(pair);
  const [own, other] = a.report_id === reportId ? [a, b] : [b, a];
  return {
    report: other.report_id,
    person: own.person,
    otherPerson: other.person,
    kind: "decision",
    value: "",
    strength: "strong",
    reason: "a person decided that they are the same",
  };
}

const RANK: Record<LinkRow["strength"], number> = { strong: 0, medium: 1, weak: 2 };

async function withReports(station: Station, links: readonly BareLink[]): Promise<LinkRow[]> {
  // Ids of reports are in the order in which they came.
  const shown = links
    .toSorted((a, b) => RANK[a.strength] - RANK[b.strength] || (a.report < b.report ? 1 : -1))
    .slice(0, LINKS);
  const { rows } = await station.db.pool.query<{
    id: string;
    number: string;
    status: string;
    tier: number | null;
  }>("select id, number, status, tier from report where id = any($1)", [
    [...new Set(shown.map(({ report }) => report))],
  ]);
  const reports = new Map(rows.map((row) => [row.id, row]));
  return shown.flatMap((link) => {
    const report = reports.get(link.report);
    return report === undefined
      ? []
      : [{ ...link, number: report.number, status: report.status, tier: report.tier }];
  });
}

/** Why a shared value links nobody, where that is so; what nobody else has is not worth a word. */
function blockedAmong(
  shared: readonly SharedRow[],
  keys: readonly LinkingKey[],
  isCommon: (row: SharedRow) => boolean,
  cap: number,
): BlockedValue[] {
  const byValue = Map.groupBy(keys, ({ kind, value }) => `${kind} ${value}`);
  return shared.flatMap((row): BlockedValue[] => {
    if (row.others.length === 0) return [];
    const { kind, value, holders } = row;
    const own = byValue.get(`${kind} ${value}`) ?? [];
    const blocked = (why: BlockedValue["why"], text: string) => [{ kind, value, why, text, holders }];
    if (row.never_listed)
      return blocked("never-listed", "a person put it on the list of values that name nobody");
    if (isCommon(row)) return blocked("common", `shared by more than ${cap} holders, which means nobody's`);
    if (own.some(({ role }) => row.blocked_roles.includes(role)))
      return blocked("different-persons", "two who have it are known to be different persons");
    const [key] = own;
    return key !== undefined && own.every(({ strength }) => strength === "never")
      ? blocked("by-its-nature", key.why)
      : [];
  });
}
