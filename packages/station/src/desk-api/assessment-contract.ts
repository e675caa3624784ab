import { z } from "zod";
import { levelSchema, tierSchema } from "./grade-contract.ts";

const instant = z.string().describe("UTC, ISO 8601");

const reasonSchema = z.object({
  code: z.string(),
  path: z.string().describe("JSON Pointer to the field of the report or claim that this rests on").optional(),
  text: z.string(),
  source: z.string().optional(),
});

export const attributeViewSchema = z.object({
  attribute: z.enum(["offence", "attribution", "place", "time", "integrity"]),
  value: z.string().describe("O0-O4, A0-A4, P0-P3, T0-T3, I0-I3"),
  text: z.string(),
  binding: z.boolean().describe("one step up here would raise the level"),
  reasons: z.array(reasonSchema),
});

/** Named, never repaired: which reading is right is for whoever wrote it to say. */
export const doubtViewSchema = z.object({
  code: z.string(),
  attribute: z
    .enum(["time", "attribution"])
    .optional()
    .describe("what it holds down; absent: it is only named"),
  path: z.string(),
  stated: z.string(),
  couldBe: z.array(z.string()).describe("what else it could be, likeliest first"),
  text: z.string(),
  whom: z.string(),
  what: z.string(),
});
export type DoubtView = z.infer<typeof doubtViewSchema>;

export const assessmentViewSchema = z.object({
  at: instant,
  ruleVersion: z.string(),
  level: levelSchema,
  levelText: z.string(),
  attributes: z.array(attributeViewSchema),
  wouldRaise: z.array(
    z.object({
      attribute: z.string(),
      from: z.string(),
      to: z.string(),
      ask: z.string(),
      what: z.string(),
      route: z.string(),
      expectedLevel: levelSchema.optional(),
    }),
  ),
  tier: tierSchema,
  tierText: z.string(),
  tierReasons: z.array(reasonSchema),
  doubts: z.array(doubtViewSchema).describe("times and addresses that may not be what they say"),
  unknown: z.array(z.string()).describe("what nobody has said and would matter; unknown never means no"),
  clock: z.object({ endsAt: instant, what: z.string() }).optional(),
});
export type AssessmentView = z.infer<typeof assessmentViewSchema>;

export const lowerUrgencySchema = z.object({ tier: tierSchema, reason: z.string().min(10).max(2000) });
