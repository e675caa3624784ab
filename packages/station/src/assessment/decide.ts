import type { Assessment } from "@fairlead/assessment";
import type { Claim } from "@fairlead/report";
import { sql } from "kysely";
import type { Principal } from "../access/index.ts";
import { insertLeaves, newLeaf, recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { tierNumber, type Tier } from "../desk-api/words.ts";
import { StationError } from "../errors.ts";
import { addJob, jobCall } from "../jobs.ts";
import { linkReport } from "../linking/index.ts";
import { newId } from "../store/index.ts";
import { reassess } from "./reassess.ts";

/** Adds a person's claim to a report, links and assesses it again at once, so that the page shows what it changed. */
export async function addClaim(
  station: Station,
  reportId: string,
  claim: Pick<Claim, "about" | "states">,
  by: Principal,
): Promise<void> {
  const now = station.clock();
  const { content } = await station.db.kysely
    .selectFrom("report")
    .select("content")
    .where("id", "=", reportId)
    .executeTakeFirstOrThrow();
  mustBeAbout(content, claim.about);
  const id = newId(now);
  const leaf = newLeaf({
    kind: "claim.added",
    at: now,
    actor: `person:${by.id}`,
    reportId,
    body: { claim: id, kind: claim.states.kind },
  });
  await station.db.kysely
    .with("recorded", (db) => insertLeaves(db, [leaf]))
    .insertInto("claim")
    .values({
      id,
      report_id: reportId,
      about: JSON.stringify(claim.about),
      source: JSON.stringify({ kind: "person", id: by.id, role: by.role }),
      states: JSON.stringify(claim.states),
      made_at: new Date(now).toISOString(),
      made_by: by.id,
      from_peer: null,
    })
    // With the claim, so that no crash can come between: it may change what the report's values can do. It is this claim's own job, and
    // another's must not go with it.
    .returning(jobCall("work-up", { reportId }, `${reportId}:${id}`, now + AT_ONCE_MS).as("job"))
    .execute();
  await linkReport(station, reportId);
  await reassess(station, reportId);
  await sql`select graphile_worker.remove_job(${`work-up:${reportId}:${id}`})`.execute(station.db.kysely);
}

/** Whoever adds a claim does at once what it calls for; this long after, somebody else does it if they did not come to the end. */
const AT_ONCE_MS = 15_000;

/** @throws StationError `request.invalid` for a person or a piece of evidence that the report does not have */
export function mustBeAbout(
  report: { persons: Array<{ key: string }>; evidence: Array<{ id: string }> },
  about: Claim["about"],
): void {
  const known =
    about.kind === "person"
      ? report.persons.some((person) => person.key === about.key)
      : about.kind === "evidence"
        ? report.evidence.some((item) => item.id === about.id)
        : true;
  if (known) return;
  throw new StationError("request.invalid", "The claim is about something that the report does not have.", {
    remedy: "Name a person or a piece of evidence that the report's page shows.",
    problems: [{ path: "/about", message: `names no ${about.kind} of this report` }],
  });
}

/**
 * A person's decision that a report is less urgent than the rules say (law 7): it holds until something new fires.
 * @throws StationError `conflict` when it would raise, or there is nothing to lower
 */
export async function lowerUrgency(
  station: Station,
  reportId: string,
  decision: { tier: Tier; reason: string },
  by: Principal,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const row = await tx
      .selectFrom("assessment")
      .select(["tier", "result"])
      .where("report_id", "=", reportId)
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    if (row === undefined || tierNumber(decision.tier) <= row.tier)
      throw new StationError("conflict", `The report is not more urgent than ${decision.tier}.`, {
        remedy: "Choose a lower tier; a higher one follows from facts: add a claim.",
      });
    await tx
      .insertInto("urgency_decision")
      .values({
        id: newId(now),
        report_id: reportId,
        tier: tierNumber(decision.tier),
        reason: decision.reason,
        seen: JSON.stringify((row.result as Assessment).urgency.seen),
        role: by.role,
        decided_by: by.id,
        decided_at: new Date(now).toISOString(),
      })
      .execute();
    await recordLeaf(tx, {
      kind: "urgency.lowered",
      at: now,
      actor: `person:${by.id}`,
      reportId,
      body: { from: row.tier, to: tierNumber(decision.tier), reason: decision.reason },
    });
    // With the decision, so that no crash can come between it and what it changes.
    await addJob(tx, "work-up", { reportId }, reportId);
  });
  await reassess(station, reportId);
}
