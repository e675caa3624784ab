import { z } from "zod";

/** Campaigns as the desk shows them. */

const instant = z.string().describe("UTC, ISO 8601");
const tier = z.enum(["R1", "R2", "R3", "R4", "R5"]);
const reason = z.string().min(3).max(2000);

export const campaignSummarySchema = z.object({
  id: z.string(),
  items: z.number().int().describe("files of the same bytes, and pictures that look alike"),
  hash: z.string().describe("the first item's, hexadecimal"),
  kind: z.enum(["exact", "perceptual"]),
  holders: z.number().int(),
  reports: z.number().int(),
  senders: z.array(z.string()),
  countries: z.array(z.string()),
  firstSeen: instant,
  lastSeen: instant,
  /** Sightings of the last seven days, and of the seven before. */
  lastWeek: z.number().int(),
  weekBefore: z.number().int(),
});
export type CampaignSummary = z.infer<typeof campaignSummarySchema>;

const leadSchema = z.object({
  report: z.uuid(),
  number: z.string(),
  status: z.enum(["new", "referred", "closed"]),
  tier: tier.optional(),
  subject: z.string().optional(),
  reasons: z.array(z.object({ rule: z.string(), text: z.string() })),
});

export const campaignViewSchema = z.object({
  campaign: campaignSummarySchema,
  days: z.array(z.object({ day: z.string(), sightings: z.number().int() })),
  leads: z.array(leadSchema).describe("who still stands out, the weightiest first"),
  copies: z.number().int().describe("open reports that show nothing beyond the item"),
  sampleSize: z
    .number()
    .int()
    .describe("how many of these must be looked at before they are closed together"),
  closing: z
    .object({
      id: z.uuid(),
      openedAt: instant,
      by: z.string(),
      copies: z.number().int(),
      closed: z.number().int(),
      state: z.enum(["looking", "closed", "stopped"]),
      sample: z.array(
        z.object({ report: z.uuid(), number: z.string(), found: z.enum(["copy", "lead"]).optional() }),
      ),
    })
    .optional(),
  may: z.array(z.string()),
});
export type CampaignView = z.infer<typeof campaignViewSchema>;

export const sampleFindingSchema = z.object({ report: z.uuid(), found: z.enum(["copy", "lead"]) });
export const closeCopiesSchema = z.object({ reason });
