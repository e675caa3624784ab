import { z } from "zod";

/** The kinds of hashes that a bank can hold, with the bytes of each. */
export const SIGNAL_BYTES = { md5: 16, sha1: 20, sha256: 32, pdq: 32 } as const;
export type SignalKind = keyof typeof SIGNAL_BYTES;
export const SIGNAL_KINDS = ["md5", "sha1", "sha256", "pdq"] as const satisfies readonly SignalKind[];

/** How a perceptual hash was made. `unlabelled`: nobody says, and the two ways differ by some eight bits for one picture. */
export const SEMANTICS = ["pdq/full", "pdq/nn512", "unlabelled"] as const;
export const semanticsSchema = z.enum(SEMANTICS);
export type Semantics = z.infer<typeof semanticsSchema>;

/** One hash. `value` is hexadecimal in lower case. */
export const signalSchema = z
  .strictObject({
    kind: z.enum(SIGNAL_KINDS),
    value: z.string().transform((text) => text.trim().toLowerCase()),
    /** Only of perceptual hashes; absent: the bank's settings say. */
    semantics: semanticsSchema.optional(),
    /** 0 to 100, only of perceptual hashes, where the source says it. */
    quality: z.int().min(0).max(100).optional(),
  })
  .superRefine(({ kind, value, semantics, quality }, context) => {
    const problem = valueProblem(kind, value);
    if (problem !== undefined) context.addIssue({ code: "custom", path: ["value"], message: problem });
    if (kind !== "pdq" && (semantics !== undefined || quality !== undefined))
      context.addIssue({ code: "custom", message: `a hash of kind ${kind} has no semantics and no quality` });
  });
export type Signal = z.infer<typeof signalSchema>;

/** What is wrong with a value in hexadecimal, or `undefined`. */
export function valueProblem(kind: SignalKind, value: string): string | undefined {
  const digits = SIGNAL_BYTES[kind] * 2;
  return value.length === digits && /^[0-9a-f]*$/.test(value)
    ? undefined
    : `is not ${digits} hexadecimal digits, as a hash of kind ${kind} is`;
}
