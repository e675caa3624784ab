import { REQUEST_STATES } from "@fairlead/assessment";
import { claimSchema, claimTargetSchema, eventKindSchema } from "@fairlead/report";
import { z } from "zod";

/** Requests and answers as the desk's API has them. */

const SENDING_WAYS = ["portal", "email", "post", "telephone", "in-person", "other"] as const;

const instant = z.string().describe("UTC, ISO 8601");
const level = z.enum(["L0", "L1", "L2", "L3", "L4"]);
const tier = z.enum(["R1", "R2", "R3", "R4", "R5"]);
const route = z.object({ id: z.string(), text: z.string(), answerWithinDays: z.number().int().optional() });
const expected = z.object({
  attribute: z.string(),
  from: z.string(),
  to: z.string(),
  levelFrom: level,
  levelTo: level,
});
const role = z.enum(["own-station", "trained-staff", "sender", "provider", "network-operator", "exchange"]);

/** A request that the rules propose, with its words filled in. */
export const suggestedRequestSchema = z.object({
  rule: z.string(),
  role,
  to: z.string().optional(),
  askFor: z.string(),
  routes: z.array(route),
  clock: z.object({ until: instant, ended: z.boolean() }).optional(),
  expected,
  subject: z.string(),
  body: z.string(),
});
export const suggestionsSchema = z.object({ requests: z.array(suggestedRequestSchema) });
export type SuggestedRequestView = z.infer<typeof suggestedRequestSchema>;

const words = {
  to: z.string().min(1).max(255).optional().describe("the organisation that is asked"),
  subject: z.string().min(1).max(300),
  body: z.string().min(1).max(20_000),
  legalRoute: z.string().min(1).max(64).optional(),
  necessity: z.string().max(5000).optional().describe("why it is necessary and proportionate"),
};
export const newRequestSchema = z.object({ rule: z.string().min(1).max(64), ...words });
export type NewRequest = z.infer<typeof newRequestSchema>;
export const editedRequestSchema = z.object(words);
export type EditedRequest = z.infer<typeof editedRequestSchema>;

export const sentRequestSchema = z.object({
  to: z.string().min(1).max(255),
  at: z.iso.datetime().describe("when it was sent, UTC"),
  way: z.enum(SENDING_WAYS),
  reference: z.string().min(1).max(255).optional(),
});
export type SentRequest = z.infer<typeof sentRequestSchema>;

export const endedRequestSchema = z.object({ note: z.string().min(3).max(3000) });

export const newAnswerSchema = z.object({
  whole: z.boolean().describe("whether it answers all that was asked"),
  provider: z.string().min(1).max(255),
  receivedAt: z.iso.datetime().describe("when it came, UTC"),
  claims: z.array(z.object({ about: claimTargetSchema, states: claimSchema.shape.states })).max(1000),
  events: z
    .array(
      z.object({
        person: z.string().min(1).max(64).optional(),
        kind: eventKindSchema,
        time: z.string().min(1).max(64).describe("as the answer has it; its zone is read from it").optional(),
        address: z.string().min(1).max(64).optional(),
        port: z.int().min(1).max(65_535).optional(),
      }),
    )
    .max(10_000),
  note: z.string().min(1).max(3000).optional(),
});
export type NewAnswer = z.infer<typeof newAnswerSchema>;

export const answerViewSchema = z.object({
  id: z.uuid(),
  provider: z.string(),
  receivedAt: instant,
  recordedAt: instant,
  by: z.string(),
  late: z.boolean().describe("after the time by which the law or the request wanted it"),
  facts: z.array(z.string()),
  /** What the report was before and after it was taken in; absent while it is being assessed. */
  changed: z
    .object({
      levelFrom: level,
      levelTo: level,
      tierFrom: tier,
      tierTo: tier,
      attributes: z.array(z.object({ attribute: z.string(), from: z.string(), to: z.string() })),
    })
    .optional(),
});

export const requestViewSchema = z.object({
  id: z.uuid(),
  rule: z.string(),
  ruleVersion: z.string(),
  role,
  to: z.string().optional(),
  askFor: z.string(),
  routes: z.array(route),
  legalRoute: z.string().optional(),
  expected,
  subject: z.string(),
  body: z.string(),
  necessity: z.string().optional(),
  letter: z.string().describe("the whole as plain text, to be copied or printed"),
  state: z.enum(REQUEST_STATES),
  overdue: z.boolean(),
  draftedAt: instant,
  sent: sentRequestSchema.extend({ at: instant }).optional(),
  answerBy: instant.optional(),
  answerableUntil: instant.optional(),
  steps: z.array(
    z.object({ to: z.enum(REQUEST_STATES), at: instant, by: z.string(), note: z.string().optional() }),
  ),
  answers: z.array(answerViewSchema),
});
export type RequestView = z.infer<typeof requestViewSchema>;

/** What is asked about a report, after a change: whoever wants to know what rose asks for the report. */
export const requestsSchema = z.object({ requests: z.array(requestViewSchema) });

export const REQUEST_LISTS = ["open", "overdue", "drafted", "ended", "all"] as const;
export const requestListQuerySchema = z.object({
  list: z.enum(REQUEST_LISTS).default("open"),
  after: z.string().optional().describe("cursor from the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const listedRequestSchema = z.object({
  id: z.uuid(),
  report: z.uuid(),
  number: z.string(),
  tier: tier.optional(),
  level: level.optional(),
  role,
  to: z.string().optional(),
  askFor: z.string(),
  state: z.enum(REQUEST_STATES),
  overdue: z.boolean(),
  sentAt: instant.optional(),
  answerBy: instant.optional(),
  answerableUntil: instant.optional(),
  expected,
});
export const requestListSchema = z.object({
  requests: z.array(listedRequestSchema),
  next: z.string().optional(),
});
export type RequestList = z.infer<typeof requestListSchema>;
