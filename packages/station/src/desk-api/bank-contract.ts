import { z } from "zod";

/** Banks of hashes, as the desk's API shows and changes them. */

const instant = z.string().describe("UTC, ISO 8601");
const kind = z.enum(["md5", "sha1", "sha256", "pdq"]);
const trust = z
  .enum(["vetted-graded", "vetted", "unvetted"])
  .describe("what this station takes the source's claims for");
const semantics = z.enum(["pdq/full", "pdq/nn512", "unlabelled"]);
const part = z.array(z.string()).nullable().describe("entries with at least one of these match; null: all");
const after = z.string().max(600).optional().describe("cursor from the page before");
const next = z.string().optional();

export const bankParamSchema = z.object({ bank: z.string().min(1).max(63) });
export const bankEntryParamSchema = bankParamSchema.extend({ entry: z.uuid() });
export const afterQuerySchema = z.object({ after });

const bankSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  source: z.string().describe("whose claims its entries are"),
  trust,
  semantics: semantics.describe("how its perceptual hashes are made, where an entry does not say"),
  matches: z.enum(["on", "in-part", "off"]),
  live: z.int().describe("entries that stand"),
  gone: z.int().describe("entries that their source took back"),
  changedAt: instant.optional().describe("when an entry last changed; absent: it never had one"),
  exchange: z
    .object({
      kind: z.enum(["ncmec", "stopncii", "directory"]),
      runs: z.boolean().describe("the configuration still names it"),
      fetchedAt: instant.optional().describe("when something last came; absent: never"),
      caughtUpAt: instant.optional().describe("when it last had everything that the source had"),
      failing: z
        .object({
          since: instant,
          trouble: z.enum(["unreachable", "answer-invalid", "blocked", "fault"]),
          words: z.string(),
          attempts: z.int(),
        })
        .optional()
        .describe("the last fetch failed"),
      nextAt: instant.optional(),
    })
    .optional()
    .describe("absent: it is fetched from nowhere"),
});
export const bankListSchema = z.object({ banks: z.array(bankSummarySchema), next });
z.globalRegistry.add(bankListSchema, { id: "BankList" });
export type BankList = z.infer<typeof bankListSchema>;

const settingsSchema = z.object({
  name: z.string(),
  source: z.string(),
  trust,
  enabled: z.boolean(),
  categories: part,
  tags: part,
  members: part,
  threshold: z.int().describe("the most bits in which a perceptual hash may differ"),
  quality: z.int().describe("the least quality of a perceptual hash, where it is known"),
  semantics,
});
export const BANK_SETTINGS = settingsSchema.keyof().options;

export const NOT_TOLD = [
  "nobody",
  "directory",
  "no-key",
  "kind-unknown",
  "not-the-sources",
  "taken-back",
] as const;

export const bankViewSchema = bankSummarySchema.extend({
  settings: settingsSchema,
  seen: z.string().describe("which change of the settings this is; a change names it"),
  curators: z.array(z.string()).describe("accounts of others that may fill it"),
  sharedWith: z.array(z.string()).describe("accounts that get it whole"),
  notTold: z
    .enum(NOT_TOLD)
    .optional()
    .describe("why its source can be told nothing about an entry; absent: it can"),
  changes: z
    .array(
      z.object({
        seq: z.string(),
        at: instant,
        by: z.string().optional().describe("a person's name, or an account's; absent: this station itself"),
        way: z.enum(["person", "sender", "exchange", "operator"]),
        reason: z.string().optional(),
        changed: z.array(z.enum(BANK_SETTINGS)).describe("empty: the bank was made"),
        was: settingsSchema.optional(),
        is: settingsSchema,
      }),
    )
    .describe("of its settings, the newest first"),
  next,
});
z.globalRegistry.add(bankViewSchema, { id: "BankView" });
export type BankView = z.infer<typeof bankViewSchema>;

export const PART_SORTS = ["category", "tag", "member"] as const;
export const bankPartsQuerySchema = afterQuerySchema.extend({ sort: z.enum(PART_SORTS) });
export const bankPartsSchema = z.object({
  parts: z
    .array(
      z.object({
        value: z.string(),
        name: z.string().optional().describe("what the source calls a member"),
        live: z.int().describe("entries of it"),
      }),
    )
    .describe("by their value"),
  next,
});
z.globalRegistry.add(bankPartsSchema, { id: "BankParts" });

/** The database cannot hold a NUL. */
const words = (least: number, most: number) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !text.includes("\u0000"), { message: "holds a character that cannot be kept" });
const newPart = z.array(words(1, 255)).min(1).max(1000).nullable().optional();

export const newBankChangeSchema = z.strictObject({
  seen: z.string().regex(/^\d{1,18}$/),
  reason: words(10, 2000),
  enabled: z.boolean().optional(),
  trust: trust.optional(),
  categories: newPart,
  tags: newPart,
  members: newPart,
});

const claimsSchema = z.object({
  member: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  media: z.enum(["image", "video"]).optional(),
  classification: z.string().optional().describe("in the source's own scale"),
  categories: z.array(z.string()),
  tags: z.array(z.string()),
  unread: z.array(z.string()).describe("what the source also gave and this station cannot use"),
  saidAt: instant.optional(),
});
const entryMatchesSchema = z
  .enum(["yes", "taken-back", "bank-off", "part-off"])
  .describe("whether a file with one of its hashes would match now, and why not");
const foundEntrySchema = z.object({
  id: z.uuid(),
  key: z.string().describe("the source's own name for it"),
  bank: z.string(),
  bankName: z.string(),
  source: z.string(),
  trust,
  matches: entryMatchesSchema,
  changedAt: instant,
  claims: claimsSchema.describe("the source's word, and no fact"),
});

export const bankLookupSchema = z.strictObject({
  value: z
    .string()
    .transform((text) => text.replaceAll(/\s/g, "").toLowerCase())
    .pipe(z.string().regex(/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/, "is no hash that a bank holds")),
  after,
});
export const bankLookupAnswerSchema = z.object({
  value: z.string(),
  kinds: z.array(kind).describe("what a hash of this length can be"),
  entries: z.array(
    foundEntrySchema.extend({
      kind,
      stands: z.boolean().describe("the entry has this hash now; otherwise it had it once"),
    }),
  ),
  next,
});
z.globalRegistry.add(bankLookupAnswerSchema, { id: "BankLookup" });

export const bankEntrySchema = foundEntrySchema.extend({
  signals: z.array(
    z.object({
      kind,
      value: z.string(),
      semantics: semantics.optional(),
      quality: z.int().optional(),
      stands: z.boolean(),
      good: z.boolean().describe("its quality is good enough to match, or is not known"),
    }),
  ),
  changes: z
    .array(
      z.object({
        seq: z.string(),
        what: z.enum(["added", "changed", "removed", "restored"]),
        at: instant,
        by: z.string().optional(),
        way: z.enum(["person", "sender", "exchange", "operator"]),
        claims: claimsSchema.describe("as the source said from then on"),
        hashes: z.int(),
      }),
    )
    .describe("the newest first"),
  next,
});
z.globalRegistry.add(bankEntrySchema, { id: "BankEntry" });
export type BankEntryView = z.infer<typeof bankEntrySchema>;
