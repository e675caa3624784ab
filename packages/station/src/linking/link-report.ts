import { type Edge, type HeldKey, linkingKeys, type LinkingKey, linkReports } from "@fairlead/assessment";
import { canonicalJson, type Claim, type Report, type ReportId } from "@fairlead/report";
import { CompiledQuery, sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import { sqlFile } from "../sql-file.ts";
import { insertClaims } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { networkClaims } from "./networks.ts";

type Tx = Transaction<Tables>;

const FACTS = sqlFile(import.meta.url, "./facts.sql");
const REPLACE_KEYS = sqlFile(import.meta.url, "./replace-keys.sql");
const HELD_KEYS = sqlFile(import.meta.url, "./held-keys.sql");
const SAVE_EDGES = sqlFile(import.meta.url, "./save-edges.sql");

/** Two reports that arrive together must see each other's keys: linking runs one at a time in a station. */
const LINKING_LOCK = 7_205_002;

interface Facts {
  content: Report;
  received_at: string;
  claims: Claim[];
  keys: LinkingKey[];
}

/**
 * Gives a report its keys and its edges to earlier reports. Can be run any number of times.
 * @returns the reports that gained a strong link and must be assessed again
 */
export async function linkReport(station: Station, reportId: string): Promise<string[]> {
  return await station.db.transaction(async (tx) => {
    // Alone: a statement that also read would see the data of before it waited.
    await sql`select pg_advisory_xact_lock(${LINKING_LOCK})`.execute(tx);
    const facts = await factsOf(tx, reportId);
    const noted = await noteNetworks(station, tx, reportId, facts);
    const rules = station.rules.linking;
    const keys = linkingKeys(reportId as ReportId, facts.content, [...facts.claims, ...noted], rules);
    // A key as it comes out of the database is the key as it went in, whatever the order of its members.
    if (canonicalJson(keys) !== canonicalJson(facts.keys))
      await tx.executeQuery(CompiledQuery.raw(REPLACE_KEYS, [reportId, JSON.stringify(keys)]));
    const { held, frequency } = await heldKeys(tx, reportId, keys, rules.dfCap);
    const { edges } = linkReports(
      { report: reportId as ReportId, receivedAt: Date.parse(facts.received_at), keys },
      held,
      (kind, value) => frequency.get(`${kind} ${value}`) ?? 0,
      rules,
    );
    const added = await saveEdges(tx, edges, station.clock());
    const joined = new Set(added.flatMap((edge) => (edge.strength === "strong" ? [edge.a, edge.b] : [])));
    joined.delete(reportId);
    return [...joined];
  });
}

async function factsOf(tx: Tx, reportId: string): Promise<Facts> {
  const { rows } = await tx.executeQuery<Facts>(CompiledQuery.raw(FACTS, [reportId]));
  const [facts] = rows;
  if (facts === undefined) throw new Error(`there is no report ${reportId} to link`);
  return facts;
}

/**
 * What this station's network table says about the report's addresses, once.
 * @returns what was noted now
 */
async function noteNetworks(
  station: Station,
  tx: Tx,
  reportId: string,
  { content, claims: known }: Facts,
): Promise<Claim[]> {
  const { networks } = station.config;
  if (known.some(({ source }) => "name" in source && source.name === networks.name)) return [];
  const now = station.clock();
  const claims = networkClaims(content, networks, new Date(now).toISOString());
  if (claims.length === 0) return [];
  await insertClaims(tx, reportId, claims, { at: now }).execute();
  return claims;
}

interface Held {
  held: HeldKey[];
  /** How many different holders each of their values has, this report's included. */
  frequency: Map<string, number>;
}

/** What others hold of these values. A value that too many hold is nobody's, so its holders are not read at all. */
async function heldKeys(tx: Tx, reportId: string, keys: readonly LinkingKey[], dfCap: number): Promise<Held> {
  const useful = keys.filter((key) => key.strength !== "never");
  const { rows } = await tx.executeQuery<{
    holders: number;
    detail: LinkingKey;
    report_id: ReportId;
    received_at: string;
  }>(
    CompiledQuery.raw(HELD_KEYS, [
      reportId,
      useful.map((key) => key.kind),
      useful.map((key) => key.value),
      dfCap,
    ]),
  );
  return {
    held: rows.map(({ detail, report_id, received_at }) => ({
      ...detail,
      report: report_id,
      receivedAt: Date.parse(received_at),
    })),
    frequency: new Map(rows.map(({ detail, holders }) => [`${detail.kind} ${detail.value}`, holders])),
  };
}

/** @returns those that are new */
async function saveEdges(
  tx: Tx,
  edges: readonly Edge[],
  now: number,
): Promise<Array<{ a: string; b: string; strength: string }>> {
  if (edges.length === 0) return [];
  const rows = edges.map((edge) => ({
    a: edge.from.report,
    a_person: edge.from.person ?? "",
    b: edge.to.report,
    b_person: edge.to.person ?? "",
    kind: edge.kind,
    value: edge.value,
    strength: edge.strength,
    reason: edge.why,
  }));
  const values = [JSON.stringify(rows), new Date(now).toISOString()];
  return (
    await tx.executeQuery<{ a: string; b: string; strength: string }>(CompiledQuery.raw(SAVE_EDGES, values))
  ).rows;
}
