import { insertLeaves, newLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { newId } from "../store/index.ts";
import type { Principal } from "./policy.ts";

/** Leave lasts for one look. */
const LOOK_MINUTES = 15;
const iso = (ms: number) => new Date(ms).toISOString();

export interface Look {
  id: string;
  expiresAt: string;
}

/**
 * Gives a person leave to look at a file that a platform posted and that is in their hands, and records it. From now on it is theirs
 * alone: a distinct file is shown to one person.
 * @throws StationError `conflict` for a file that is in other hands, was decided, or whose bytes are not here
 */
export async function grantLook(station: Station, sha256: string, to: Principal): Promise<Look> {
  const now = station.clock();
  const [id, key, expires] = [newId(now), Buffer.from(sha256, "hex"), iso(now + LOOK_MINUTES * 60_000)];
  return await station.db.transaction(async (tx) => {
    const held = await tx
      .updateTable("media_file")
      .set({ shown_to: to.id, shown_at: iso(now), leased_until: expires })
      .where("sha256", "=", key)
      .where("state", "=", "waiting")
      .where("leased_by", "=", to.id)
      .where("leased_until", ">", iso(now))
      .where((eb) => eb.or([eb("shown_to", "is", null), eb("shown_to", "=", to.id)]))
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom("media_post")
            .select("media_post.id")
            .whereRef("media_post.sha256", "=", "media_file.sha256")
            .where("media_post.object_name", "is not", null),
        ),
      )
      .returning("sha256")
      .executeTakeFirst();
    if (held === undefined)
      throw new StationError("conflict", "This file is not in your hands any more.", {
        audience: "reviewer",
        remedy: "Take the next file.",
      });
    await tx
      .insertInto("media_look")
      .values({
        id,
        sha256: key,
        person_id: to.id,
        granted_at: iso(now),
        expires_at: expires,
        opened_at: null,
        last_seen_at: null,
      })
      .execute();
    await insertLeaves(tx, [
      newLeaf({
        kind: "evidence.grant",
        at: now,
        actor: `person:${to.id}`,
        body: { grant: id, sha256, purpose: "review-media" },
      }),
    ]).execute();
    return { id, expiresAt: expires };
  });
}

/**
 * Opens a file under such leave. The leaf of this opening is in a signed checkpoint on disk before the first byte is decrypted (law 6).
 * @throws StationError `grant.expired`, the same for leave that is unknown, somebody else's or over; `log.unavailable`
 */
export async function openLook(
  station: Station,
  lookId: string,
  by: Principal,
): Promise<{ bytes: AsyncIterable<Uint8Array>; size: number; format: string | undefined }> {
  const now = station.clock();
  const row = await station.db.kysely
    .selectFrom("media_look")
    .innerJoin("media_file", "media_file.sha256", "media_look.sha256")
    .innerJoin("media_post", "media_post.sha256", "media_look.sha256")
    .select(["media_file.sha256", "media_file.size", "media_file.format", "media_post.object_name"])
    .where("media_look.id", "=", lookId)
    .where("media_look.person_id", "=", by.id)
    .where("media_look.expires_at", ">", iso(now))
    .where("media_post.object_name", "is not", null)
    .orderBy("media_post.at")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined || row.object_name === null)
    throw new StationError("grant.expired", "This leave to look is over, or is not yours.", {
      remedy: "Open the file again from the page of the review.",
    });
  const leaf = newLeaf({
    kind: "evidence.opening",
    at: now,
    actor: `person:${by.id}`,
    body: { grant: lookId, sha256: row.sha256.toString("hex"), purpose: "review-media" },
  });
  await insertLeaves(station.db.kysely, [leaf]).execute();
  await station.audit.covered(leaf.facts.id);
  await station.db.kysely
    .updateTable("media_look")
    .set({ opened_at: iso(station.clock()) })
    .where("id", "=", lookId)
    .where("opened_at", "is", null)
    .execute();
  return {
    bytes: station.vault.decrypt(row.object_name),
    size: Number(row.size),
    format: row.format ?? undefined,
  };
}
