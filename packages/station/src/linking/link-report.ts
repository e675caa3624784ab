import {
  type HeldAddress,
  heldAddresses,
  linkingKeys,
  type LinkingKey,
  sightingsOf,
} from "@fairlead/assessment";
import { canonicalJson, type Claim, type Report, type ReportId } from "@fairlead/report";
import { CompiledQuery, sql, type Transaction } from "kysely";
import { noteSightings, reopenCopies, rollUpLater } from "../campaigns/index.ts";
import type { Station } from "../context.ts";
import { addJob } from "../jobs.ts";
import { sqlFile } from "../sql-file.ts";
import { insertClaims } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { deriveSubjects } from "./derive.ts";
import { takeLinkingLock } from "./lock.ts";
import { networkClaims, sourcesOf } from "./networks.ts";
import type { Node } from "./node.ts";
import { placeReport } from "./place.ts";

type Tx = Transaction<Tables>;

const FACTS = sqlFile(import.meta.url, "./facts.sql");
const REPLACE_KEYS = sqlFile(import.meta.url, "./replace-keys.sql");

interface Facts {
  content: Report;
  received_at: string;
  claims: Claim[];
  keys: LinkingKey[];
  /** How many sightings of files are noted. */
  sightings: number;
  /** Addresses in answers that came with the report. */
  carried: string[];
}

/**
 * Gives a report its keys and its persons their places in subjects. Can be run any number of times. Keys and places are one
 * transaction, so a report whose keys are as they should be is placed.
 */
export async function linkReport(station: Station, reportId: string): Promise<void> {
  await station.db.transaction(async (tx) => {
    await takeLinkingLock(tx);
    const facts = await factsOf(tx, reportId);
    const noted = await noteNetworks(station, tx, reportId, facts);
    const id = reportId as ReportId;
    const claims = [...facts.claims, ...noted];
    const keys = linkingKeys(id, facts.content, claims, station.rules.linking);
    // A key as it comes out of the database is the key as it went in, whatever the order of its members.
    if (canonicalJson(keys) !== canonicalJson(facts.keys))
      await replaceKeys(
        station,
        tx,
        reportId,
        { before: facts.keys, after: keys },
        heldAddresses(facts.content),
      );
    const seen = sightingsOf(id, facts.content, claims, Date.parse(facts.received_at));
    if (seen.length > facts.sightings && (await noteSightings(tx, reportId, seen)))
      await rollUpLater(tx, station.clock());
  });
}

/** Takes everything away by which a report is linked: it expired. Whom it held together is looked at again. */
export async function unlinkReport(station: Station, reportId: string): Promise<void> {
  await station.db.transaction(async (tx) => {
    await takeLinkingLock(tx);
    const { keys } = await factsOf(tx, reportId);
    if (keys.length > 0) await replaceKeys(station, tx, reportId, { before: keys, after: [] }, []);
  });
}

/**
 * Takes a report out of everything that links, for good and in the caller's transaction: its keys, what people decided about its persons,
 * and what only its values were blocked for. Whom it held together is looked at again (law 5).
 */
export async function forgetLinks(station: Station, tx: Tx, reportId: string): Promise<void> {
  await takeLinkingLock(tx);
  const { keys } = await factsOf(tx, reportId);
  const { rows: others } = await sql<Node>`select distinct theirs.report_id, theirs.person
    from subject_member own join subject_member theirs on theirs.subject = own.subject and theirs.report_id <> own.report_id
    where own.report_id = ${reportId}::uuid`.execute(tx);
  await sql`delete from link_decision where a_report = ${reportId}::uuid or b_report = ${reportId}::uuid`.execute(
    tx,
  );
  if (keys.length > 0) await replaceKeys(station, tx, reportId, { before: keys, after: [] }, []);
  // Persons whom only a decision about this report held together share no value that could lead to them.
  const seeds = { nodes: others, values: [], gone: reportId };
  if (others.length > 0)
    await reassessLater(tx, await deriveSubjects(tx, seeds, station.rules.linking), `${reportId} gone`);
  await sql`delete from link_decision where kind = 'never-link'
    and (value_kind, value) in (select * from unnest(${keys.map(({ kind }) => kind)}::text[], ${keys.map(({ value }) => value)}::text[]))
    and not exists (
      select from linking_key where linking_key.kind = link_decision.value_kind and linking_key.value = link_decision.value
    )`.execute(tx);
}

async function replaceKeys(
  station: Station,
  tx: Tx,
  reportId: string,
  { before, after }: { before: readonly LinkingKey[]; after: readonly LinkingKey[] },
  addresses: readonly HeldAddress[],
): Promise<void> {
  await tx.executeQuery(
    CompiledQuery.raw(REPLACE_KEYS, [reportId, JSON.stringify(after), JSON.stringify(addresses)]),
  );
  const touched = await placeReport(tx, { reportId, before, after }, station.rules.linking);
  await reassessLater(tx, touched, reportId);
  await reopenCopies(tx, [reportId], station.clock());
}

/** Has reports assessed again that may have lost somebody: with the change, so that no crash can come between. */
export async function reassessLater(tx: Tx, reportIds: readonly string[], cause: string): Promise<void> {
  if (reportIds.length > 0) await addJob(tx, "assess-again", { reportIds: [...reportIds] }, cause);
}

async function factsOf(tx: Tx, reportId: string): Promise<Facts> {
  const { rows } = await tx.executeQuery<Facts>(CompiledQuery.raw(FACTS, [reportId]));
  const [facts] = rows;
  if (facts === undefined) throw new Error(`there is no report ${reportId} to link`);
  return facts;
}

/**
 * What this station's network tables say about the report's addresses, each once.
 * @returns what was noted now
 */
async function noteNetworks(
  station: Station,
  tx: Tx,
  reportId: string,
  { content, claims: known, carried }: Facts,
): Promise<Claim[]> {
  const spoken = new Set(known.flatMap(({ source }) => (source.kind === "list" ? [source.name] : [])));
  const now = station.clock();
  const at = new Date(now).toISOString();
  const claims = networkClaims(content, sourcesOf(station), at, carried).filter(
    ({ source }) => source.kind !== "list" || !spoken.has(source.name),
  );
  if (claims.length === 0) return [];
  await insertClaims(tx, reportId, claims, { at: now }).execute();
  return claims;
}
