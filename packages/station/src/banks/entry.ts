import { z } from "zod";
import { signalSchema } from "./signal.ts";

/** Words of a source: anybody's, so they are bounded, and the database cannot hold a NUL. */
const word = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !text.includes("\u0000"), { message: "holds a character that cannot be kept" });
const words = z
  .array(word(255))
  .max(100)
  .default([])
  .transform((list) => [...new Set(list)].toSorted());

/** The most hashes of one entry; a source that sends more sends something else than an entry. */
const MOST_SIGNALS = 64;

/**
 * What a source says of one item: its hashes, and the claims that it makes. All of it is that source's word and nothing of it a fact
 * (law 3); what the station takes it for is the bank's `trust`.
 */
export const saidEntrySchema = z.strictObject({
  /** The source's own name for it, one in the bank. */
  key: word(255),
  /** Who at the source says so, where several put their words together. */
  member: z.strictObject({ id: word(64), name: word(255).optional() }).optional(),
  media: z.enum(["image", "video"]).optional(),
  signals: z.array(signalSchema).max(MOST_SIGNALS),
  /** In the source's own scale, such as A1; never read as another's letters. */
  classification: word(64).optional(),
  categories: words,
  tags: words,
  /** What the source also gave and this station cannot use: kinds of hashes that it does not know, or values that are none. */
  unread: words,
  /** When the source said so. */
  saidAt: z.iso.datetime().optional(),
});
export type SaidEntry = z.infer<typeof saidEntrySchema>;

/** One page of a source's words: what it says now, and which of its items it takes back. */
export interface SaidPage {
  entries: readonly SaidEntry[];
  /** Keys. */
  removed: readonly string[];
}
