import { createHash } from "node:crypto";
import { step, type RequestRecord, type SuggestedRequest } from "@fairlead/assessment";
import type { Principal } from "../access/index.ts";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import type { EditedRequest, NewRequest, SentRequest } from "../desk-api/request-contract.ts";
import { StationError } from "../errors.ts";
import { addJob } from "../jobs.ts";
import { newId } from "../store/index.ts";
import { holdRequest, moveRequest, stepTime } from "./move.ts";
import { proposals } from "./propose.ts";

const DAY_MS = 86_400_000;

/**
 * Drafts a request from one that the rules propose now. Nothing leaves the station: a person sends it, by whatever way, and says so.
 * @throws StationError `not-found`; `conflict` when the rules do not propose it (any more), or one like it is on its way
 */
export async function draftRequest(
  station: Station,
  reportId: string,
  draft: NewRequest,
  by: Principal,
): Promise<string> {
  const now = station.clock();
  const suggested = (await proposals(station, reportId)).find(({ id }) => id === draft.rule);
  if (suggested === undefined)
    throw new StationError("conflict", "The rules do not propose this request for the report as it stands.", {
      remedy: "Look at the report again: an answer or a claim may have made it needless.",
    });
  const id = newId(now);
  const record = recordOf(station, { id, reportId, suggested, draft });
  await station.db.transaction(async (tx) => {
    const open = await tx
      .insertInto("request")
      .values({
        id,
        report_id: reportId,
        record: JSON.stringify(record),
        proposal: JSON.stringify(proposalOf(suggested)),
        necessity: draft.necessity ?? null,
        state: "drafted",
        drafted_at: new Date(now).toISOString(),
        answer_by: null,
        answerable_until: record.answerableUntil ?? null,
        sent: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (open === undefined)
      throw new StationError("conflict", "The same is being asked already.", {
        remedy: "Go on with the request that the report's page shows, or withdraw it first.",
      });
    const drafted = step("drafted", now, { kind: "person", id: by.id, role: by.role });
    await tx
      .insertInto("request_step")
      .values({ request_id: id, position: 0, step: JSON.stringify(drafted) })
      .execute();
    await recordLeaf(tx, {
      kind: "request.drafted",
      at: now,
      actor: `person:${by.id}`,
      reportId,
      body: { request: id, rule: record.rule, to: record.addressee.role, words: digestOf(draft) },
    });
    if (record.answerableUntil !== undefined)
      await addJob(tx, "lapse-request", { requestId: id }, id, Date.parse(record.answerableUntil));
  });
  return id;
}

function recordOf(
  station: Station,
  {
    id,
    reportId,
    suggested,
    draft,
  }: { id: string; reportId: string; suggested: SuggestedRequest; draft: NewRequest },
): Omit<RequestRecord, "steps"> {
  const { clock, addressee, routes } = suggested;
  const legalRoute = chosenRoute(routes, draft.legalRoute);
  return {
    version: 1,
    id,
    report: reportId as RequestRecord["report"],
    rule: suggested.id,
    ruleVersion: station.rules.version,
    addressee: draft.to === undefined ? addressee : { ...addressee, name: draft.to },
    subject: draft.subject,
    body: draft.body,
    ...(legalRoute === undefined ? {} : { legalRoute }),
    // Data that are gone by what is on file may still be there: asking late is no reason to call the request over.
    ...(clock === undefined || clock.ended ? {} : { answerableUntil: clock.until }),
  };
}

function proposalOf({ askFor, expected, because, routes }: SuggestedRequest) {
  return {
    askFor,
    expected,
    because,
    routes: routes.map(({ id, text, answerWithinDays }) => ({
      id,
      text,
      ...(answerWithinDays === undefined ? {} : { answerWithinDays }),
    })),
  };
}

/** @throws StationError `request.invalid` for a route that was not proposed */
function chosenRoute(routes: readonly { id: string }[], chosen: string | undefined): string | undefined {
  if (chosen === undefined) return routes[0]?.id;
  if (routes.some(({ id }) => id === chosen)) return chosen;
  throw new StationError("request.invalid", "This is not a legal way of asking for it.", {
    remedy: "Choose one of the ways that the request shows.",
    problems: [{ path: "/legalRoute", message: "is not one of the routes that were proposed" }],
  });
}

/**
 * Changes the words of a draft. What has been sent stays as it was sent.
 * @throws StationError `not-found`; `conflict` once it is no draft any more
 */
export async function editRequest(
  station: Station,
  { reportId, requestId }: { reportId: string; requestId: string },
  words: EditedRequest,
  by: Principal,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const { record, proposal } = await holdRequest(tx, requestId, reportId);
    if (record.steps.at(-1)?.to !== "drafted")
      throw new StationError("conflict", "Only a draft can be changed.", {
        remedy: "Withdraw this request and draft another one.",
      });
    const { steps: _, legalRoute: before, ...rest } = record;
    const legalRoute = chosenRoute(proposal.routes, words.legalRoute ?? before);
    const changed: Omit<RequestRecord, "steps"> = {
      ...rest,
      addressee: words.to === undefined ? record.addressee : { ...record.addressee, name: words.to },
      subject: words.subject,
      body: words.body,
      ...(legalRoute === undefined ? {} : { legalRoute }),
    };
    await tx
      .updateTable("request")
      .set({ record: JSON.stringify(changed), necessity: words.necessity ?? null })
      .where("id", "=", requestId)
      .execute();
    await recordLeaf(tx, {
      kind: "request.edited",
      at: now,
      actor: `person:${by.id}`,
      reportId,
      body: { request: requestId, words: digestOf(words) },
    });
  });
}

