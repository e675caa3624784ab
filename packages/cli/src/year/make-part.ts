import {
  type AssessmentContext,
  type Grade,
  gradeOf,
  type HashKey,
  hashHolder,
  hashValue,
  JOINING_KINDS,
  levelNumber,
  type LinkingKey,
  linkingKeys,
  ROUTE_BASES,
  type RuleSet,
  STRENGTH_RANK,
  tierNumber,
} from "@fairlead/assessment";
import type { Claim, ReportId } from "@fairlead/report";
import type { YearReport } from "@fairlead/simulator";
import { type GrowingColumns, growingColumns, type PartColumns } from "./columns.ts";
import { yearNetworkClaims } from "./networks.ts";

/** What every part of one year is made with. */
export interface PartMaking {
  readonly rules: RuleSet;
  /** Ids of agencies in the order by which columns name them. */
  readonly agencies: ReadonlyMap<string, number>;
  readonly hashKey: HashKey;
}

/** Bit of a victim's key, as the compact index reads it. */
const VICTIM = 4;
const STATION = { id: "worked-year", name: "Worked year", profile: "national-agency" } as const;

/** Keys and grades of reports that follow each other: everything of a year that needs no other report. */
export function makePart(reports: Iterable<YearReport>, making: PartMaking): PartColumns {
  const columns = growingColumns();
  for (const report of reports) putReport(columns, report, making);
  return columns.cut();
}

function putReport(columns: GrowingColumns, one: YearReport, making: PartMaking): void {
  const { rules, hashKey } = making;
  const row = columns.length("receivedAt");
  const at = new Date(one.receivedAt).toISOString();
  const claims = yearNetworkClaims(one.report, at);
  const keys = linkingKeys(one.caseNumber as ReportId, one.report, claims, rules.linking);
  const graded = gradeAlone(one, claims, at, making);
  columns.put("receivedAt", one.receivedAt);
  columns.put("level", levelNumber(graded.level));
  columns.put("tier", tierNumber(graded.tier));
  columns.put("baseTier", tierNumber(graded.baseTier));
  columns.put("agency", placeOf(graded, making));
  columns.put("basis", ROUTE_BASES.indexOf(graded.routeBasis));
  putTruth(columns, one, claims, at, making);
  putKeys(columns, keys, row, hashKey);
}

/** The grade of a report by itself, as a station of a national agency would give it on the day it came. */
export function gradeAlone(
  one: YearReport,
  claims: readonly Claim[],
  at: string,
  { rules }: PartMaking,
): Grade {
  const context: AssessmentContext = {
    station: STATION,
    receivedAt: at,
    firstReportedAt: at,
    senderAuthenticated: true,
    handOffs: "signed",
    custody: "intact",
  };
  return gradeOf(one.caseNumber, one.report, claims, context, rules, one.receivedAt);
}

/** What is true of it, and where it would be sent once the provider has answered the enquiry that the truth says it can answer. */
function putTruth(
  columns: GrowingColumns,
  one: YearReport,
  claims: readonly Claim[],
  at: string,
  making: PartMaking,
): void {
  const { compact } = one;
  columns.put("person", compact.person);
  columns.put("force", compact.force);
  columns.put("trueTier", compact.tier);
  columns.put("resolvable", compact.resolved ? 1 : 0);
  const answer = compact.resolved ? resolutionOf(one, at) : undefined;
  columns.put(
    "resolvedAgency",
    answer === undefined ? -2 : placeOf(gradeAlone(one, [...claims, answer], at, making), making),
  );
}

function resolutionOf(one: YearReport, madeAt: string): Claim | undefined {
  const { resolution } = one.truth().plan;
  if (resolution === null) return undefined;
  const { person, ...answer } = resolution;
  return {
    about: { kind: "person", key: person as never },
    source: { kind: "person", id: "analyst", role: "analyst" },
    madeAt,
    states: { kind: "resolution", ...answer },
  };
}

function placeOf({ agency }: Grade, { agencies }: PartMaking): number {
  return agency === undefined ? -1 : (agencies.get(agency) ?? -1);
}

/** Only values that may join are kept for subjects; files are kept as sightings, for campaigns. */
export function putKeys(
  columns: GrowingColumns,
  keys: readonly LinkingKey[],
  row: number,
  hashKey: HashKey,
): void {
  const holderOf = holderHashes(hashKey);
  const byNode = new Map<string, LinkingKey[]>();
  for (const key of keys) {
    if (key.kind === "file") putSighting(columns, key, row, hashKey, holderOf(key.holder));
    if (!JOINING_KINDS.has(key.kind) || key.strength === "never") continue;
    const node = `${key.role} ${key.person ?? ""}`;
    const held = byNode.get(node);
    if (held === undefined) byNode.set(node, [key]);
    else held.push(key);
  }
  for (const held of byNode.values()) {
    for (const key of held) {
      const { lo, hi } = hashValue(key.kind, key.value, hashKey);
      columns.put("keyLo", lo);
      columns.put("keyHi", hi);
      columns.put("keyHolder", holderOf(key.holder));
      columns.put("keyWhat", STRENGTH_RANK[key.strength] | (key.role === "victim" ? VICTIM : 0));
    }
    columns.put("nodeReport", row);
    columns.put("nodeEnd", columns.length("keyLo"));
  }
}

/** Most keys of a report have one holder, and follow each other. */
function holderHashes(hashKey: HashKey): (holder: string) => number {
  let last = "";
  let hash = hashHolder(last, hashKey);
  return (holder) => {
    if (holder !== last) [last, hash] = [holder, hashHolder(holder, hashKey)];
    return hash;
  };
}

function putSighting(
  columns: GrowingColumns,
  key: LinkingKey,
  row: number,
  hashKey: HashKey,
  holder: number,
): void {
  const { lo, hi } = hashValue(key.kind, key.value, hashKey);
  columns.put("sightingReport", row);
  columns.put("sightingLo", lo);
  columns.put("sightingHi", hi);
  columns.put("sightingHolder", holder);
}
