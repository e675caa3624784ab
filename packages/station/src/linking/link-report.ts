import { type HeldKey, linkingKeys, type LinkingKey, linkReports } from "@fairlead/assessment";
import type { Claim, Report, ReportId } from "@fairlead/report";
import { sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import { newId } from "../store/index.ts";
import { claimOf, type Tables } from "../store/tables.ts";
import { networkClaims } from "./networks.ts";

type Tx = Transaction<Tables>;

/** Two reports that arrive together must see each other's keys: linking runs one at a time in a station. */
const LINKING_LOCK = 7_205_002;

/**
 * Gives a report its keys and its edges to earlier reports. Can be run any number of times.
 * @returns the reports that gained a strong link and must be assessed again
 */
export async function linkReport(station: Station, reportId: string): Promise<string[]> {
  return await station.db.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LINKING_LOCK})`.execute(tx);
    const row = await tx
      .selectFrom("report")
      .select(["content", "received_at"])
      .where("id", "=", reportId)
      .executeTakeFirstOrThrow();
    const report: Report = row.content;
    await noteNetworks(station, tx, reportId, report);
    const claims = await tx
      .selectFrom("claim")
      .selectAll()
      .where("report_id", "=", reportId)
      .orderBy("position")
      .execute();
    const rules = station.rules.linking;
    const keys = linkingKeys(reportId as ReportId, report, claims.map(claimOf), rules);
    await saveKeys(tx, reportId, keys);
    const frequency = await frequencies(tx, keys);
    const { edges } = linkReports(
      { report: reportId as ReportId, receivedAt: Date.parse(row.received_at), keys },
      await heldKeys(tx, reportId, keys, frequency, rules.dfCap),
      (kind, value) => frequency.get(`${kind} ${value}`) ?? 0,
      rules,
    );
    const added = await saveEdges(station, tx, edges);
    const joined = new Set(added.flatMap((edge) => (edge.strength === "strong" ? [edge.a, edge.b] : [])));
    joined.delete(reportId);
    return [...joined];
  });
}

/** What this station's network table says about the report's addresses, once. */
async function noteNetworks(station: Station, tx: Tx, reportId: string, report: Report): Promise<void> {
  const now = station.clock();
  const { networks } = station.config;
  const known = await tx
    .selectFrom("claim")
    .select("id")
    .where("report_id", "=", reportId)
    .where(sql<string>`source ->> 'name'`, "=", networks.name)
    .limit(1)
    .executeTakeFirst();
  const claims: Claim[] =
    known === undefined ? networkClaims(report, networks, new Date(now).toISOString()) : [];
  if (claims.length === 0) return;
  await tx
    .insertInto("claim")
    .values(
      claims.map((claim) => ({
        id: newId(now),
        report_id: reportId,
        about: JSON.stringify(claim.about),
        source: JSON.stringify(claim.source),
        states: JSON.stringify(claim.states),
        made_at: new Date(now).toISOString(),
        made_by: null,
        from_peer: null,
      })),
    )
    .execute();
}

async function saveKeys(tx: Tx, reportId: string, keys: readonly LinkingKey[]): Promise<void> {
  await tx.deleteFrom("linking_key").where("report_id", "=", reportId).execute();
  if (keys.length === 0) return;
  await tx
    .insertInto("linking_key")
    .values(
      keys.map((key) => ({
        report_id: reportId,
        kind: key.kind,
        value: key.value,
        holder: key.holder,
        detail: JSON.stringify(key),
      })),
    )
    .execute();
}

/** How many different holders each of these values has, this report's included. */
async function frequencies(tx: Tx, keys: readonly LinkingKey[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ kind: string; value: string; df: string }>`
    select k.kind, k.value, count(distinct linking_key.holder) as df
    from unnest(${keys.map((key) => key.kind)}::text[], ${keys.map((key) => key.value)}::text[]) as k (kind, value)
    join linking_key on linking_key.kind = k.kind and linking_key.value = k.value
    group by k.kind, k.value`.execute(tx);
  return new Map(rows.map((row) => [`${row.kind} ${row.value}`, Number(row.df)]));
}

/** What others hold of these values. A value that too many hold is nobody's, so its holders are not read at all. */
async function heldKeys(
  tx: Tx,
  reportId: string,
  keys: readonly LinkingKey[],
  frequency: ReadonlyMap<string, number>,
  dfCap: number,
): Promise<HeldKey[]> {
  const useful = keys.filter(
    (key) => key.strength !== "never" && (frequency.get(`${key.kind} ${key.value}`) ?? 0) <= dfCap,
  );
  const { rows } = await sql<{ report_id: string; received_at: string; detail: LinkingKey }>`
    select linking_key.report_id, report.received_at, linking_key.detail
    from (select distinct * from unnest(${useful.map((key) => key.kind)}::text[], ${useful.map((key) => key.value)}::text[])) as k (kind, value)
    join linking_key on linking_key.kind = k.kind and linking_key.value = k.value
    join report on report.id = linking_key.report_id
    where linking_key.report_id <> ${reportId}`.execute(tx);
  return rows.map((row) => ({
    ...row.detail,
    report: row.report_id as ReportId,
    receivedAt: Date.parse(row.received_at),
  }));
}

async function saveEdges(
  station: Station,
  tx: Tx,
  edges: ReturnType<typeof linkReports>["edges"],
): Promise<Array<{ a: string; b: string; strength: string }>> {
  if (edges.length === 0) return [];
  const made = new Date(station.clock()).toISOString();
  return await tx
    .insertInto("link")
    .values(
      edges.map((edge) => ({
        a: edge.from.report,
        a_person: edge.from.person ?? "",
        b: edge.to.report,
        b_person: edge.to.person ?? "",
        kind: edge.kind,
        value: edge.value,
        strength: edge.strength,
        reason: edge.why,
        made_at: made,
        removed_at: null,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(["a", "a_person", "b", "b_person", "kind", "value"]).doNothing(),
    )
    .returning(["a", "b", "strength"])
    .execute();
}