/** Asked of people outside, who must be told why; a task within the station needs no letter. */
const LETTERS: ReadonlySet<string> = new Set(["sender", "provider", "network-operator", "exchange"]);
const LEAST_NECESSITY = 10;

/**
 * Records that a person has sent a request: from then its clock runs.
 * @throws StationError `not-found`; `conflict`; `request.invalid` without a reason for asking, or for a time still to come
 */
export async function markSent(
  station: Station,
  { reportId, requestId }: { reportId: string; requestId: string },
  sent: SentRequest,
  by: Principal,
): Promise<void> {
  const now = station.clock();
  mustBePast("/at", sent.at, now);
  await station.db.transaction(async (tx) => {
    const { record, proposal, necessity } = await holdRequest(tx, requestId, reportId);
    if (LETTERS.has(record.addressee.role) && (necessity ?? "").trim().length < LEAST_NECESSITY)
      throw new StationError("request.invalid", "The request does not say why it is necessary.", {
        remedy: "Write in the draft why it is necessary and proportionate, then send it.",
        problems: [{ path: "/necessity", message: "is missing or too short" }],
      });
    const at = stepTime(record, now);
    await moveRequest(tx, record, step("sent", at, { kind: "person", id: by.id, role: by.role }), {
      way: sent.way,
      sentAt: sent.at,
      words: digestOf(record),
    });
    const days = proposal.routes.find(({ id }) => id === record.legalRoute)?.answerWithinDays;
    const answerBy =
      days === undefined ? undefined : new Date(Date.parse(sent.at) + days * DAY_MS).toISOString();
    const { steps: _, ...rest } = record;
    await tx
      .updateTable("request")
      .set({
        record: JSON.stringify({ ...rest, ...(answerBy === undefined ? {} : { answerBy }) }),
        sent: JSON.stringify(sent),
        answer_by: answerBy ?? null,
      })
      .where("id", "=", requestId)
      .execute();
  });
}

/**
 * Ends a request without an answer: its addressee refuses, or nobody needs it any more.
 * @param note why, in the words of who says so
 * @throws StationError `not-found`, `conflict`
 */
export async function endRequest(
  station: Station,
  { reportId, requestId }: { reportId: string; requestId: string },
  { to, note }: { to: "refused" | "withdrawn"; note: string },
  by: Principal,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const { record } = await holdRequest(tx, requestId, reportId);
    const person = { kind: "person" as const, id: by.id, role: by.role };
    await moveRequest(tx, record, step(to, stepTime(record, now), person, { note }));
  });
}

/** Clocks of two machines differ; nothing else makes a time lie ahead. */
const TOLERANCE_MS = 60_000;

/** @throws StationError `request.invalid` */
export function mustBePast(path: string, at: string, now: number): void {
  if (Date.parse(at) <= now + TOLERANCE_MS) return;
  throw new StationError("request.invalid", "That time lies in the future.", {
    remedy: "Give the time at which it happened, in UTC.",
    problems: [{ path, message: "lies in the future" }],
  });
}

/** What the log keeps of a request's words: enough to prove them, nothing to read. */
function digestOf({ subject, body }: { subject: string; body: string }): string {
  return createHash("sha256").update(`${subject}\n${body}`).digest("hex");
}
