import { z } from "zod";

/** What the desk shows of subjects, and what people decide about them. */

const instant = z.string().describe("UTC, ISO 8601");
const tier = z.enum(["R1", "R2", "R3", "R4", "R5"]);
const level = z.enum(["L0", "L1", "L2", "L3", "L4"]);
const status = z.enum(["new", "referred", "closed"]);
const personKey = z.string().max(64).describe("a person of the report; empty where nobody says who");
const reason = z.string().min(3).max(2000);

/** A value that others have too, and that makes nobody the same person. */
export const blockedValueSchema = z.object({
  kind: z.string(),
  value: z.string(),
  why: z.enum(["common", "never-listed", "different-persons", "by-its-nature"]),
  text: z.string(),
  /** Different holders: exact up to the rules' cap; one more means more than that. */
  holders: z.number().int(),
});

export const subjectSummarySchema = z.object({
  id: z.string(),
  members: z.number().int().describe("persons of reports"),
  reports: z.number().int(),
  since: instant,
  newest: instant,
  tier: tier.optional(),
  open: z.number().int().describe("reports that nobody has worked yet"),
  outcomes: z.number().int(),
  owner: z.object({ id: z.uuid(), name: z.string(), since: instant, by: z.string() }).optional(),
  frozen: z.array(z.enum(["too-large", "different-persons"])),
  waiting: z.boolean().describe("frozen, and nobody has looked at it yet as it is now"),
  looked: z.object({ name: z.string(), at: instant, reason: z.string() }).optional(),
});
export type SubjectSummary = z.infer<typeof subjectSummarySchema>;

export const decisionViewSchema = z.object({
  id: z.uuid(),
  kind: z.enum(["same", "different", "never-link"]),
  other: z.object({ report: z.uuid(), number: z.string(), person: z.string() }).optional(),
  value: z.object({ kind: z.string(), value: z.string() }).optional(),
  reason: z.string(),
  by: z.string(),
  at: instant,
});
export type DecisionView = z.infer<typeof decisionViewSchema>;

export const newLinkDecisionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.enum(["same", "different"]),
    person: personKey,
    other: z.object({ report: z.uuid(), person: personKey }),
    reason,
  }),
  z.object({
    kind: z.literal("never-link"),
    value: z.object({ kind: z.string().min(1).max(64), value: z.string().min(1).max(4000) }),
    reason,
  }),
]);
export const undoSchema = z.object({ reason });

export const subjectViewSchema = z.object({
  subject: subjectSummarySchema,
  reports: z.array(
    z.object({
      id: z.uuid(),
      number: z.string(),
      receivedAt: instant,
      sender: z.string(),
      incident: z.string(),
      status,
      tier: tier.optional(),
      level: level.optional(),
      persons: z.array(z.string()),
      outcomes: z.array(z.string()),
      referrals: z.array(z.object({ peer: z.string(), by: z.string(), at: instant, state: z.string() })),
    }),
  ),
  next: z.string().optional(),
  bridges: z.array(
    z.object({
      kind: z.string().describe("of the value; `decision` for a person's"),
      value: z.string(),
      parts: z.array(z.number().int()).describe("members of what would be left, the largest first"),
    }),
  ),
  colleagues: z.array(z.object({ id: z.uuid(), name: z.string(), role: z.string() })),
  may: z.array(z.string()),
});
export type SubjectView = z.infer<typeof subjectViewSchema>;

export const assignSubjectSchema = z.object({
  owner: z.uuid().optional().describe("whoever asks, if left out"),
  reason: reason.optional(),
});
