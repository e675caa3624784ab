import { createHash } from "node:crypto";
import { decodeBundle, fsck, TILE_WIDTH, tilePath, type TileStore, type Verifier } from "@fairlead/ledger";
import { canonicalJson } from "@fairlead/report";
import type { Database } from "../store/index.ts";
import type { Vault } from "../vault/index.ts";
import { commitTo, leafBytes } from "./leaf.ts";
import { type Erased, verifyErasures } from "./verify-erasures.ts";

/** One thing that does not agree with another. */
export interface Breach {
  where: "log" | "store" | "vault";
  /** What it is: `leaf 12`, `report 1007`, `object 3f…`. */
  what: string;
  /** How it disagrees, in words. */
  how: string;
}

export interface Verification {
  ok: boolean;
  leaves: number;
  /** Leaves that wait for the next checkpoint: checked against their events, not yet against the log. */
  pending: number;
  reports: number;
  objects: number;
  /** What is not there because it was erased in order. */
  erased: Erased[];
  breaches: Breach[];
}

export interface Subject {
  db: Database;
  vault: Vault;
  tiles: TileStore;
  verifier: Verifier;
  onProgress?: (step: string, done: number) => void;
}

/** Rows at a time: a page of reports with their content is a few megabytes. */
const PAGE = 500;

/**
 * Re-hashes the log from its entries to the signed checkpoint, every leaf against its event, every report against the leaf that
 * acknowledged it, and every object of the vault against the store. Names whatever does not agree. Safe beside a running station.
 */
export async function verifyStation(subject: Subject): Promise<Verification> {
  const breaches: Breach[] = [];
  const log = await fsck(subject.tiles, subject.verifier, ({ entries }) =>
    subject.onProgress?.("log", entries),
  );
  for (const found of log.disagreements)
    breaches.push({ where: "log", what: found.path, how: found.message });
  const leaves = await verifyLeaves(subject, log.entries, breaches);
  const { accounted, erased } = await verifyErasures(subject.db, breaches);
  const reports = await verifyReports(subject, accounted, breaches);
  const objects = await verifyObjects(subject, breaches);
  return { ok: breaches.length === 0, ...leaves, reports, objects, erased, breaches };
}

/** Each event's row must hash to the commitment in its leaf, and that leaf must be the one in the log at its place. */
async function verifyLeaves(
  subject: Subject,
  logged: number,
  breaches: Breach[],
): Promise<{ leaves: number; pending: number }> {
  let position = "0";
  let leaves = 0;
  let pending = 0;
  let inLog = 0;
  const entries = entryReader(subject.tiles, logged);
  for (;;) {
    const rows = await subject.db.kysely
      .selectFrom("leaf")
      .selectAll()
      .where("position", ">", position)
      .orderBy("position")
      .limit(PAGE)
      .execute();
    if (rows.length === 0) break;
    for (const row of rows) {
      const at = new Date(row.at).toISOString();
      const facts = {
        id: row.id,
        kind: row.kind,
        at,
        actor: row.actor,
        reportId: row.report_id,
        body: row.body,
      };
      const what = `leaf ${row.index ?? "(pending)"} (${row.kind}, ${row.id})`;
      // Of an erased event the words and the salt are gone; what stays of it is looked at with its erasure.
      if (row.salt !== null && !commitTo(row.salt, facts).equals(row.commitment))
        breaches.push({ where: "store", what, how: "the event was changed after its leaf was written" });
      leaves += 1;
      const index = row.index === null ? undefined : Number(row.index);
      if (index === undefined || index >= logged) pending += 1;
      else {
        inLog += 1;
        const logEntry = await entries(index);
        if (logEntry === undefined || !logEntry.equals(leafBytes({ ...row, at })))
          breaches.push({ where: "log", what, how: "the log holds another leaf at this place" });
      }
    }
    position = rows.at(-1)?.position ?? position;
    subject.onProgress?.("leaves", leaves);
  }
  if (inLog < logged)
    breaches.push({
      where: "store",
      what: `${logged - inLog} leaves`,
      how: "stand in the log and are missing from the database: rows were removed, or an older database was restored",
    });
  return { leaves, pending };
}

/** Entries of the log by index, a bundle at a time. */
function entryReader(tiles: TileStore, size: number): (index: number) => Promise<Buffer | undefined> {
  let held: { bundle: number; entries: readonly Uint8Array[] } | undefined;
  return async (index) => {
    const bundle = Math.floor(index / TILE_WIDTH);
    if (held?.bundle !== bundle) {
      const width = Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH);
      const bytes = await readBundle(tiles, bundle, width);
      held = { bundle, entries: bytes === undefined ? [] : decodeBundle(bytes, width) };
    }
    const entry = held.entries[index % TILE_WIDTH];
    return entry === undefined ? undefined : Buffer.from(entry);
  };
}

