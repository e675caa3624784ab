import { z } from "zod";

const instant = z.string().describe("UTC, ISO 8601");

export const peerViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  wire: z.string(),
  waiting: z.number().int(),
  oldestWaitingSince: instant.optional(),
  lastSuccessAt: instant.optional(),
  lastFailureAt: instant.optional(),
  lastFailure: z.string().optional(),
  state: z.enum(["well", "waiting", "failing", "never-reached"]),
});
export type PeerView = z.infer<typeof peerViewSchema>;

export const auditViewSchema = z.object({
  size: z.string(),
  pending: z.number().int(),
  checkpoint: z.string().optional(),
  at: instant.optional(),
});
