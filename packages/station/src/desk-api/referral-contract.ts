import { z } from "zod";

const instant = z.string().describe("UTC, ISO 8601");

export const destinationSchema = z.object({
  peer: z.string(),
  name: z.string(),
  agency: z.string().optional(),
  agencyName: z.string().optional(),
  recommended: z.boolean(),
  provisional: z.boolean().describe("rests on a hint, not on a resolved address"),
  reasons: z.array(z.string()),
});
export type Destination = z.infer<typeof destinationSchema>;

export const referralViewSchema = z.object({
  id: z.uuid(),
  peer: z.string(),
  peerName: z.string(),
  agency: z.string().optional(),
  agencyName: z.string().optional(),
  reason: z.string(),
  decidedBy: z.string(),
  decidedAt: instant,
  state: z.enum(["intended", "sending", "delivered", "failed"]),
  attempts: z.number().int(),
  lastError: z.string().optional(),
  nextAttemptAt: instant.optional(),
  deliveredAt: instant.optional(),
  remoteReference: z.string().optional(),
  abroad: z
    .array(z.string())
    .optional()
    .describe("countries that the peer takes in, where this station's own is not among them"),
});
export type ReferralView = z.infer<typeof referralViewSchema>;

export const newReferralSchema = z.object({
  peer: z.string().min(1).max(64),
  agency: z.string().min(1).max(64).optional(),
  reason: z.string().min(1).max(2000),
});
