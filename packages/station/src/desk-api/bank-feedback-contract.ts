import { z } from "zod";
import { NOT_TOLD } from "./bank-contract.ts";

/** What the source of a hash is told about it, as the desk's API has it. */

const instant = z.string().describe("UTC, ISO 8601");
const kind = z.enum(["md5", "sha1", "sha256", "pdq"]);
const opinion = z.enum(["affirmative", "negative"]).describe("the entry is right, or wrong");
const protocol = z.enum(["ncmec", "stopncii"]);
const notTold = z
  .enum(NOT_TOLD)
  .describe("why its source can be told nothing about such a hash; absent: it can");

const saidSchema = z.object({
  id: z.uuid(),
  kind,
  opinion,
  reasons: z.array(z.string()).describe("in the source's words"),
  note: z.string().describe("why, for this station alone: it is never sent"),
  by: z.string(),
  at: instant,
  delivery: z.object({
    state: z
      .enum(["waiting", "failing", "refused", "delivered", "elsewhere", "replaced"])
      .describe(
        "failing: it is tried again by itself; replaced: somebody said something else before it had arrived",
      ),
    at: instant.optional().describe("when the source had taken it"),
    words: z.string().optional().describe("what stands in its way"),
    attempts: z.int().describe("that failed"),
    nextAt: instant.optional(),
  }),
});

/** What can be said about one matched item, and the newest that was. */
export const feedbackStandingSchema = z.object({
  entry: z.uuid(),
  protocol: protocol.optional(),
  notTold: notTold.optional(),
  said: saidSchema.optional(),
});

export const bankFeedbackSchema = z.object({
  protocol: protocol.optional().describe("absent: there is nobody to tell"),
  tells: z.array(z.object({ kind, notTold: notTold.optional() })).describe("each kind of hash that it has"),
  said: z.array(saidSchema).describe("the newest first"),
  others: z
    .array(z.object({ account: z.string(), kind, opinion, reasons: z.array(z.string()), at: instant }))
    .describe("what those say with whom this station shares the bank"),
});
z.globalRegistry.add(bankFeedbackSchema, { id: "BankFeedback" });
export type BankFeedbackView = z.infer<typeof bankFeedbackSchema>;

export const feedbackReasonsQuerySchema = z.object({ kind });
export const feedbackReasonsSchema = z.object({
  asks: z.boolean().describe("at least one has to be named with a word against an entry"),
  reasons: z.array(z.object({ id: z.string(), name: z.string() })),
  at: instant.optional().describe("when the source last listed them"),
});

export const newFeedbackSchema = z.strictObject({
  kind,
  opinion,
  reasons: z
    .array(z.string().min(1).max(500))
    .max(200)
    .default([])
    .describe("ids of those that the source lists"),
  note: z
    .string()
    .trim()
    .min(3)
    .max(1000)
    .refine((text) => !text.includes("\u0000"), { message: "holds a character that cannot be kept" }),
});
