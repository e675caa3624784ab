import { randomBytes } from "node:crypto";
import type { Selectable, Transaction } from "kysely";
import { sql } from "kysely";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import type { Tables } from "../../store/tables.ts";
import { recordObjects, type VaultObject } from "../../vault/index.ts";
import { LIFETIME_MS, MOST_OPEN_BYTES, MOST_UPLOADS, REMEMBERED_MS } from "./limits.ts";

/** An upload as the database has it, its numbers as numbers: no length is beyond what a double counts exactly. */
export interface UploadRow extends Omit<Selectable<Tables["upload"]>, "length" | "received"> {
  length: number;
  received: number;
}

/** Bytes of an upload that are on disk as one object, not yet known to the database. */
export interface NewPart {
  start: number;
  size: number;
  object: VaultObject;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** @throws StationError `rate.limited` when this account has too much begun that no report has named */
export async function createUpload(
  station: Station,
  account: string,
  stated: { length: number; metadata: string | null },
): Promise<UploadRow> {
  const now = station.clock();
  const id = randomBytes(16).toString("hex");
  return await station.db.transaction(async (tx) => {
    // Of two that are begun at once the second counts the first.
    await tx
      .selectFrom("sender_account")
      .select("username")
      .where("username", "=", account)
      .forUpdate()
      .execute();
    const { uploads, bytes } = await tx
      .selectFrom("upload")
      .select(sql<string>`count(*)`.as("uploads"))
      .select(sql<string>`coalesce(sum(length), 0)`.as("bytes"))
      .where("account", "=", account)
      .where("ended", "is", null)
      .where("expires_at", ">", iso(now))
      .executeTakeFirstOrThrow();
    if (Number(uploads) >= MOST_UPLOADS || Number(bytes) + stated.length > MOST_OPEN_BYTES)
      throw new StationError(
        "rate.limited",
        "You have begun more uploads than this station keeps for one sender.",
        {
          remedy:
            "Finish those that are begun and name them in reports, or end them by DELETE, and begin this one again.",
          retryAfterSeconds: 3600,
        },
      );
    const row = await tx
      .insertInto("upload")
      .values({
        id,
        account,
        ...stated,
        received: 0,
        created_at: iso(now),
        expires_at: iso(now + LIFETIME_MS),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return uploadOf(row);
  });
}

/** @returns undefined also for another account's: nobody learns whose uploads there are */
export async function findUpload(
  db: Station["db"]["kysely"] | Transaction<Tables>,
  account: string,
  id: string,
): Promise<UploadRow | undefined> {
  if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
  const row = await db
    .selectFrom("upload")
    .selectAll()
    .where("id", "=", id)
    .where("account", "=", account)
    .executeTakeFirst();
  return row === undefined ? undefined : uploadOf(row);
}

/**
 * Counts parts that are on disk, if the upload still ends where the first of them starts: of two who go on at one place, one does.
 * @returns the upload as it is now; undefined when it has moved or ended meanwhile, and then nothing has changed
 */
export async function addParts(
  station: Station,
  id: string,
  parts: readonly NewPart[],
): Promise<UploadRow | undefined> {
  const [first] = parts;
  if (first === undefined) throw new Error("an upload goes on by at least one part");
  const now = station.clock();
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return await station.db.transaction(async (tx) => {
    const row = await tx
      .updateTable("upload")
      .set({ received: first.start + size, expires_at: iso(now + LIFETIME_MS) })
      .where("id", "=", id)
      .where("received", "=", String(first.start))
      .where("ended", "is", null)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return undefined;
    await recordObjects(
      tx,
      parts.map(({ object }) => object),
      now,
    ).execute();
    await tx
      .insertInto("upload_part")
      .values(
        parts.map((part) => ({
          upload_id: id,
          start: part.start,
          size: part.size,
          object_name: part.object.name,
        })),
      )
      .execute();
    return uploadOf(row);
  });
}

/** Ends an upload that no report has named: from now on it is gone. Its bytes go with it. */
export async function endUpload(station: Station, id: string, how: "terminated" | "expired"): Promise<void> {
  const now = station.clock();
  const names = await station.db.transaction(async (tx) => {
    const row = await tx.selectFrom("upload").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
    if (row === undefined || row.ended !== null) return [];
    // Asked for again under the lock: a part may have come since, and with it more time.
    if (how === "expired" && Date.parse(row.expires_at) > now) return [];
    await tx
      .updateTable("upload")
      .set({ ended: how, object_name: null, expires_at: iso(now + REMEMBERED_MS) })
      .where("id", "=", id)
      .execute();
    return await forgetObjects(tx, id, row.object_name);
  });
  for (const name of names) await station.vault.remove(name);
}

/** Forgets an upload's parts. @returns the vault's objects, to be removed once the transaction has committed */
export async function forgetObjects(
  tx: Transaction<Tables>,
  id: string,
  whole: string | null = null,
): Promise<string[]> {
  const parts = await tx
    .deleteFrom("upload_part")
    .where("upload_id", "=", id)
    .returning("object_name")
    .execute();
  const names = [...parts.map((part) => part.object_name), ...(whole === null ? [] : [whole])];
  if (names.length > 0)
    await tx.deleteFrom("vault_object").where("name", "=", sql<string>`any(${names}::text[])`).execute();
  return names;
}

/** Ends what has expired and forgets what ended long ago. */
export async function sweepUploads(station: Station): Promise<void> {
  const now = iso(station.clock());
  const due = await station.db.kysely
    .selectFrom("upload")
    .select("id")
    .where("ended", "is", null)
    .where("expires_at", "<=", now)
    .execute();
  for (const { id } of due) await endUpload(station, id, "expired");
  await station.db.kysely
    .deleteFrom("upload")
    .where("ended", "is not", null)
    .where("expires_at", "<=", now)
    .execute();
}

export function uploadOf(row: Selectable<Tables["upload"]>): UploadRow {
  return { ...row, length: Number(row.length), received: Number(row.received) };
}
