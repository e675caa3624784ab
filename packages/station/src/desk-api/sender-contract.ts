import { SCORED_FIELDS, SHARE_NAMES } from "@fairlead/assessment";
import { z } from "zod";

/** Scorecards of senders as the desk's API has them. */
const estimate = z.object({
  count: z.number().int(),
  of: z.number().int(),
  share: z.number().optional().describe("absent where there was nothing to count: unknown, not zero"),
  low: z.number().describe("the true share lies above this, 19 times of 20 within the range"),
  high: z.number(),
});
const field = z.enum(SCORED_FIELDS);
const measure = z.enum([...SCORED_FIELDS, ...SHARE_NAMES]);

export const senderListSchema = z.object({
  senders: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      month: z.string(),
      reports: z.number().int(),
      confirmed: estimate,
      viral: estimate,
      alarms: z.number().int().describe("fields that it began to leave empty, and nobody has seen to"),
    }),
  ),
});
export type SenderList = z.infer<typeof senderListSchema>;

/** What a burst is of: a field that is left empty, or reports that are refused at the door. */
export const burstFieldSchema = z.enum([...SCORED_FIELDS, "refused"]);
const instant = z.string().describe("UTC, ISO 8601");

export const burstSchema = z.object({
  id: z.uuid(),
  field: burstFieldSchema,
  before: estimate.describe("how often it was filled; for `refused`, how many were refused"),
  now: estimate.describe("since the change, when it was found"),
  since: instant.describe("when the first report of it came"),
  openedAt: instant.describe("when it was found"),
  state: z
    .enum(["on", "over", "accepted", "seen-to"])
    .describe("over: filled again, and nobody has seen to what was left empty"),
  recoveredAt: instant.optional(),
  reports: z.number().int().describe("that came in it and leave the field empty"),
  filledLater: z
    .number()
    .int()
    .describe("of those, for which the sender has sent a later report that fills it"),
  settled: z
    .object({ at: instant, how: z.enum(["accepted", "seen-to"]), by: z.string(), reason: z.string() })
    .optional(),
});
export type BurstView = z.infer<typeof burstSchema>;

export const acceptBurstSchema = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(3)
    .max(2000)
    .refine((text) => !text.includes("\u0000"), { message: "holds a character that cannot be kept" }),
});

export const senderViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  months: z
    .array(
      z.object({
        sender: z.string(),
        month: z.string(),
        reports: z.number().int(),
        completeness: z
          .number()
          .optional()
          .describe("0 to 100; about the sender, never about a report's urgency"),
        fields: z.record(field, estimate),
        shares: z.record(z.enum(SHARE_NAMES), estimate),
      }),
    )
    .describe("the newest first"),
  shifts: z
    .array(z.object({ name: measure, now: estimate, before: estimate, direction: z.enum(["up", "down"]) }))
    .describe("what certainly differs from the sender's own earlier months"),
  bursts: z.array(burstSchema).describe("those that nobody has settled first"),
});
export type SenderView = z.infer<typeof senderViewSchema>;
