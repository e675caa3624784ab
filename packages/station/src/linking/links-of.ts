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

/** What the list of links says of another report. */
interface OtherReport extends Pick<LinkRow, "number" | "status" | "tier"> {
  report_id: ReportId;
}

interface Row {
  received_at: string;
  keys: LinkingKey[];
  shared: SharedRow[];
  decided: LivePair[];
  decided_reports: OtherReport[];
}

interface SharedRow {
  kind: KeyKind;
  value: string;
  holders: number;
  never_listed: boolean;
  blocked_roles: KeyRole[];
  others: Array<OtherReport & { detail: LinkingKey; received_at: string }>;
}

/**
 * The links of one report to others, made when somebody asks: the strongest first, of these the newest. Bounded, however many others
 * there are; the subject's page has all.
 */
export async function linksOf(station: Station, reportId: string): Promise<ReportLinks> {
  const rules = station.rules.linking;
  const { rows } = await station.db.pool.query<Row>(LINKS_OF, [reportId, rules.dfCap, OF_A_VALUE]);
  const [own] = rows;
  if (own === undefined) return { links: [], blocked: [] };
  const { keys, shared, decided } = own;
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
    { report: reportId as ReportId, receivedAt: Date.parse(own.received_at), keys },
    held,
    (kind, value) => byValue.get(`${kind} ${value}`)?.holders ?? 0,
    rules,
  );
  const apart = new Set(
    decided.filter(({ kind }) => kind === "different").map((pair) => decisionName(decisionOf(pair))),
  );
  const found = edges
    .filter(({ from, to }) => !apart.has(decisionName({ kind: "different", a: from, b: to })))
    .map((edge) => edgeRow(reportId, edge, byValue.get(`${edge.kind} ${edge.value}`)?.blocked_roles ?? []));
  const said = decided.filter(({ kind }) => kind === "same").map((pair) => decisionRow(reportId, pair));
  return {
    links: withReports(
      [...said, ...found],
      [...own.decided_reports, ...usable.flatMap(({ others }) => others)],
    ),
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

function withReports(links: readonly BareLink[], others: readonly OtherReport[]): LinkRow[] {
  const reports = new Map(others.map((other) => [other.report_id as string, other]));
  // Ids of reports are in the order in which they came.
  const shown = links
    .toSorted((a, b) => RANK[a.strength] - RANK[b.strength] || (a.report < b.report ? 1 : -1))
    .slice(0, LINKS);
  return shown.flatMap((link) => {
    const other = reports.get(link.report);
    if (other === undefined) return [];
    const { number, status, tier } = other;
    return [{ ...link, number, status, tier }];
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
