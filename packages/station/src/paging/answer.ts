import { sql } from "kysely";
import type { Principal } from "../access/index.ts";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";

/** The report that a page is about: who may see it decides who may answer. Null where it is about none. @throws StationError `not-found` */
export async function reportOfPage(station: Station, pageId: string): Promise<string | null> {
  const page = await station.db.kysely
    .selectFrom("page")
    .select("report_id")
    .where("id", "=", pageId)
    .executeTakeFirst();
  if (page !== undefined) return page.report_id;
  throw new StationError("not-found", "This station has no such page.", { remedy: "Go back to the pages." });
}

/**
 * A person answers a page and has it from then on. Nobody else is called any more. Answering one's own again changes nothing.
 * @throws StationError `conflict` when somebody else was first
 */
export async function acknowledgePage(station: Station, pageId: string, by: Principal): Promise<void> {
  const now = station.clock();
  const at = new Date(now).toISOString();
  await station.db.transaction(async (tx) => {
    const answered = await tx
      .updateTable("page")
      .set({ acknowledged_by: by.id, acknowledged_at: at, owner: by.id, owned_since: at })
      .where("id", "=", pageId)
      .where("acknowledged_at", "is", null)
      .where("ended_at", "is", null)
      .returning(["report_id", "raised_at"])
      .executeTakeFirst();
    if (answered === undefined) {
      const { owner, name } = await tx
        .selectFrom("page")
        .leftJoin("person", "person.id", "page.owner")
        .select(["page.owner", "person.name"])
        .where("page.id", "=", pageId)
        .executeTakeFirstOrThrow();
      if (owner === by.id) return;
      if (owner === null)
        throw new StationError("conflict", "What this page was about is over, or others are called by now.", {
          remedy: "Look at the pages again.",
        });
      throw new StationError("conflict", `${name} has answered this page.`, {
        remedy: "Speak with them; if you have it from now on, take it over.",
      });
    }
    await tx
      .updateTable("page_call")
      .set({ state: "ended" })
      .where("page_id", "=", pageId)
      .where("state", "=", "intended")
      .execute();
    const seconds = Math.round((now - Date.parse(answered.raised_at)) / 1000);
    await recordLeaf(tx, {
      kind: "page.acknowledged",
      at: now,
      actor: `person:${by.id}`,
      reportId: answered.report_id ?? undefined,
      body: { page: pageId, seconds },
    });
  });
}

/**
 * A person takes over a page that somebody has answered.
 * @throws StationError `conflict` when nobody has answered it yet
 */
export async function takeOverPage(station: Station, pageId: string, by: Principal): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const before = await tx
      .selectFrom("page")
      .select(["report_id", "owner"])
      .where("id", "=", pageId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (before.owner === by.id) return;
    if (before.owner === null)
      throw new StationError("conflict", "Nobody has answered this page yet.", {
        remedy: "Answer it: then you have it.",
      });
    await tx
      .updateTable("page")
      .set({ owner: by.id, owned_since: sql`${new Date(now).toISOString()}::timestamptz` })
      .where("id", "=", pageId)
      .execute();
    await recordLeaf(tx, {
      kind: "page.taken-over",
      at: now,
      actor: `person:${by.id}`,
      reportId: before.report_id ?? undefined,
      body: { page: pageId, from: before.owner },
    });
  });
}
