import type { Actor, RequestRecord, RequestState, RequestStep } from "./request-record.ts";

/**
 * Where a request may go from each state. A late answer is welcome: a provider may have kept its data for longer than it had to, so
 * `lapsed` is no end. What was answered, refused or withdrawn has ended; whoever wants more asks anew.
 */
export const REQUEST_MOVES: Readonly<Record<RequestState, readonly RequestState[]>> = {
  drafted: ["sent", "withdrawn", "lapsed"],
  sent: ["answered-in-part", "answered", "refused", "lapsed", "withdrawn"],
  "answered-in-part": ["answered-in-part", "answered", "refused", "lapsed", "withdrawn"],
  lapsed: ["answered-in-part", "answered", "refused", "withdrawn"],
  answered: [],
  refused: [],
  withdrawn: [],
};

/** Why a step was refused: what is wrong, and what to do about it. Nothing has changed. */
export interface StepProblem {
  code:
    | "request.ended"
    | "request.not-possible"
    | "request.earlier"
    | "request.no-answer"
    | "request.not-lapsed";
  message: string;
  remedy: string;
}

export type Advanced = { ok: true; record: RequestRecord } | { ok: false; problem: StepProblem };

/**
 * Moves a request on by one step. Pure: the record that came in stays as it is.
 * @param step who moves it to where, and when; its time may not lie before the last step's
 */
export function advance(record: RequestRecord, step: RequestStep): Advanced {
  const problem = problemOf(record, step);
  if (problem !== undefined) return { ok: false, problem };
  return { ok: true, record: { ...record, steps: [...record.steps, step] } };
}

function problemOf(record: RequestRecord, { to, at, answer }: RequestStep): StepProblem | undefined {
  const last = lastStep(record);
  const from = last.to;
  if (REQUEST_MOVES[from].length === 0)
    return {
      code: "request.ended",
      message: `The request has ended: it is ${from}.`,
      remedy: "Draft a new request.",
    };
  if (!REQUEST_MOVES[from].includes(to))
    return {
      code: "request.not-possible",
      message: `A request that is ${from} cannot become ${to}.`,
      remedy: `From here it can become ${REQUEST_MOVES[from].join(", ")}.`,
    };
  if (Date.parse(at) < Date.parse(last.at))
    return {
      code: "request.earlier",
      message: `The step is dated ${at}, before the last one (${last.at}).`,
      remedy: "Give the time at which the step was taken, by the station's clock.",
    };
  if ((to === "answered" || to === "answered-in-part") && answer === undefined)
    return {
      code: "request.no-answer",
      message: "An answer was reported without the answer.",
      remedy: "Record the answer first and name it here.",
    };
  if (to === "lapsed" && !hasRunOut(record, Date.parse(at)))
    return {
      code: "request.not-lapsed",
      message: "The request can still be answered.",
      remedy: "Withdraw it if no answer is wanted any more.",
    };
  return undefined;
}

/** A step that says only who, when and where to. */
export function step(
  to: RequestState,
  at: number,
  by: Actor,
  more: Pick<RequestStep, "answer" | "note"> = {},
): RequestStep {
  return { to, at: new Date(at).toISOString(), by, ...more };
}

/**
 * Where a request stands at a time: its last step, or `lapsed` where it waits for an answer that can no longer come. Nobody has to
 * record a lapse for it to be seen.
 * @param now milliseconds since 1970
 */
export function stateAt(record: RequestRecord, now: number): RequestState {
  const { to } = lastStep(record);
  return REQUEST_MOVES[to].includes("lapsed") && hasRunOut(record, now) ? "lapsed" : to;
}

/** Whether an answer is owed by law and has not come in time. A request that has lapsed is not overdue any more: it is over. */
export function isOverdue(record: RequestRecord, now: number): boolean {
  const state = stateAt(record, now);
  const waits = state === "sent" || state === "answered-in-part";
  return waits && record.answerBy !== undefined && Date.parse(record.answerBy) < now;
}

/** The next moment at which the clock alone changes where a request stands; `undefined` where none does. */
export function requestChangesAt(record: RequestRecord, now: number): number | undefined {
  const { to } = lastStep(record);
  if (record.answerableUntil === undefined || !REQUEST_MOVES[to].includes("lapsed")) return undefined;
  const ends = Date.parse(record.answerableUntil);
  return ends > now ? ends : undefined;
}

function hasRunOut({ answerableUntil }: RequestRecord, now: number): boolean {
  return answerableUntil !== undefined && Date.parse(answerableUntil) <= now;
}

function lastStep({ steps, id }: RequestRecord): RequestStep {
  const last = steps.at(-1);
  if (last === undefined)
    throw new Error(`request ${id}: it has no step; a record begins with "drafted" (requestRecordSchema)`);
  return last;
}
