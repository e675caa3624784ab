import type { Claim, EvidenceId, Report } from "@fairlead/report";
import { contradictionsIn } from "@fairlead/report";
import { sql, type Transaction } from "kysely";
import { randomUUID } from "node:crypto";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { accept } from "../intake/index.ts";
import { addJob } from "../jobs.ts";
import { decideReferral } from "../referral/index.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import type { VaultObject } from "../vault/index.ts";
import { claimsOfBanks, composeReport, type FileOfMatter, type Matter } from "./compose.ts";
import { openMatter, wakeMatter } from "./keep-post.ts";
import { foundSchema } from "./matches.ts";
import { type MediaPost, mediaPostSchema } from "./wire.ts";

type Tx = Transaction<Tables>;

/** A post of a matter with its file. */
interface Row {
  post: string;
  at: string;
  context: unknown;
  object_name: string | null;
  sha256: Buffer;
  size: string;
  sha1: Buffer;
  md5: Buffer;
  format: string | null;
  pdq: string | null;
  pdq_exact: boolean | null;
  state: "waiting" | "report" | "leave";
  decided_at: string | null;
  decided_by: string | null;
  viewed_in_full: boolean;
  grade: string | null;
  role: string | null;
}

/**
 * Makes a report of a matter as soon as its posts are gathered and decided, and files it where a person's decision says so. May be
 * run at any time and any number of times: it reads what stands and does the next step.
 */
export async function reportMedia(station: Station, { incidentId }: { incidentId: string }): Promise<void> {
  const made = await station.db.transaction(async (tx) => await closeMatter(station, tx, incidentId));
  if (made === undefined) return;
  const peer = station.config.media?.fileWith;
  if (peer === undefined || made.decidedBy === undefined) return;
  await decideReferral(station, made.reportId, { peer, reason: FILED_BECAUSE }, made.decidedBy);
}

const FILED_BECAUSE = "Decided in the review of what was posted.";

interface Made {
  reportId: string;
  /** The person whose decision about its files files it; none where only banks have decided. */
  decidedBy: { id: string; name: string; role: string } | undefined;
}

async function closeMatter(station: Station, tx: Tx, incidentId: string): Promise<Made | undefined> {
  const incident = await tx
    .selectFrom("media_incident")
    .selectAll()
    .where("id", "=", incidentId)
    .forUpdate()
    .executeTakeFirst();
  if (incident === undefined) return undefined;
  const rows = await rowsOf(tx, incidentId);
  // It was made before, and perhaps not filed yet: filing twice is filing once.
  if (incident.report_id !== null)
    return { reportId: incident.report_id, decidedBy: await deciderOf(tx, rows, incident.opened_at) };
  if (incident.ended_at !== null) return undefined;
  const now = station.clock();
  const [reported, waiting] = [withState(rows, "report"), withState(rows, "waiting")];
  if (reported.length === 0) {
    if (waiting.length === 0) await endMatter(tx, incidentId, null, now);
    return undefined;
  }
  // Not from when another matter's file was decided, but from when this one began to wait.
  const since = Math.max(Date.parse(reported[0]?.decided_at ?? ""), Date.parse(incident.opened_at));
  const waitUntil = since + (station.config.media?.waitMinutes ?? 0) * 60_000;
  if (waiting.length > 0 && now < waitUntil) {
    await addJob(tx, "report-media", { incidentId }, `${incidentId}:late`, waitUntil);
    return undefined;
  }
  const reportId = await makeReport(station, tx, { incident, rows: reported, now });
  await endMatter(tx, incidentId, reportId, now);
  await moveOn(station, tx, { account: incident.account, key: incident.key, rows: waiting, now });
  return { reportId, decidedBy: await deciderOf(tx, reported, incident.opened_at) };
}

function withState(rows: readonly Row[], state: Row["state"]): Row[] {
  return rows.filter((row) => row.state === state);
}

