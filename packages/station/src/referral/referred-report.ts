import { answerRecordSchema } from "@fairlead/assessment";
import { claimSchema, reportSchema } from "@fairlead/report";
import { z } from "zod";

/**
 * What a sealed package holds for each report: the report exactly as its sender's words came in, the claims and answers that stations on
 * the way added, and the numbers under which they know it. Nothing is retyped.
 */
export const referredReportSchema = z.strictObject({
  version: z.literal(1),
  report: reportSchema,
  claims: z.array(claimSchema).max(100_000),
  /** Answers to requests of stations on the way; what they claim stands among the claims as well. */
  answers: z.array(answerRecordSchema).max(1000).optional(),
  numbers: z.array(z.strictObject({ station: z.string().max(64), number: z.string().max(64) })).max(100),
});
export type ReferredReport = z.infer<typeof referredReportSchema>;
