import { RELEASES } from "@fairlead/assessment/deconfliction";
import { z } from "zod";

const instant = z.string().describe("UTC, ISO 8601");
const note = z.string().trim().min(1).max(3000);

/** What the queue says of it. */
export const conflictEntrySchema = z
  .object({ dueAt: instant })
  .describe(
    "another station has an interest in the same person, and nobody has released it; by when somebody must",
  );
export const conflictCountsSchema = z.object({
  open: z.number().int(),
  overdue: z.number().int().describe("of those, past the time by which somebody must have released them"),
});

/** What somebody did about it. */
const conflictStepViewSchema = z.object({
  kind: z.enum(["taken", "contacted", "handed-over", "extended", "released"]),
  at: instant,
  by: z.string(),
  to: z.string().optional().describe("who has it from then on"),
  until: instant.optional(),
  how: z.enum(RELEASES).optional(),
  note: z.string().optional(),
});

/** What stands between this station and a peer over one report: the other has an interest in the same person. */
export const conflictViewSchema = z.object({
  peer: z.string(),
  peerName: z.string(),
  /** Whom to turn to there; only the side that asked knows. */
  contact: z.string().optional(),
  side: z.enum(["asked", "was-asked"]),
  references: z.array(z.uuid()).describe("numbers to name when speaking with the other station"),
  state: z.enum(["open", "contacted", "released"]),
  owner: z.string().optional().describe("who has it; absent until a person does, and then it is the leads'"),
  mine: z.boolean().describe("its owner is the person who looks"),
  openedAt: instant,
  deadline: instant,
  overdue: z.boolean(),
  paused: z.boolean().describe("work that the other station could disturb waits"),
  release: z.enum(RELEASES).optional(),
  steps: z.array(conflictStepViewSchema).describe("oldest first"),
  mayExtend: z.boolean().describe("it has not been put off as often as it may be"),
});
export type ConflictView = z.infer<typeof conflictViewSchema>;

/** What a person does about it. */
export const conflictStepInputSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("taken"), note: note.optional() }),
  z.strictObject({ kind: z.literal("contacted"), note: note.optional() }),
  z.strictObject({ kind: z.literal("handed-over"), to: z.uuid(), note: note.optional() }),
  z.strictObject({ kind: z.literal("extended"), until: z.iso.datetime(), note }),
  z.strictObject({ kind: z.literal("released"), how: z.enum(RELEASES), note }),
]);

/** With whom this station deconflicts, what is open, and what has not been answered. */
export const deconflictionViewSchema = z.object({
  pairs: z.array(
    z.object({
      peer: z.string(),
      name: z.string(),
      /** `no-key`: agreed, but not for this year, so neither side is asked. */
      state: z.enum(["on", "no-key", "off"]),
      unanswered: z
        .object({
          askedAt: instant,
          deadline: instant,
          overdue: z.boolean(),
          attempts: z.number().int(),
          lastError: z.string().optional(),
        })
        .optional(),
    }),
  ),
  conflicts: z
    .array(conflictViewSchema.extend({ report: z.uuid(), number: z.string() }))
    .describe("open ones, the longest overdue first; at most 200"),
  people: z.array(z.object({ id: z.uuid(), name: z.string(), role: z.string() })),
});
export type DeconflictionView = z.infer<typeof deconflictionViewSchema>;