async function rowsOf(tx: Tx, incidentId: string): Promise<Row[]> {
  // The files' rows are locked by whoever decides about them; here they are read as they stand when the matter is closed.
  const { rows } =
    await sql<Row>`select media_post.id as post, media_post.at, media_post.context, media_post.object_name,
      media_file.sha256, media_file.size, media_file.sha1, media_file.md5, media_file.format, media_file.pdq, media_file.pdq_exact,
      media_file.state, media_file.decided_at, media_file.decided_by, media_file.viewed_in_full, media_file.grade, person.role
    from media_post join media_file on media_file.sha256 = media_post.sha256
      left join person on person.id = media_file.decided_by
    where media_post.incident_id = ${incidentId} order by media_file.decided_at, media_post.at, media_post.id`.execute(
      tx,
    );
  return rows;
}

/** A decision files the matters that it was made about; what is posted afterwards a person files anew (law 7). */
async function deciderOf(tx: Tx, rows: readonly Row[], opened: string): Promise<Made["decidedBy"]> {
  const id = rows.find(
    ({ decided_by, decided_at, state }) =>
      state === "report" && decided_by !== null && Date.parse(decided_at ?? "") >= Date.parse(opened),
  )?.decided_by;
  if (id === undefined || id === null) return undefined;
  return await tx
    .selectFrom("person")
    .select(["id", "name", "role"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
}

async function endMatter(tx: Tx, id: string, reportId: string | null, now: number): Promise<void> {
  await tx
    .updateTable("media_incident")
    .set({ report_id: reportId, ended_at: new Date(now).toISOString() })
    .where("id", "=", id)
    .execute();
}

interface ToReport {
  incident: { id: string; account: string; key: string };
  rows: readonly Row[];
  now: number;
}

async function makeReport(station: Station, tx: Tx, { incident, rows, now }: ToReport): Promise<string> {
  const account = await tx
    .selectFrom("sender_account")
    .select(["username", "name", "kind", "peer_id"])
    .where("username", "=", incident.account)
    .executeTakeFirstOrThrow();
  const files = await filesOf(tx, rows);
  const matter: Matter = {
    id: incident.id,
    station: { name: station.config.station.name },
    sender: { kind: account.kind, id: account.username, name: account.name },
    prior: await priorOf(tx, incident),
    files: files.map(({ file }) => file),
    at: new Date(now).toISOString(),
  };
  const report: Report = composeReport(matter);
  const wrong = contradictionsIn(report, now);
  if (wrong.length > 0)
    throw new Error(`a matter makes no report: ${wrong.map(({ message }) => message).join("; ")}`);
  const { accepted } = await accept(tx, {
    door: "report",
    handedBy: incident.account,
    handedReference: incident.id,
    returnTo: account.peer_id ?? undefined,
    report,
    claims: claimsOfBanks(matter),
    objects: new Map(
      files.flatMap(({ file, object }) => (object === undefined ? [] : [[file.evidence, object]])),
    ),
    newObjects: [],
    at: now,
  });
  await addDecisions(tx, accepted.id, files, now);
  await releaseObjects(tx, rows, files);
  await recordLeaf(tx, {
    kind: "media.reported",
    at: now,
    actor: "station",
    reportId: accepted.id,
    body: { incident: incident.id, files: files.map(({ file }) => file.sha256) },
  });
  return accepted.id;
}

interface FileRows {
  file: FileOfMatter;
  row: Row;
  object: VaultObject | undefined;
}

/** One piece of evidence for each distinct file, with the object that lies longest. */
async function filesOf(tx: Tx, rows: readonly Row[]): Promise<FileRows[]> {
  const bySha = Map.groupBy(rows, ({ sha256 }) => sha256.toString("hex"));
  const found = await tx
    .selectFrom("media_match")
    .select(["sha256", "found"])
    .where(
      "sha256",
      "in",
      [...bySha.values()].flatMap(([row]) => (row === undefined ? [] : [row.sha256])),
    )
    .where("action", "<>", "nothing")
    .execute();
  const matches = Map.groupBy(found, ({ sha256 }) => sha256.toString("hex"));
  const names = rows.flatMap(({ object_name }) => (object_name === null ? [] : [object_name]));
  const objects = new Map(
    (names.length === 0
      ? []
      : await tx.selectFrom("vault_object").selectAll().where("name", "in", names).execute()
    ).map((object): [string, VaultObject] => [
      object.name,
      {
        name: object.name,
        size: Number(object.ciphertext_size),
        sha256: object.ciphertext_sha256,
        payloadSha256: object.payload_sha256,
      },
    ]),
  );
  return [...bySha].flatMap(([sha256, posts]) => {
    const [row] = posts;
    if (row === undefined) return [];
    const name = posts.find(({ object_name }) => object_name !== null)?.object_name ?? undefined;
    const file: FileOfMatter = {
      evidence: randomUUID() as EvidenceId,
      size: Number(row.size),
      sha256,
      sha1: row.sha1.toString("hex"),
      md5: row.md5.toString("hex"),
      format: row.format,
      pdq: row.pdq === null || row.pdq_exact !== true ? null : hexOf(row.pdq),
      matches: (matches.get(sha256) ?? []).map(({ found: each }) => foundSchema.parse(each)),
      posts: posts.map(({ context }): MediaPost => mediaPostSchema.parse(context)),
    };
    return [{ file, row, object: name === undefined ? undefined : objects.get(name) }];
  });
}

/** What the reviewer found becomes that person's claims: the view only where the viewer has recorded one (law 3). */
async function addDecisions(
  tx: Tx,
  reportId: string,
  files: readonly FileRows[],
  now: number,
): Promise<void> {
  const values = files.flatMap(({ file, row }) => {
    const { decided_by: by, role, viewed_in_full, grade } = row;
    if (by === null) return [];
    const states: Claim["states"][] = [
      ...(viewed_in_full ? [{ kind: "flag" as const, flag: "viewed-in-full" as const, value: true }] : []),
      ...(grade === null ? [] : [{ kind: "industry-grade" as const, grade: grade as "A1" }]),
    ];
    return states.map((stated) => ({
      id: newId(now),
      report_id: reportId,
      about: JSON.stringify({ kind: "evidence", id: file.evidence }),
      source: JSON.stringify({ kind: "person", id: by, role: role ?? "reviewer" }),
      states: JSON.stringify(stated),
      made_at: new Date(now).toISOString(),
      made_by: by,
      from_peer: null,
    }));
  });
  if (values.length > 0) await tx.insertInto("claim").values(values).execute();
}

/** From now on the report has the objects; a second copy of one file is nobody's, and the sweep removes it. */
async function releaseObjects(tx: Tx, rows: readonly Row[], files: readonly FileRows[]): Promise<void> {
  const used = new Set(files.flatMap(({ object }) => (object === undefined ? [] : [object.name])));
  const spare = rows.flatMap(({ object_name }) =>
    object_name === null || used.has(object_name) ? [] : [object_name],
  );
  await tx
    .updateTable("media_post")
    .set({ object_name: null })
    .where(
      "id",
      "in",
      rows.map(({ post }) => post),
    )
    .execute();
  if (spare.length > 0) await tx.deleteFrom("vault_object").where("name", "in", spare).execute();
}

/** What still waits for a person becomes a report of its own, which names the first. */
async function moveOn(
  station: Station,
  tx: Tx,
  { account, key, rows, now }: { account: string; key: string; rows: readonly Row[]; now: number },
): Promise<void> {
  if (rows.length === 0) return;
  const next = await openMatter(tx, account, key, now);
  await tx
    .updateTable("media_post")
    .set({ incident_id: next })
    .where(
      "id",
      "in",
      rows.map(({ post }) => post),
    )
    .execute();
  await wakeMatter(station, tx, next, now);
}

async function priorOf(tx: Tx, { id, account, key }: ToReport["incident"]): Promise<string | undefined> {
  const prior = await tx
    .selectFrom("media_incident")
    .select("id")
    .where("account", "=", account)
    .where("key", "=", key)
    .where("id", "<>", id)
    .where("report_id", "is not", null)
    .orderBy("opened_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return prior?.id;
}

function hexOf(bits: string): string {
  return (bits.match(/.{4}/g) ?? []).map((digits) => Number.parseInt(digits, 2).toString(16)).join("");
}
