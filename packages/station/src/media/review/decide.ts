import { sql, type Transaction } from "kysely";
import type { Principal } from "../../access/index.ts";
import { recordLeaf } from "../../audit/index.ts";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import type { Tables } from "../../store/tables.ts";
import { wakeMatter } from "../keep-post.ts";
import { nearCopies } from "./item.ts";
import { notYours } from "./turn.ts";

type Tx = Transaction<Tables>;

/**
 * A still picture has been viewed in full when all of it was to be seen for this long: less is a glimpse. Chosen: the eye takes some
 * three fixations of a third of a second to take a picture in.
 */
const WHOLE_MS = 1000;
/** Formats of which one sight is all there is. What moves is not viewed in full by looking at it. */
const STILL = new Set(["jpeg", "png", "tiff", "avif"]);

export interface MediaDecision {
  decision: "report" | "leave";
  /** The industry's scale, where the person gives one. */
  grade?: "A1" | "A2" | "B1" | "B2" | undefined;
  note?: string | undefined;
  /** Near copies that the person decides with it, without looking at each. */
  alsoFor: readonly string[];
}

/**
 * A person's decision about a file in their hands, for all who have posted it and will: with its leaf, and what follows from it as
 * jobs, in one transaction (law 7). What was viewed is not said by the person but taken from what the viewer recorded (law 3).
 * @throws StationError `conflict` where it is not in their hands, or one of the near copies is in somebody's
 */
export async function decideMedia(
  station: Station,
  sha256: string,
  decision: MediaDecision,
  by: Principal,
): Promise<void> {
  const now = station.clock();
  const key = Buffer.from(sha256, "hex");
  const also = [...new Set(decision.alsoFor)].filter((each) => each !== sha256);
  const objects = await station.db.transaction(async (tx) => {
    const row = await tx
      .selectFrom("media_file")
      .selectAll()
      .where("sha256", "=", key)
      .where("state", "=", "waiting")
      .where("leased_by", "=", by.id)
      .where("leased_until", ">", new Date(now).toISOString())
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw notYours();
    const viewed = await wasViewedInFull(tx, key, row.format, by);
    await settle(tx, [key], { decision, by, now, like: null, viewed });
    const near = await nearOnes(
      station,
      tx,
      { sha256: key, pdq: row.pdq, quality: row.pdq_quality },
      also,
      now,
    );
    await settle(tx, near, { decision, by, now, like: key, viewed: false });
    const all = [key, ...near];
    await wakeMatters(station, tx, all, now);
    await recordLeaf(tx, {
      kind: "media.decided",
      at: now,
      actor: `person:${by.id}`,
      body: {
        sha256,
        decision: decision.decision,
        viewedInFull: viewed,
        grade: decision.grade ?? null,
        alsoFor: near.map((each) => each.toString("hex")),
      },
    });
    return decision.decision === "leave" ? await letGo(tx, all) : [];
  });
  // After the commit: what a crash leaves here, the sweep of orphans takes.
  for (const name of objects) await station.vault.remove(name);
}

async function wasViewedInFull(
  tx: Tx,
  sha256: Buffer,
  format: string | null,
  by: Principal,
): Promise<boolean> {
  if (format === null || !STILL.has(format)) return false;
  const look = await tx
    .selectFrom("media_look")
    .select("id")
    .where("sha256", "=", sha256)
    .where("person_id", "=", by.id)
    .where("whole_ms", ">=", String(WHOLE_MS))
    .executeTakeFirst();
  return look !== undefined;
}

/** The near copies that the person named, locked; each must still wait, untouched. */
async function nearOnes(
  station: Station,
  tx: Tx,
  file: { sha256: Buffer; pdq: string | null; quality: number | null },
  also: readonly string[],
  now: number,
): Promise<Buffer[]> {
  if (also.length === 0) return [];
  const offered = new Set((await nearCopies(station, file, now)).map(({ sha256 }) => sha256));
  const rows = await tx
    .selectFrom("media_file")
    .select("sha256")
    .where(
      "sha256",
      "in",
      also.map((each) => Buffer.from(each, "hex")),
    )
    .where("state", "=", "waiting")
    .where("shown_to", "is", null)
    .where((eb) => eb.or([eb("leased_by", "is", null), eb("leased_until", "<", new Date(now).toISOString())]))
    .orderBy("sha256")
    .forUpdate()
    .execute();
  if (rows.length === also.length && also.every((each) => offered.has(each)))
    return rows.map(({ sha256 }) => sha256);
  throw new StationError(
    "conflict",
    "One of the near copies is in somebody's hands, or is decided already.",
    {
      audience: "reviewer",
      remedy: "Look at the page again: it shows the copies that still wait. Nothing was decided.",
    },
  );
}

interface Settled {
  decision: MediaDecision;
  by: Principal;
  now: number;
  like: Buffer | null;
  viewed: boolean;
}

async function settle(
  tx: Tx,
  files: readonly Buffer[],
  { decision, by, now, like, viewed }: Settled,
): Promise<void> {
  if (files.length === 0) return;
  await tx
    .updateTable("media_file")
    .set({
      state: decision.decision,
      leased_by: null,
      leased_until: null,
      decided_at: new Date(now).toISOString(),
      decided_by: by.id,
      decided_like: like,
      viewed_in_full: viewed,
      grade: decision.decision === "report" ? (decision.grade ?? null) : null,
      note: decision.note ?? null,
    })
    .where("sha256", "in", [...files])
    .execute();
}

async function wakeMatters(station: Station, tx: Tx, files: readonly Buffer[], now: number): Promise<void> {
  const matters = await tx
    .selectFrom("media_post")
    .innerJoin("media_incident", "media_incident.id", "media_post.incident_id")
    .select("media_incident.id")
    .distinct()
    .where("media_post.sha256", "in", [...files])
    .where("media_incident.ended_at", "is", null)
    .execute();
  for (const { id } of matters) await wakeMatter(station, tx, id, now);
}

/** What a person has left is nobody's evidence: its bytes go. */
async function letGo(tx: Tx, files: readonly Buffer[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`with post as (
      select id, object_name from media_post where sha256 = any(${[...files]}::bytea[]) and object_name is not null
    ), freed as (
      update media_post set object_name = null from post where media_post.id = post.id
    ) select object_name as name from post`.execute(tx);
  const names = rows.map(({ name }) => name);
  if (names.length > 0) await tx.deleteFrom("vault_object").where("name", "in", names).execute();
  return names;
}
