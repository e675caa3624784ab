import { createHash } from "node:crypto";
import { canonicalJson } from "@fairlead/report";
import { sql, type Transaction } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { addGatheringJob } from "../jobs.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { recordObjects, type VaultObject } from "../vault/index.ts";
import type { FoundMatch } from "./matches.ts";
import { mediaAnswerSchema, type MediaAnswer, type MediaPost } from "./wire.ts";

type Tx = Transaction<Tables>;

/** A post whose file was measured and looked for. */
export interface SeenPost {
  account: string;
  post: MediaPost;
  object: VaultObject;
  answer: MediaAnswer;
  at: number;
}

/** What tells the same post again from another one under its number. */
export function postDigest(post: MediaPost, sha256: string): Buffer {
  return createHash("sha256").update(canonicalJson({ post, sha256 })).digest();
}

/**
 * The answer that this post has had.
 * @throws StationError `conflict` where its number was given to something else
 */
export async function answeredBefore(
  db: Tx | Station["db"]["kysely"],
  account: string,
  reference: string,
  digest: Buffer,
): Promise<MediaAnswer | undefined> {
  const row = await db
    .selectFrom("media_post")
    .select(["digest", "answer"])
    .where("account", "=", account)
    .where("reference", "=", reference)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.digest.equals(digest)) return mediaAnswerSchema.parse(row.answer);
  throw new StationError(
    "conflict",
    `The post ${reference} was taken before, with another file or context.`,
    {
      remedy: "A post is never altered. Give another post a number of its own.",
    },
  );
}

/**
 * Keeps a post that leads to something, or its answer where it leads to nothing: in one transaction with what is to be done. The
 * caller has the file durable in the vault, and removes it where this did not keep it.
 * @returns the answer, the first one's where the same post came twice at once
 */
