import { z } from "zod";
import {
  claimSourceSchema,
  claimTargetSchema,
  claimSchema,
  eventSchema,
  personKeySchema,
  reportIdSchema,
} from "@fairlead/report";

/** Who is asked. `own-station` and `trained-staff` are asked by a task and not by a letter. */
export const addresseeSchema = z.strictObject({
  role: z.enum(["own-station", "trained-staff", "sender", "provider", "network-operator", "exchange"]),
  /** The name of the organisation, where the report says it. */
  name: z.string().min(1).max(255).optional(),
});
export type Addressee = z.infer<typeof addresseeSchema>;

/** Where a request stands. `lapsed`: the time in which it could be answered is over. */
export const REQUEST_STATES = [
  "drafted",
  "sent",
  "answered-in-part",
  "answered",
  "refused",
  "lapsed",
  "withdrawn",
] as const;
export const requestStateSchema = z.enum(REQUEST_STATES);
export type RequestState = z.infer<typeof requestStateSchema>;

/** Who moved a request on: a person, or the station for what it sees by itself. */
export const actorSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("person"),
    id: z.string().min(1).max(64),
    role: z.string().min(1).max(64),
  }),
  z.strictObject({ kind: z.literal("station"), id: z.string().min(1).max(64) }),
]);
export type Actor = z.infer<typeof actorSchema>;

/** One move of a request, with who and when (UTC). */
export const requestStepSchema = z.strictObject({
  to: requestStateSchema,
  at: z.iso.datetime(),
  by: actorSchema,
  /** The answer that came, for `answered-in-part` and `answered`. */
  answer: z.uuid().optional(),
  /** In the words of who moved it: why refused, why withdrawn. */
  note: z.string().min(1).max(3000).optional(),
});
export type RequestStep = z.infer<typeof requestStepSchema>;

/**
 * A question to somebody who could raise a report's level. It stands beside the report and is never altered: each step is added, and
 * where it stands is what its last step says (`stateAt` also reads the clock).
 */
export const requestRecordSchema = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  report: reportIdSchema,
  /** The rule that proposed it, such as `source-port`, and the version of the rules. */
  rule: z.string().min(1).max(64),
  ruleVersion: z.string().min(1).max(64),
  addressee: addresseeSchema,
  /** What is asked, as it was or will be sent; a person may have changed the template's words. */
  subject: z.string().min(1).max(300),
  body: z.string().min(1).max(20_000),
  /** The legal route by its id in the rules, such as `gb-provider-request`. */
  legalRoute: z.string().min(1).max(64).optional(),
  /** By when the law wants an answer (UTC), counted from sending; absent where no law says. */
  answerBy: z.iso.datetime().optional(),
  /** Until when it can be answered at all (UTC); absent where nobody knows. */
  answerableUntil: z.iso.datetime().optional(),
  steps: z.array(requestStepSchema).min(1).max(1000),
});
export type RequestRecord = z.infer<typeof requestRecordSchema>;

/**
 * What came back. `claims` are what the provider states about the same report, `events` what it says happened besides: both stand
 * beside the report with the provider as their source, and change nothing in it.
 */
export const answerRecordSchema = z.strictObject({
  version: z.literal(1),
  id: z.uuid(),
  request: z.uuid(),
  /** When it came (UTC). */
  receivedAt: z.iso.datetime(),
  /** Who answers, as they named themselves. */
  provider: z.string().min(1).max(255),
  /** Who at this station read it in; an operator's answer counts by this person's or station's word. */
  recordedBy: claimSourceSchema.refine(({ kind }) => kind === "person" || kind === "station", {
    message: "an answer is recorded by a person or a station",
  }),
  claims: z.array(z.strictObject({ about: claimTargetSchema, states: claimSchema.shape.states })).max(1000),
  /** Events of the report's person, or of whoever uploaded where no person is named. */
  events: z.array(z.strictObject({ person: personKeySchema.optional(), event: eventSchema })).max(10_000),
  /** A report that came with the answer, such as one that holds the files asked for. */
  amendment: reportIdSchema.optional(),
});
export type AnswerRecord = z.infer<typeof answerRecordSchema>;
