import { claimsOf, type AnswerRecord, type RequestRecord, step } from "@fairlead/assessment";
import {
  type Event,
  type Evidence,
  parseIp,
  parseMoment,
  type Person,
  type PersonKey,
} from "@fairlead/report";
import { sql } from "kysely";
import type { Principal } from "../access/index.ts";
import { mustBeAbout, reassess } from "../assessment/index.ts";
import type { Station } from "../context.ts";
import type { NewAnswer } from "../desk-api/request-contract.ts";
import { StationError } from "../errors.ts";
import { addJob } from "../jobs.ts";
import { networkClaimsFor } from "../linking/index.ts";
import { insertClaims, newId } from "../store/index.ts";
import { mustBePast } from "./decide.ts";
import { holdRequest, moveRequest, stepTime } from "./move.ts";

/**
 * Takes an answer in: its facts become claims and events beside the report with whoever answered as their source, and the report is
 * assessed again at once. A late one counts as what it is. The job that assesses is in the same transaction, so that a crash
 * between the two loses nothing.
 * @throws StationError `not-found`; `conflict` when the request takes no answer; `request.invalid`
 */
export async function recordAnswer(
  station: Station,
  { reportId, requestId }: { reportId: string; requestId: string },
  given: NewAnswer,
  by: Principal,
): Promise<void> {
  const now = station.clock();
  mustBePast("/receivedAt", given.receivedAt, now);
  const id = newId(now);
  await station.db.transaction(async (tx) => {
    const { record } = await holdRequest(tx, requestId, reportId);
    const { content } = await tx
      .selectFrom("report")
      .select("content")
      .where("id", "=", reportId)
      .executeTakeFirstOrThrow();
    mustBeSayable(record, given, content);
    const answer = answerOf(id, record, given, by);
    const claims = [
      ...claimsOf(record, answer),
      ...(await networkClaimsFor(station, tx, reportId, addressesOf(answer), now)),
    ];
    if (claims.length > 0) await insertClaims(tx, reportId, claims, { at: now }).execute();
    await tx
      .insertInto("request_answer")
      .values({
        id,
        request_id: requestId,
        report_id: reportId,
        record: JSON.stringify(answer),
        received_at: answer.receivedAt,
        recorded_at: new Date(now).toISOString(),
        recorded_by: by.id,
        assessed_before: sql<string>`(select max(id) from assessment where report_id = ${reportId}::uuid)`,
        assessed_after: null,
      })
      .execute();
    const person = { kind: "person" as const, id: by.id, role: by.role };
    const more = { answer: id, ...(given.note === undefined ? {} : { note: given.note }) };
    await moveRequest(
      tx,
      record,
      step(given.whole ? "answered" : "answered-in-part", stepTime(record, now), person, more),
      { answer: id, claims: claims.length, events: answer.events.length },
    );
    await addJob(tx, "settle-answers", { reportId }, reportId);
  });
  await settleAnswers(station, { reportId });
}

/**
 * Assesses a report whose answers have not been assessed yet, and notes for each between which assessments it came. Can be run any
 * number of times.
 */
export async function settleAnswers(station: Station, { reportId }: { reportId: string }): Promise<void> {
  const open = await station.db.kysely
    .selectFrom("request_answer")
    .select("id")
    .where("report_id", "=", reportId)
    .where("assessed_after", "is", null)
    .execute();
  if (open.length === 0) return;
  await reassess(station, reportId);
  await sql`update request_answer
    set assessed_after = (select max(assessment.id) from assessment where assessment.report_id = ${reportId}::uuid)
    where id = any(${open.map(({ id }) => id)}::uuid[]) and assessed_after is null`.execute(
    station.db.kysely,
  );
}

function answerOf(id: string, record: RequestRecord, given: NewAnswer, by: Principal): AnswerRecord {
  return {
    version: 1,
    id,
    request: record.id,
    receivedAt: given.receivedAt,
    provider: given.provider,
    recordedBy: { kind: "person", id: by.id, role: by.role },
    claims: given.claims,
    events: given.events.map(({ person, ...event }) => ({
      ...(person === undefined ? {} : { person: person as PersonKey }),
      event: eventOf(event),
    })),
  };
}

/** An event as the answer has it: its time and address stay as they were written, whatever can be read from them. */
function eventOf({ kind, time, address, port }: Omit<NewAnswer["events"][number], "person">): Event {
  const canonical = address === undefined ? undefined : parseIp(address)?.address;
  return {
    kind,
    ...(time === undefined ? {} : { moment: parseMoment(time) ?? { raw: time, zone: "none" } }),
    ...(address === undefined
      ? {}
      : { ip: { raw: address, ...(canonical === undefined ? {} : { address: canonical }) } }),
    ...(port === undefined ? {} : { port }),
  };
}

function addressesOf({ events }: AnswerRecord): string[] {
  return events.flatMap(({ event }) => event.ip?.address ?? []);
}

/** What somebody outside can say of a report. A category is given and a network is known by this station's own people and tables. */
const ANSWERABLE: ReadonlySet<string> = new Set([
  "flag",
  "industry-grade",
  "hash-match",
  "resolution",
  "account-disabled",
]);

/** @throws StationError `request.invalid` naming what cannot be said */
function mustBeSayable(
  { addressee: { role } }: RequestRecord,
  { claims, events }: NewAnswer,
  report: { persons: Person[]; evidence: Evidence[] },
): void {
  const outside = role === "sender" || role === "provider";
  claims.forEach(({ about, states }, index) => {
    mustBeAbout(report, about);
    const path = `/claims/${index}/states`;
    if (!ANSWERABLE.has(states.kind))
      refuse(path, "is not for an answer to say", "Add it as a claim of your own.");
    // "Viewed" is recorded from what was really viewed (law 3): people here open the file and claim it themselves.
    if (states.kind === "flag" && states.flag === "viewed-in-full" && !outside)
      refuse(path, "is claimed by whoever viewed it", "Open the file here, then claim that you viewed it.");
  });
  events.forEach(({ person }, index) => {
    if (person !== undefined && !report.persons.some(({ key }) => key === person))
      refuse(`/events/${index}/person`, "names no person of this report", "Name one that the page shows.");
  });
}

function refuse(path: string, message: string, remedy: string): never {
  throw new StationError("request.invalid", "This answer cannot be recorded as it is.", {
    remedy,
    problems: [{ path, message }],
  });
}
