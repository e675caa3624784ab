import { type HoldKind, type HoldProblem, holdProblem, type HoldStep } from "@fairlead/assessment";
import type { Transaction } from "kysely";
import type { Principal } from "../access/index.ts";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { countKeeping } from "./count.ts";
import { type HoldRow, readKeeping, stepsOf } from "./facts.ts";
import { chosenOf } from "./linked.ts";
import { type LastDay, type SaidUntil, untilOf } from "./last-day.ts";

/** A hold that a person places. Without a last day it stands until somebody releases it. */
export interface NewHold {
  kind: HoldKind;
  authority: string;
  reference?: string | undefined;
  reason: string;
  lastDay?: LastDay | undefined;
  /** Reports that strong links join to it and that are to be kept as well. */
  also?: string[] | undefined;
}

interface OfHold {
  reportId: string;
  holdId: string;
}

/**
 * Places a hold: from now nothing of the report may be erased until it ends. Of the reports that strong links join to it, those that the
 * person chose get a hold of their own in the same transaction, that says what links them; none is ever held unasked.
 * @returns the hold on the report itself
 * @throws StationError `not-found`; `request.invalid` for a last day that is over; `conflict` for a chosen one that is not linked
 */
export async function placeHold(
  station: Station,
  reportId: string,
  hold: NewHold,
  by: Principal,
): Promise<string> {
  const now = station.clock();
  const said = untilOf(hold.lastDay);
  mustBePossible(holdProblem([], { to: "placed", at: now, until: untilMs(said) }));
  const linked = await chosenOf(station, reportId, hold.also ?? []);
  return await station.db.transaction(async (tx) => {
    const place = async (on: string, reason: string) => {
      const id = newId(now);
      await tx
        .insertInto("hold")
        .values({
          id,
          report_id: on,
          kind: hold.kind,
          authority: hold.authority,
          reference: hold.reference ?? null,
          placed_by: by.id,
          until: said.until,
        })
        .execute();
      await write(station, tx, { reportId: on, holdId: id }, { to: "placed", reason, said, now, by });
      return id;
    };
    const { number } = await tx
      .selectFrom("report")
      .select("number")
      .where("id", "=", reportId)
      .executeTakeFirst()
      .then((row) => row ?? { number: "" });
    const placed = await place(reportId, hold.reason);
    for (const { report, why } of linked)
      await place(report, `${hold.reason} Placed with report ${number}: ${why.join("; ")}`);
    return placed;
  });
}

/**
 * Lets a hold run longer, up to a later day or without an end.
 * @throws StationError `not-found`; `conflict` when it is over or would end no later; `request.invalid`
 */
export async function extendHold(
  station: Station,
  of: OfHold,
  { reason, lastDay }: { reason: string; lastDay?: LastDay | undefined },
  by: Principal,
): Promise<void> {
  const now = station.clock();
  const said = untilOf(lastDay);
  await station.db.transaction(async (tx) => {
    const steps = stepsOf(await lockHold(tx, of));
    mustBePossible(holdProblem(steps, { to: "extended", at: now, until: untilMs(said) }));
    await tx.updateTable("hold").set({ until: said.until }).where("id", "=", of.holdId).execute();
    await write(station, tx, of, { to: "extended", reason, said, now, by });
  });
}

/**
 * Ends a hold before its time. Whoever placed it does not release it: it takes two persons.
 * @throws StationError `not-found`, `conflict`
 */
export async function releaseHold(
  station: Station,
  of: OfHold,
  { reason }: { reason: string },
  by: Principal,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const hold = await lockHold(tx, of);
    mustBePossible(holdProblem(stepsOf(hold), { to: "released", at: now }));
    if (hold.placedBy === by.id)
      throw new StationError("conflict", "You placed this hold, so somebody else releases it.", {
        remedy: "Ask another lead to read why it was placed and to release it.",
      });
    const at = new Date(now).toISOString();
    await tx.updateTable("hold").set({ released_at: at }).where("id", "=", of.holdId).execute();
    await write(station, tx, of, { to: "released", reason, said: untilOf(undefined), now, by });
  });
}

interface Written {
  to: HoldStep["to"];
  reason: string;
  said: SaidUntil;
  now: number;
  by: Principal;
}

/** The step, its leaf and what it changes, in the caller's transaction. The log keeps who and until when, never the words. */
async function write(
  station: Station,
  tx: Transaction<Tables>,
  { reportId, holdId }: OfHold,
  { to, reason, said, now, by }: Written,
): Promise<void> {
  const { count } = await tx
    .selectFrom("hold_step")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("hold_id", "=", holdId)
    .executeTakeFirstOrThrow();
  const at = new Date(now).toISOString();
  await tx
    .insertInto("hold_step")
    .values({ hold_id: holdId, position: Number(count), moved: to, at, by: by.id, reason, ...said })
    .execute();
  const body = { hold: holdId, ...(to === "released" ? {} : { until: said.until }) };
  await recordLeaf(tx, { kind: `hold.${to}`, at: now, actor: `person:${by.id}`, reportId, body });
  await countKeeping(station, tx, reportId);
}

/** A hold of a report, locked. @throws StationError `not-found` */
async function lockHold(tx: Transaction<Tables>, { reportId, holdId }: OfHold): Promise<HoldRow> {
  await tx.selectFrom("hold").select("id").where("id", "=", holdId).forUpdate().execute();
  const found = (await readKeeping(tx, reportId)).holds.find(({ id }) => id === holdId);
  if (found !== undefined) return found;
  throw new StationError("not-found", "This report has no such hold.", {
    remedy: "Go back to the report and choose one that its page shows.",
  });
}

function untilMs({ until }: SaidUntil): number | null {
  return until === null ? null : Date.parse(until);
}

const PROBLEMS: Record<HoldProblem, { message: string; remedy: string }> = {
  "hold.first": { message: "A hold begins by being placed.", remedy: "Place a hold." },
  "hold.released": {
    message: "This hold was released already.",
    remedy: "Look at the report again; place another hold if it must be kept.",
  },
  "hold.over": {
    message: "This hold has ended.",
    remedy: "Place another hold if it must be kept.",
  },
  "hold.shorter": {
    message: "That would not be longer than the hold runs now.",
    remedy: "Choose a later last day. What ends a hold early is its release.",
  },
  "hold.past": {
    message: "That last day is over already.",
    remedy: "Choose a last day that is still to come.",
  },
};

/** @throws StationError `conflict`; `request.invalid` for a last day that is over */
function mustBePossible(problem: HoldProblem | undefined): void {
  if (problem === undefined) return;
  const { message, remedy } = PROBLEMS[problem];
  throw new StationError(problem === "hold.past" ? "request.invalid" : "conflict", message, { remedy });
}
