import { z } from "zod";

const instant = z.string().describe("UTC, ISO 8601");

export const NO_ACTION_REASONS = [
  "not-an-offence",
  "no-suspect-identified",
  "data-expired",
  "not-in-the-public-interest",
  "outside-jurisdiction",
  "already-known",
  "other",
] as const;
export const USELESS_REASONS = [
  "no-content",
  "no-identifiers",
  "viral-item",
  "not-abuse-material",
  "wrong-or-missing-time",
  "cannot-be-located",
  "other",
] as const;

export const outcomeStatementSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("arrest"), arrests: z.number().int().min(1).max(1000) }),
  z.object({ kind: z.literal("charge"), charges: z.number().int().min(1).max(1000) }),
  z.object({ kind: z.literal("children-safeguarded"), children: z.number().int().min(1).max(10_000) }),
  z.object({ kind: z.literal("no-further-action"), reason: z.enum(NO_ACTION_REASONS) }),
  z.object({ kind: z.literal("useless"), reason: z.enum(USELESS_REASONS) }),
  z.object({
    kind: z.literal("duplicate"),
    of: z.string().min(1).max(64).describe("number of the report it repeats"),
  }),
]);
export type OutcomeStatement = z.infer<typeof outcomeStatementSchema>;

export const outcomeViewSchema = z.object({
  id: z.uuid(),
  statement: outcomeStatementSchema,
  text: z.string(),
  recordedAt: instant,
  /** Who recorded it: a person here, or the station it first came from. */
  by: z.string(),
  returned: z
    .enum(["nowhere", "waiting", "delivered", "failed"])
    .describe("on its way back to who handed us the report"),
  returnedTo: z.string().optional(),
  lastError: z.string().optional(),
});
export type OutcomeView = z.infer<typeof outcomeViewSchema>;
