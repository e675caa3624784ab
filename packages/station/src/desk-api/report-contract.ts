import { claimSchema, claimTargetSchema, reportSchema } from "@fairlead/report";
import { z } from "zod";
import { arrivalsViewSchema } from "./arrival-contract.ts";
import { assessmentViewSchema } from "./assessment-contract.ts";
import { conflictViewSchema } from "./deconfliction-contract.ts";
import { evidenceViewSchema } from "./evidence-contract.ts";
import { tierSchema } from "./grade-contract.ts";
import { outcomeViewSchema } from "./outcome-contract.ts";
import { pageViewSchema } from "./paging-contract.ts";
import { originProofSchema } from "./proof-contract.ts";
import { queueEntrySchema } from "./queue-contract.ts";
import { destinationSchema, referralViewSchema } from "./referral-contract.ts";
import { requestViewSchema } from "./request-contract.ts";
import { safeguardingViewSchema } from "./safeguarding-contract.ts";
import { blockedValueSchema, decisionViewSchema, subjectSummarySchema } from "./subject-contract.ts";
import { whereaboutsSchema } from "./whereabouts-contract.ts";

const instant = z.string().describe("UTC, ISO 8601");

export const linkViewSchema = z.object({
  report: z.uuid(),
  number: z.string(),
  person: z.string().optional().describe("of this report; absent where nobody says whose the value is"),
  otherPerson: z.string().optional(),
  kind: z.string().describe("what they share; `decision` where a person said that they are the same"),
  value: z.string(),
  strength: z.enum(["strong", "medium", "weak"]),
  reason: z.string(),
  status: z.string(),
  tier: tierSchema.optional(),
});

export const leafViewSchema = z.object({
  id: z.uuid(),
  kind: z.string(),
  text: z.string(),
  at: instant,
  actor: z.string(),
  index: z.string().optional().describe("place in the audit log; absent until the next checkpoint"),
});

export const reportViewSchema = z.object({
  entry: queueEntrySchema,
  door: z.string(),
  handedBy: z.string(),
  report: reportSchema,
  claims: z.array(claimSchema).describe("made after the report came in"),
  assessment: assessmentViewSchema.optional(),
  whereabouts: whereaboutsSchema.optional().describe("absent until the report is assessed"),
  evidence: z.array(evidenceViewSchema),
  proofs: z.array(originProofSchema).describe("proofs of origin that came with the report"),
  requests: z.array(requestViewSchema),
  links: z.array(linkViewSchema).describe("the strongest and newest"),
  subjects: z.array(subjectSummarySchema).describe("who is behind it, by joined reports"),
  decisions: z.array(decisionViewSchema).describe("what people decided about who is who, as far as it holds"),
  blocked: z.array(blockedValueSchema).describe("what is shared and links nobody, with the reason"),
  destinations: z.array(destinationSchema),
  referrals: z.array(referralViewSchema),
  outcomes: z.array(outcomeViewSchema),
  safeguarding: safeguardingViewSchema.optional(),
  pages: z.array(pageViewSchema).describe("calls to a person about this report, the newest first"),
  history: z.array(leafViewSchema),
  conflicts: z.array(conflictViewSchema).describe("other stations that have an interest in the same person"),
  arrivals: arrivalsViewSchema.describe("how often it arrived, how late, and what was added to it"),
  /** What this person may do with this report now. */
  may: z.array(z.string()),
});
// Named, so that the document describes it once for all the routes that answer with it.
z.globalRegistry.add(reportViewSchema, { id: "ReportView" });
export type ReportView = z.infer<typeof reportViewSchema>;

export const newClaimSchema = z.object({ about: claimTargetSchema, states: claimSchema.shape.states });
