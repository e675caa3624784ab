import {
  addStep,
  type Conflict,
  type ConflictStep,
  standingOf,
  type StepRefusal,
} from "@fairlead/assessment/deconfliction";
import type { Transaction } from "kysely";
import type { Principal } from "../access/index.ts";
import { recordLeaves } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { Tables } from "../store/tables.ts";

/** Stores new conflicts with a leaf each; one that is here already (an answer that came twice) changes nothing. */
export async function keepConflicts(
  tx: Transaction<Tables>,
  { year, now }: { year: number; now: number },
  found: ReadonlyArray<{ conflict: Conflict; token: string }>,
): Promise<void> {
  if (found.length === 0) return;
  const fresh = await tx
    .insertInto("conflict")
    .values(
      found.map(({ conflict, token }) => ({
        id: conflict.id,
        report_id: conflict.matter,
        peer_id: conflict.peer,
        year,
        token,
        query: conflict.query,
        side: conflict.side,
        content: JSON.stringify(conflict),
        opened_at: conflict.openedAt,
        released_at: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(["peer_id", "query", "token", "side"]).doNothing())
    .returning(["id", "report_id", "peer_id", "query"])
    .execute();
  await recordLeaves(
    tx,
    fresh.map((row) => ({
      kind: "deconfliction.hit",
      at: now,
      actor: `peer:${row.peer_id}`,
      reportId: row.report_id,
      body: { conflict: row.id, query: row.query },
    })),
  );
}

/** What a person does about what stands between this station and a peer over a report. */
export type Decision =
  | { kind: "taken"; note?: string | undefined }
  | { kind: "contacted"; note?: string | undefined }
  | { kind: "handed-over"; to: string; note?: string | undefined }
  | { kind: "extended"; until: string; note: string }
  | {
      kind: "released";
      how: Extract<ConflictStep, { kind: "released" }>["how"];
      note: string;
    };

const REFUSED: Record<StepRefusal, string> = {
  "released-already": "It has been released already.",
  "before-the-last-step": "Something was noted later than this.",
  "shorter-deadline": "The new time is not after the present one.",
  "too-many-extensions": "It has been put off three times; somebody must decide.",
  "too-many-steps": "It has as many steps as it can hold; release it.",
};

function refused(why: StepRefusal): StationError {
  return new StationError("conflict", REFUSED[why], {
    remedy: "Load the page again and look at what stands there.",
  });
}

/**
 * Adds a person's step to every open conflict with a peer that the report shares in, each with its leaf. More time is for those that
 * are due before it.
 * @throws StationError `not-found` when nothing is open, `request.invalid`, `conflict`
 */
export async function decideConflicts(
  station: Station,
  { reportId, peerId }: { reportId: string; peerId: string },
  decision: Decision,
  by: Principal,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const step = await stepOf(tx, decision, by, now);
    const rows = await tx
      .selectFrom("conflict")
      .select(["id", "report_id", "content"])
      .where("peer_id", "=", peerId)
      .where("released_at", "is", null)
      .where((eb) =>
        eb.or([
          eb("report_id", "=", reportId),
          eb.exists(
            eb
              .selectFrom("deconfliction_holder")
              .select("deconfliction_holder.token")
              .where("deconfliction_holder.report_id", "=", reportId)
              .whereRef("deconfliction_holder.peer_id", "=", "conflict.peer_id")
              .whereRef("deconfliction_holder.year", "=", "conflict.year")
              .whereRef("deconfliction_holder.token", "=", "conflict.token"),
          ),
        ]),
      )
      .orderBy("id")
      .forUpdate()
      .execute();
    if (rows.length === 0)
      throw new StationError("not-found", "Nothing is open between this station and that one here.", {
        remedy: "Load the page again: somebody may have released it.",
      });
    const moved: typeof rows = [];
    for (const row of rows) {
      const { id, content } = row;
      const added = addStep(content, step);
      if ("refused" in added) {
        // What is due later anyway stays so: the person sees one deadline, the earliest.
        if (added.refused === "shorter-deadline") continue;
        throw refused(added.refused);
      }
      moved.push(row);
      await tx
        .updateTable("conflict")
        .set({
          content: JSON.stringify(added.conflict),
          released_at: standingOf(added.conflict, now).state === "released" ? step.at : null,
        })
        .where("id", "=", id)
        .execute();
    }
    if (moved.length === 0) throw refused("shorter-deadline");
    await recordLeaves(
      tx,
      moved.map((row) => ({
        kind: "deconfliction.step",
        at: now,
        actor: `person:${by.id}`,
        reportId: row.report_id,
        body: { conflict: row.id, step: step.kind, ...(step.kind === "released" ? { how: step.how } : {}) },
      })),
    );
  });
}

async function stepOf(
  tx: Transaction<Tables>,
  decision: Decision,
  by: Principal,
  now: number,
): Promise<ConflictStep> {
  const base = { at: new Date(now).toISOString(), by: { id: by.id, role: by.role } };
  const note = decision.note === undefined ? {} : { note: decision.note };
  switch (decision.kind) {
    case "taken":
      return { kind: "handed-over", to: base.by, ...base, ...note };
    case "contacted":
      return { kind: "contacted", ...base, ...note };
    case "handed-over": {
      const to = await tx
        .selectFrom("person")
        .select(["id", "role"])
        .where("id", "=", decision.to)
        .where("disabled_at", "is", null)
        .executeTakeFirst();
      if (to !== undefined) return { kind: "handed-over", to, ...base, ...note };
      throw new StationError("request.invalid", "Nobody of that name works here.", {
        remedy: "Choose somebody who does.",
        problems: [{ path: "/to", message: "is nobody of this station" }],
      });
    }
    case "extended":
      return { kind: "extended", until: decision.until, ...base, note: decision.note };
    case "released":
      return { kind: "released", how: decision.how, ...base, note: decision.note };
  }
}
