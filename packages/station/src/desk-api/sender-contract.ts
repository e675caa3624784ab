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
      alarms: z.number().int().describe("fields that fell empty within a day"),
    }),
  ),
});
export type SenderList = z.infer<typeof senderListSchema>;

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
  alarms: z.array(z.object({ field, now: estimate, before: estimate, since: z.string() })),
});
export type SenderView = z.infer<typeof senderViewSchema>;