async function readBundle(tiles: TileStore, index: number, width: number): Promise<Uint8Array | undefined> {
  return await tiles.read(tilePath({ kind: "entries", index, width }));
}

async function verifyReports(
  subject: Subject,
  accounted: ReadonlySet<string>,
  breaches: Breach[],
): Promise<number> {
  let after = "00000000-0000-0000-0000-000000000000";
  let count = 0;
  for (;;) {
    const { rows } = await subject.db.pool.query<{
      id: string;
      number: string;
      erased_by: string | null;
      content: object;
      accepted: {
        contentSha256?: string;
        evidence?: Array<{ id: string; object: string | null; ciphertextSha256: string | null }>;
      } | null;
      evidence: Array<{ id: string; object: string | null; sha256: string | null }>;
    }>(
      `select report.id, report.number, report.erased_by, report.content,
         (select leaf.body from leaf where leaf.report_id = report.id and leaf.kind = 'report.accepted' limit 1) as accepted,
         (select coalesce(json_agg(json_build_object('id', evidence.id, 'object', evidence.object_name,
              'sha256', encode(vault_object.ciphertext_sha256, 'hex'))), '[]')
          from evidence left join vault_object on vault_object.name = evidence.object_name
          where evidence.report_id = report.id) as evidence
       from report where report.id > $1 order by report.id limit ${PAGE}`,
      [after],
    );
    if (rows.length === 0) return count;
    for (const row of rows) {
      if (row.erased_by === null) checkReport(row, breaches);
      else if (!accounted.has(row.id))
        breaches.push({
          where: "store",
          what: `report ${row.number}`,
          how: "is emptied as if it had been erased, and no erasure accounts for it",
        });
    }
    count += rows.length;
    after = rows.at(-1)?.id ?? after;
    subject.onProgress?.("reports", count);
  }
}

function checkReport(
  row: {
    number: string;
    content: object;
    accepted: {
      contentSha256?: string;
      evidence?: Array<{ id: string; object: string | null; ciphertextSha256: string | null }>;
    } | null;
    evidence: Array<{ id: string; object: string | null; sha256: string | null }>;
  },
  breaches: Breach[],
): void {
  const breach = (how: string) => breaches.push({ where: "store", what: `report ${row.number}`, how });
  if (row.accepted === null) {
    breach("no leaf acknowledges it");
    return;
  }
  const digest = createHash("sha256").update(canonicalJson(row.content)).digest("hex");
  if (digest !== row.accepted.contentSha256) breach("its content is not what was acknowledged");
  const now = new Map(row.evidence.map((item) => [item.id, item]));
  for (const item of row.accepted.evidence ?? []) {
    const present = now.get(item.id);
    if (present === undefined) breach(`evidence ${item.id} is missing`);
    else if (present.object !== item.object || present.sha256 !== item.ciphertextSha256)
      breach(`evidence ${item.id} is not the object that was acknowledged`);
  }
  if (now.size !== (row.accepted.evidence ?? []).length)
    breach("it has other evidence than was acknowledged");
}

async function verifyObjects(subject: Subject, breaches: Breach[]): Promise<number> {
  let after = "";
  let count = 0;
  for (;;) {
    const rows = await subject.db.kysely
      .selectFrom("vault_object")
      .selectAll()
      .where("name", ">", after)
      .orderBy("name")
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return count;
    for (const row of rows) {
      const how = await objectFault(
        subject.vault,
        row.name,
        Number(row.ciphertext_size),
        row.ciphertext_sha256,
      );
      if (how !== undefined && (await isKnown(subject, row.name)))
        breaches.push({ where: "vault", what: `object ${row.name}`, how });
    }
    count += rows.length;
    after = rows.at(-1)?.name ?? after;
    subject.onProgress?.("objects", count);
  }
}

/** An object that left the store since its row was read was taken away in order: parts that were joined, a report taken back or erased. */
async function isKnown({ db }: Subject, name: string): Promise<boolean> {
  const row = await db.kysely
    .selectFrom("vault_object")
    .select("name")
    .where("name", "=", name)
    // One that is being erased is known until it is certain that it is gone.
    .where("name", "not in", (eb) => eb.selectFrom("erasure_object").select("object_name"))
    .executeTakeFirst();
  return row !== undefined;
}

async function objectFault(
  vault: Vault,
  name: string,
  size: number,
  sha256: Buffer,
): Promise<string | undefined> {
  const hash = createHash("sha256");
  let length = 0;
  try {
    for await (const chunk of vault.sealed(name)) {
      hash.update(chunk);
      length += chunk.length;
    }
  } catch {
    return "cannot be read";
  }
  if (length !== size) return `has ${length} bytes instead of ${size}`;
  return hash.digest().equals(sha256) ? undefined : "its bytes were changed";
}
