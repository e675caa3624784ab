import { z } from "zod";

/** A child's safeguarding as the desk's API shows and takes it. */

const instant = z.string().describe("UTC, ISO 8601");
export const safeguardingUrgencySchema = z.enum(["at-once", "harm", "help"]);
export const safeguardingStateSchema = z.enum([
  "not-called",
  "undecided",
  "declined",
  "decided",
  "told",
  "acknowledged",
]);
export const laneSchema = z.enum(["standard", "safeguarding-first"]);

/** What a row of the queue says of a child. */
export const childEntrySchema = z.object({
  state: safeguardingStateSchema,
  dueAt: instant.describe("by when an authority must have been told"),
});

/** What stands above the queue; absent where the station names no authority. */
export const childCountsSchema = z.object({
  lane: z.number().int().describe("new reports in the lane that puts safeguarding first"),
  open: z.number().int().describe("a person must decide or tell an authority"),
  overdue: z.number().int(),
});

const contactViewSchema = z.object({
  telephone: z.string().optional(),
  outOfHours: z.string().optional(),
  portal: z.string().optional(),
  email: z.string().optional(),
  note: z.string().optional(),
});

const actSchema = z.object({ by: z.string(), at: instant });

export const safeguardingReferralViewSchema = z.object({
  id: z.uuid(),
  authority: z.string(),
  authorityName: z.string(),
  contact: contactViewSchema,
  urgency: safeguardingUrgencySchema,
  dueAt: instant,
  reason: z.string(),
  decided: actSchema,
  state: z.enum(["decided", "told", "acknowledged", "withdrawn"]),
  told: actSchema
    .extend({
      how: z.enum(["telephone", "portal", "in-person", "other"]),
      takenBy: z.string(),
      reference: z.string().optional(),
      late: z.boolean().describe("after it was due"),
    })
    .optional(),
  acknowledged: actSchema.extend({ answeredBy: z.string(), answer: z.string().optional() }).optional(),
  withdrawn: actSchema.extend({ reason: z.string() }).optional(),
});
export type SafeguardingReferralView = z.infer<typeof safeguardingReferralViewSchema>;

export const safeguardingViewSchema = z.object({
  state: safeguardingStateSchema,
  called: z.boolean().describe("a person should consider a referral"),
  child: z.enum(["identified", "identifiable", "unknown"]).describe("unknown never means that there is none"),
  urgency: safeguardingUrgencySchema,
  dueAt: instant,
  victimLed: z.boolean().describe("content shows an offence against a child who can be looked for"),
  lane: laneSchema,
  laneReasons: z.array(z.string()),
  agesUnknown: z.number().int().describe("persons reported whose age nobody has said"),
  area: z.object({
    country: z.string().optional(),
    agency: z.string().optional(),
    agencyName: z.string().optional(),
    basis: z.string(),
  }),
  reasons: z.array(
    z.object({ code: z.string(), path: z.string(), text: z.string(), source: z.string().optional() }),
  ),
  authorities: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        contact: contactViewSchema,
        fit: z.enum(["area", "country", "other"]).describe("how it fits the child's place"),
      }),
    )
    .describe("whom the station's configuration names today, the fitting ones first"),
  referrals: z.array(safeguardingReferralViewSchema),
  declined: actSchema
    .extend({ reason: z.string(), holds: z.boolean().describe("nothing new has come since") })
    .optional(),
});
export type SafeguardingView = z.infer<typeof safeguardingViewSchema>;

/** What a person decides about a child, or did outside and writes down. */
export const safeguardingStepSchema = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("decide"),
    authority: z.string().min(1).max(64),
    reason: z.string().min(1).max(2000),
  }),
  z.object({ step: z.literal("not-needed"), reason: z.string().min(10).max(2000) }),
  z.object({
    step: z.literal("told"),
    referral: z.uuid(),
    how: z.enum(["telephone", "portal", "in-person", "other"]),
    takenBy: z.string().min(1).max(255).describe("who took it at the authority"),
    reference: z.string().min(1).max(255).optional().describe("what the authority calls it"),
  }),
  z.object({
    step: z.literal("answered"),
    referral: z.uuid(),
    answeredBy: z.string().min(1).max(255).describe("who at the authority said so"),
    reference: z.string().min(1).max(255).optional(),
    answer: z.string().min(1).max(2000).optional().describe("what they will do"),
  }),
  z.object({ step: z.literal("withdraw"), referral: z.uuid(), reason: z.string().min(10).max(2000) }),
]);
export type SafeguardingStep = z.infer<typeof safeguardingStepSchema>;

export const safeguardingQuerySchema = z.object({
  list: z.enum(["open", "told"]).default("open").describe("told: waiting for the authority's answer"),
  after: z.string().max(200).optional().describe("cursor from the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const safeguardingListSchema = z.object({
  entries: z
    .array(
      z.object({
        report: z.uuid(),
        number: z.string(),
        tier: z.enum(["R1", "R2", "R3", "R4", "R5"]).optional(),
        status: z.enum(["new", "referred", "closed"]),
        receivedAt: instant,
        state: safeguardingStateSchema,
        urgency: safeguardingUrgencySchema,
        dueAt: instant,
        overdue: z.boolean(),
        child: z.enum(["identified", "identifiable", "unknown"]),
        lane: laneSchema,
        areaName: z.string().optional(),
        why: z.string().optional(),
        authorities: z.array(z.string()).describe("of the referrals that stand"),
      }),
    )
    .describe("the most pressing first"),
  next: z.string().optional(),
  counts: childCountsSchema.omit({ lane: true }).extend({ told: z.number().int() }),
  configured: z.boolean().describe("the station names an authority"),
});
export type SafeguardingList = z.infer<typeof safeguardingListSchema>;
