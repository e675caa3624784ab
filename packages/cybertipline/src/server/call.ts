/** One request that has passed the door: who asks, and what an endpoint may use to answer. */
import type { IncomingMessage } from "node:http";
import type { ReportNumber } from "../document/scalars.ts";
import type { ResponseCodeName } from "../responses/codes.ts";
import type { RuleMode } from "../rules/options.ts";
import { MAX_BYTES } from "../xml/limits.ts";
import { Refused } from "./answer.ts";
import { type BodyLimits, collectBody } from "./body.ts";
import type { RandomBytes } from "./file-id.ts";
import type { ServerLimits } from "./limits.ts";
import type { Account, Refusal, ServerStore } from "./store.ts";

/** Milliseconds since 1970. */
export type Clock = () => number;

export interface Settings {
  readonly store: ServerStore;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly turn: () => Promise<unknown>;
  /** Where documentation and real clients differ: `strict` insists on the documentation. */
  readonly mode: RuleMode;
  readonly limits: ServerLimits;
  readonly remoteAddress: (req: IncomingMessage) => string;
}

export interface Call extends Settings {
  readonly req: IncomingMessage;
  readonly account: Account;
}

/** The lower-case media type, without parameters; empty if the client gave none. */
export function mediaTypeOf(req: IncomingMessage): string {
  return (req.headers["content-type"]?.split(";", 1)[0] ?? "").trim().toLowerCase();
}

export function bodyLimits({ limits }: Settings, maxBytes: number, totalMs: number): BodyLimits {
  return { ...limits, maxBytes, totalMs };
}

/**
 * The body of `/submit` and `/fileinfo`. Every content type passes, because real clients send `text/plain` or none, but
 * not a form: there the document would hide in a field.
 */
export async function readDocument(call: Call): Promise<Uint8Array> {
  if (/^multipart\/|^application\/x-www-form-urlencoded$/.test(mediaTypeOf(call.req))) {
    throw new Refused("invalidRequest", {
      httpStatus: 415,
      detail: "Send the XML document itself as the body, with Content-Type: text/xml; charset=utf-8.",
    });
  }
  return collectBody(call.req, bodyLimits(call, MAX_BYTES, call.limits.documentTotalMs));
}

const GONE = [
  "reportDoesNotExist",
  "You have no report with this number. An unfinished report is deleted 24 hours after /submit, or one hour after its last upload or file details if that is later. Open a new one with /submit.",
] as const;

/** One answer for three: nobody learns from it which numbers other platforms' reports have. */
const STANDING_ANSWERS: Readonly<Record<Refusal["kind"], readonly [ResponseCodeName, string]>> = {
  unknown: GONE,
  foreign: GONE,
  expired: GONE,
  retracted: ["alreadyRetracted", "Open a new report with /submit."],
  finished: [
    "alreadyFinished",
    "It can no longer be changed. To add to it, submit another report that names this number in priorCTReports.",
  ],
};

/** The answer to a call that comes too late, too early, or for somebody else's report. */
export function refuseStanding(refusal: Refusal, reportId: ReportNumber): Refused {
  const [code, detail] = STANDING_ANSWERS[refusal.kind];
  return new Refused(code, { reportId, detail });
}