export async function keepPost(
  station: Station,
  seen: SeenPost,
): Promise<{ answer: MediaAnswer; isKept: boolean; repeated: boolean }> {
  const digest = postDigest(seen.post, seen.answer.file.sha256);
  return await station.db.transaction(async (tx) => {
    const first = await tx
      .insertInto("media_post")
      .values({
        id: seen.answer.id,
        account: seen.account,
        reference: seen.post.reference,
        digest,
        answer: JSON.stringify(seen.answer),
        at: new Date(seen.at).toISOString(),
      })
      .onConflict((conflict) => conflict.columns(["account", "reference"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (first === undefined) {
      const answer = await answeredBefore(tx, seen.account, seen.post.reference, digest);
      if (answer === undefined) throw new Error("a post that is there has an answer");
      return { answer, isKept: false, repeated: true };
    }
    if (seen.answer.action === "nothing") return { answer: seen.answer, isKept: false, repeated: false };
    return await keepMatched(station, tx, seen);
  });
}

async function keepMatched(station: Station, tx: Tx, seen: SeenPost) {
  const state = await noteFile(tx, seen);
  // What a person has left stays left, whoever posts it again: nothing of this post is kept but its answer.
  const answer: MediaAnswer =
    state === "waiting" || state.isNew ? seen.answer : { ...seen.answer, decided: state.decided };
  const isKept = answer.decided !== "leave";
  await noteMatches(tx, seen);
  const kept = isKept ? await placeInMatter(station, tx, seen) : {};
  await tx
    .updateTable("media_post")
    .set({ answer: JSON.stringify(answer), ...kept })
    .where("id", "=", seen.answer.id)
    .execute();
  await recordLeaf(tx, {
    kind: "media.matched",
    at: seen.at,
    actor: `sender:${seen.account}`,
    body: {
      post: seen.answer.id,
      reference: seen.post.reference,
      sha256: seen.answer.file.sha256,
      action: seen.answer.action,
      ...(answer.decided === undefined ? {} : { decided: answer.decided }),
    },
  });
  return { answer, isKept, repeated: false };
}

type FileState = "waiting" | { decided: "report" | "leave"; isNew: boolean };

/** The one row of this very file; a decision that was made about it stands. */
async function noteFile(tx: Tx, { answer, at }: SeenPost): Promise<FileState> {
  const { file, pdq, action } = answer;
  const sha256 = Buffer.from(file.sha256, "hex");
  const isKnown = action === "report";
  const made = await tx
    .insertInto("media_file")
    .values({
      sha256,
      size: file.size,
      sha1: Buffer.from(file.sha1, "hex"),
      md5: Buffer.from(file.md5, "hex"),
      format: file.format ?? null,
      pdq: pdq === undefined ? null : bitsOf(pdq.full.hash),
      pdq_quality: pdq?.full.quality ?? null,
      pdq_exact: pdq?.full.exact ?? null,
      first_at: new Date(at).toISOString(),
      state: isKnown ? "report" : "waiting",
      decided_at: isKnown ? new Date(at).toISOString() : null,
    })
    .onConflict((conflict) => conflict.column("sha256").doNothing())
    .returning("state")
    .executeTakeFirst();
  if (made !== undefined) return isKnown ? { decided: "report", isNew: true } : "waiting";
  const row = await tx
    .selectFrom("media_file")
    .select(["state", "shown_to"])
    .where("sha256", "=", sha256)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.state !== "waiting") return { decided: row.state, isNew: false };
  // A list that needs nobody's eyes has come to know it meanwhile. Whoever has seen it already decides.
  if (!isKnown || row.shown_to !== null) return "waiting";
  await tx
    .updateTable("media_file")
    .set({ state: "report", decided_at: new Date(at).toISOString(), leased_by: null, leased_until: null })
    .where("sha256", "=", sha256)
    .execute();
  return { decided: "report", isNew: true };
}

async function noteMatches(tx: Tx, { answer, at }: SeenPost): Promise<void> {
  const sha256 = Buffer.from(answer.file.sha256, "hex");
  const rows = answer.matches.map((found: FoundMatch) => ({
    sha256,
    bank_id: found.bank,
    entry_key: found.entry,
    found: JSON.stringify(found),
    action: found.action,
    found_at: new Date(at).toISOString(),
  }));
  await tx
    .insertInto("media_match")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["sha256", "bank_id", "entry_key"]).doUpdateSet({
        found: sql`excluded.found`,
        action: sql`excluded.action`,
        found_at: sql`excluded.found_at`,
      }),
    )
    .execute();
}

/** Puts a post into the open matter that it belongs to, or begins one, and sees to it that it is looked at when it is gathered. */
async function placeInMatter(station: Station, tx: Tx, { account, post, object, answer, at }: SeenPost) {
  const key = post.incident === undefined ? `account:${post.account.id}` : `matter:${post.incident}`;
  const incident = await openMatter(tx, account, key, at);
  await recordObjects(tx, [object], at).execute();
  await wakeMatter(station, tx, incident, at);
  return {
    sha256: Buffer.from(answer.file.sha256, "hex"),
    context: JSON.stringify(post),
    object_name: object.name,
    incident_id: incident,
  };
}

/** The open matter of this name, locked; it is made where there is none. */
export async function openMatter(tx: Tx, account: string, key: string, at: number): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into media_incident (id, account, key, opened_at)
    values (${newId(at)}, ${account}, ${key}, ${new Date(at).toISOString()}::timestamptz)
    on conflict (account, key) where ended_at is null do update set key = excluded.key returning id`.execute(
    tx,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("a matter that was made or found has a row");
  return row.id;
}

/** Has somebody look whether a matter can become a report, once its posts are gathered. */
export async function wakeMatter(station: Station, tx: Tx, incidentId: string, at: number): Promise<void> {
  const gatherMs = (station.config.media?.gatherSeconds ?? 0) * 1000;
  await addGatheringJob(tx, "report-media", { incidentId }, incidentId, at + gatherMs);
}

/** 64 hexadecimal digits as the digits of a bit string. */
export function bitsOf(hex: string): string {
  return hex.replaceAll(/./g, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, "0"));
}
