import { z } from "zod";

const instant = z.string().describe("UTC, ISO 8601");

export const evidenceViewSchema = z.object({
  id: z.uuid(),
  kind: z.enum(["file", "message-bundle", "wire-document"]),
  name: z.string().optional(),
  mediaType: z.string().optional(),
  size: z.number().int().optional(),
  sha256: z.string().optional(),
  present: z.boolean().describe("the bytes are in this station's vault"),
  /** What is known without opening it: every claim about it, with its source. */
  known: z.array(z.object({ text: z.string(), source: z.string() })),
  seenBefore: z.number().int().describe("other reports here that hold the same bytes"),
  openings: z.array(z.object({ person: z.string(), at: instant, purpose: z.string() })),
});
export type EvidenceView = z.infer<typeof evidenceViewSchema>;

export const PURPOSES = [
  "assess-the-report",
  "identify-a-victim",
  "identify-a-suspect",
  "grade-the-material",
  "prepare-a-referral",
  "prepare-for-court",
  "quality-check",
] as const;
export const newGrantSchema = z.object({
  purpose: z.enum(PURPOSES),
  note: z.string().max(1000).optional(),
});
export const grantViewSchema = z.object({
  id: z.uuid(),
  purpose: z.string(),
  grantedAt: instant,
  expiresAt: instant,
  /** Where the bytes are; each fetch is an opening with a leaf of its own. */
  content: z.string(),
  mediaType: z.string().optional(),
});
export type GrantView = z.infer<typeof grantViewSchema>;
