import { SCORED_FIELDS } from "@fairlead/assessment";
import { incidentTypeSchema } from "@fairlead/report";
import { z } from "zod";
import { conflictCountsSchema, conflictEntrySchema } from "./deconfliction-contract.ts";
import { levelSchema, tierSchema } from "./grade-contract.ts";
import { childCountsSchema, childEntrySchema, laneSchema } from "./safeguarding-contract.ts";

const instant = z.string().describe("UTC, ISO 8601");

export const leftEmptySchema = z.object({
  field: z.enum(SCORED_FIELDS),
  sender: z.string(),
  since: instant.describe("when the sender began to leave it empty"),
  state: z
    .enum(["on", "over", "accepted", "seen-to"])
    .describe("on and over: it stands in the lane of format bursts, unless a later report fills it"),
  filledBy: z.uuid().optional().describe("a later report of the sender's that fills it"),
});
export type LeftEmpty = z.infer<typeof leftEmptySchema>;

export const queueEntrySchema = z.object({
  id: z.uuid(),
  number: z.string(),
  receivedAt: instant,
  sender: z.string(),
  platform: z.string().optional(),
  incident: incidentTypeSchema,
  occurred: z.object({ raw: z.string(), at: instant.optional(), zone: z.string() }),
  status: z.enum(["new", "referred", "closed"]),
  erased: z
    .string()
    .optional()
    .describe("the number of the certificate by which it was, or is being, erased"),
  /** Absent until linking and assessment have run, a moment after acceptance. */
  tier: tierSchema.optional(),
  tierText: z.string().optional(),
  why: z.string().describe("the first reason for the tier").optional(),
  level: levelSchema.optional(),
  levelText: z.string().optional(),
  /** The evidential clock that ends first. */
  clock: z.object({ endsAt: instant, what: z.string() }).optional(),
  evidence: z.number().int(),
  /** Other reports of the same person, by strong links. */
  samePerson: z.number().int(),
  arrivals: z
    .number()
    .int()
    .optional()
    .describe("how often it arrived, with what was added to it: one thing to work on; absent for once"),
  suggestedAgency: z.string().optional(),
  abroad: z
    .array(z.string())
    .optional()
    .describe("countries that are not this station's own, by the firmest place that is known"),
  outcomes: z.array(z.string()),
  delivery: z.enum(["none", "waiting", "delivered", "failed"]),
  lane: laneSchema.optional().describe("who goes first: it never changes how urgent a report is"),
  campaign: z
    .object({ id: z.string(), holders: z.number().int() })
    .optional()
    .describe("it has an item that many others hold: it says nothing of who is behind this report"),
  child: childEntrySchema.optional(),
  conflict: conflictEntrySchema.optional(),
  leftEmpty: z
    .array(leftEmptySchema)
    .optional()
    .describe("what its sender used to fill and left empty: it changes neither urgency nor place"),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

export const queueQuerySchema = z.object({
  status: z
    .enum(["new", "behind", "referred", "closed", "all"])
    .default("new")
    .describe(
      "`behind`: new ones that stand behind another row, because they are the same report or add to it",
    ),
  lane: laneSchema.optional().describe("only reports of this lane"),
  burst: z.enum(["true"]).optional().describe("only reports of the lane of format bursts"),
  after: z.string().optional().describe("cursor from the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const queuePageSchema = z.object({
  entries: z.array(queueEntrySchema),
  next: z.string().optional(),
  counts: z.object({
    new: z.number().int(),
    referred: z.number().int(),
    closed: z.number().int(),
    behind: z
      .number()
      .int()
      .describe("new ones that stand behind another row: the same report, or added to it"),
    byTier: z.record(tierSchema, z.number().int()),
    requests: z.object({
      open: z.number().int().describe("sent and not answered in full"),
      overdue: z.number().int().describe("of those, past the time by which the law wants an answer"),
    }),
    bursts: z.object({
      reports: z
        .number()
        .int()
        .describe("new ones that leave empty what their sender used to fill, not seen to yet"),
      senders: z.number().int().describe("whose reports do not come as they used to, not seen to yet"),
    }),
    waiting: z.number().int().describe("deliveries and outcomes that have not arrived yet"),
    children: childCountsSchema.optional(),
    conflicts: conflictCountsSchema.optional(),
  }),
});
export type QueuePage = z.infer<typeof queuePageSchema>;
