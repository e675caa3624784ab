import { z } from "zod";
import { feedbackStandingSchema } from "./bank-feedback-contract.ts";
import { actionSchema, foundSchema } from "../media/index.ts";

const instant = z.string().describe("UTC, ISO 8601");
export const sha256ParamSchema = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const reason = z.string().trim().min(1).max(1000);

const reviewItemSchema = z.object({
  sha256: z.string(),
  size: z.int(),
  mediaType: z.string().optional().describe("by its first bytes"),
  firstAt: instant,
  leasedUntil: instant,
  shownAt: instant.optional().describe("when this person first saw it; from then on it is theirs alone"),
  present: z.boolean().describe("its bytes are here"),
  matches: z.array(foundSchema),
  posted: z.object({
    posts: z.int(),
    accounts: z.int(),
    isPublic: z.boolean().optional().describe("left out where nobody says"),
    first: z.string().optional().describe("as the platform stated it"),
    where: z.string().optional(),
    name: z.string().optional(),
  }),
  near: z
    .array(
      z.object({ sha256: z.string(), distance: z.int(), size: z.int(), mediaType: z.string().optional() }),
    )
    .describe("files that wait too and look like this one"),
});

export const reviewStateSchema = z.object({
  waiting: z.int(),
  item: reviewItemSchema.optional().describe("what this person has in hand"),
  seen: z
    .array(z.object({ sha256: z.string(), by: z.string(), at: instant }))
    .describe("seen by somebody else and not decided: nobody gets them until a lead hands them on"),
  pause: z.object({
    workedMinutes: z.int().describe("without a pause so far"),
    seenMinutes: z.int().describe("without a veil today"),
    mostMinutesADay: z.int(),
    pauseUntil: instant.optional(),
    why: z.enum(["break", "day"]).optional(),
  }),
  known: z
    .array(z.object({ report: z.uuid(), number: z.string(), at: instant, files: z.int() }))
    .describe("reports of known files that wait for somebody to file them, without anybody opening them"),
  fileWith: z.string().optional().describe("name of the peer with which a decision files"),
});
z.globalRegistry.add(reviewStateSchema, { id: "ReviewState" });

export const lookSchema = z.object({ id: z.uuid(), expiresAt: instant, content: z.string() });
export const seenSchema = z.object({
  seenMs: z.int().min(0).max(3_600_000).describe("without a veil, since the last time"),
  wholeMs: z.int().min(0).max(3_600_000).describe("of that, with all of it in the window"),
});
export const mediaDecisionSchema = z.object({
  decision: z.enum(["report", "leave"]),
  grade: z.enum(["A1", "A2", "B1", "B2"]).optional(),
  note: z.string().trim().min(1).max(1000).optional(),
  alsoFor: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(50)
    .default([]),
});
export const reasonSchema = z.object({ reason });
export const fileKnownSchema = z.object({ reports: z.array(z.uuid()).min(1).max(100), reason });

export const decidedQuerySchema = z.object({
  after: z.string().max(200).optional().describe("cursor from the page before"),
});
export const decidedListSchema = z.object({
  files: z
    .array(
      z.object({
        sha256: z.string(),
        decision: z.enum(["report", "leave"]),
        grade: z.enum(["A1", "A2", "B1", "B2"]).optional(),
        viewedInFull: z.boolean(),
        at: instant,
        matches: z.array(
          z.object({
            found: foundSchema,
            feedback: feedbackStandingSchema.optional().describe("absent: the bank has no such item"),
          }),
        ),
      }),
    )
    .describe("what this person decided about, the newest first"),
  next: z.string().optional(),
});
z.globalRegistry.add(decidedListSchema, { id: "DecidedList" });

export const mediaPoliciesSchema = z.object({
  banks: z.array(
    z.object({
      bank: z.string(),
      bankName: z.string(),
      source: z.string(),
      trust: z.enum(["vetted-graded", "vetted", "unvetted"]),
      exact: actionSchema,
      perceptual: z.enum(["nothing", "review"]),
      decidedBy: z.string().optional(),
      decidedAt: instant.optional(),
    }),
  ),
});
z.globalRegistry.add(mediaPoliciesSchema, { id: "MediaPolicies" });
export const newMediaPolicySchema = z.object({
  exact: actionSchema,
  perceptual: z.enum(["nothing", "review"]),
  reason,
});
