import { HOLD_KINDS } from "@fairlead/assessment";
import { z } from "zod";

/** How long a report is kept, as the desk's API shows and takes it. */

const instant = z.string().describe("UTC, ISO 8601");
const day = z.string().describe("YYYY-MM-DD");
const actSchema = z.object({ by: z.string(), at: instant, reason: z.string() });
const saidDaySchema = z.object({
  day,
  zone: z.string().describe("IANA time zone whose midnight ends the day"),
});

const lawSchema = z.object({
  id: z.string(),
  name: z.string(),
  text: z.string(),
  source: z.string(),
  longerFor: z.string().optional().describe("for what the law lets it be kept longer without a duty"),
});

const dutySchema = z.object({
  by: z.enum(["law", "hold", "decision"]),
  id: z.string().describe("of the law, the hold or the decision"),
  law: lawSchema.optional(),
  peer: z.string().optional().describe("the filing with whom started the law's clock"),
  covers: z.enum(["content", "reference"]),
  from: instant,
  until: instant.optional().describe("absent: it has no end"),
  over: z.boolean(),
});

const holdViewSchema = z.object({
  id: z.uuid(),
  kind: z.enum(HOLD_KINDS),
  authority: z.string(),
  reference: z.string().optional(),
  state: z.enum(["stands", "ended", "released"]),
  until: instant.optional().describe("absent: until somebody releases it"),
  lastDay: saidDaySchema.optional(),
  mine: z.boolean().describe("placed by whoever asks, who therefore does not release it"),
  steps: z.array(
    actSchema.extend({ to: z.enum(["placed", "extended", "released"]), lastDay: saidDaySchema.optional() }),
  ),
});
export type HoldView = z.infer<typeof holdViewSchema>;

export const NOT_ERASABLE = [
  "keeping.held",
  "keeping.no-end",
  "keeping.none",
  "keeping.too-early",
  "erasing.undecided",
  "erasing.not-over",
  "erasing.own-decision",
  "erasing.in-flight",
  "erasing.begun",
] as const;

const erasureViewSchema = z.object({
  last: z
    .object({
      number: z.string().describe("of its certificate"),
      stage: z
        .enum(["confirmed", "erasing", "erased", "stopped"])
        .describe("erasing: there is no way back; stopped: something had happened since the confirmation"),
      by: z.string().describe("who confirmed it"),
      at: instant,
      reason: z.string(),
      began: instant.optional(),
      erased: instant.optional(),
      stopped: z.string().optional().describe("why"),
      objects: z.number().int(),
      shredded: z.number().int().describe("objects that are destroyed already"),
    })
    .optional(),
  problem: z.enum(NOT_ERASABLE).optional().describe("why whoever asks cannot confirm it now"),
  may: z.boolean().describe("whether their role confirms at all"),
});
export type ErasureView = z.infer<typeof erasureViewSchema>;

export const keepingViewSchema = z.object({
  state: z
    .enum(["none", "no-end", "runs", "ends-soon", "over"])
    .describe("none: no clock is known, which is not leave to erase; ends-soon: within 30 days"),
  until: instant.optional().describe("when the content may be decided about"),
  referenceUntil: instant.optional(),
  duties: z.array(dutySchema).describe("the longest first"),
  sender: z
    .object({
      name: z.string(),
      duties: z.array(z.object({ law: lawSchema, until: instant, over: z.boolean() })),
    })
    .describe("what the sender must keep itself, as far as the way it came shows"),
  holds: z.array(holdViewSchema).describe("the newest first"),
  decisions: z
    .array(
      actSchema.extend({
        id: z.uuid(),
        kind: z.enum(["longer", "let-go"]),
        lastDay: saidDaySchema.optional(),
        stands: z.boolean().describe("nothing has happened since that calls for another"),
      }),
    )
    .describe("the newest first"),
  letGo: z
    .enum(["keeping.held", "keeping.no-end", "keeping.none", "keeping.too-early"])
    .optional()
    .describe("why nobody can decide yet that it may go"),
  may: z.object({ hold: z.boolean(), release: z.boolean(), decide: z.boolean() }),
  at: instant.describe("the station's clock"),
});
export type KeepingView = z.infer<typeof keepingViewSchema>;
export const keptOrErasedSchema = keepingViewSchema.extend({
  erasure: erasureViewSchema,
  linked: z
    .array(
      z.object({
        report: z.uuid(),
        number: z.string(),
        why: z.array(z.string()).describe("what links them"),
        held: z.boolean().describe("a hold stands on it already"),
      }),
    )
    .describe(
      "reports that strong links join to it: a hold on it can be placed on them as well, if a person says so",
    ),
});

/** The database cannot hold a NUL. */
const words = (least: number, most: number) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !text.includes("\u0000"), { message: "holds a character that cannot be kept" });
const lastDaySchema = z.strictObject({
  day: z.iso.date(),
  zone: z.string().min(1).max(64).describe("IANA time zone, such as Europe/London"),
});

export const newHoldSchema = z.strictObject({
  kind: z.enum(HOLD_KINDS),
  authority: words(2, 255).describe("who asks for it"),
  reference: words(1, 255).optional().describe("what they call it: a case, an order, a letter"),
  reason: words(10, 2000),
  lastDay: lastDaySchema.optional().describe("absent: until somebody releases it"),
  also: z
    .array(z.uuid())
    .max(100)
    .optional()
    .describe("linked reports on which the same hold is placed; each must be joined to it by a strong link"),
});
export const extendHoldSchema = z.strictObject({
  reason: words(10, 2000),
  lastDay: lastDaySchema.optional(),
});
export const releaseHoldSchema = z.strictObject({ reason: words(10, 2000) });
export const newKeepingDecisionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("longer"), reason: words(10, 2000), lastDay: lastDaySchema }),
  z.strictObject({ kind: z.literal("let-go"), reason: words(10, 2000) }),
]);

export const confirmErasingSchema = z.strictObject({ reason: words(10, 2000) });

export const KEEPING_LISTS = ["overdue", "month", "quarter", "held", "let-go"] as const;
export const keepingListQuerySchema = z.object({
  list: z
    .enum(KEEPING_LISTS)
    .default("overdue")
    .describe("month and quarter: what ends in the next 30 and 90 days; held: by the hold that ends first"),
  after: z.string().max(200).optional().describe("cursor from the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const keepingListSchema = z.object({
  entries: z.array(
    z.object({
      report: z.uuid(),
      number: z.string(),
      status: z.enum(["new", "referred", "closed"]),
      tier: z.enum(["R1", "R2", "R3", "R4", "R5"]).optional(),
      sender: z.string(),
      until: instant.optional().describe("absent: a hold without an end"),
      law: z.string().optional().describe("what keeps it longest, where that is a law"),
      by: z.enum(["law", "hold", "decision"]),
      hold: z
        .object({
          id: z.uuid(),
          kind: z.enum(HOLD_KINDS),
          authority: z.string(),
          reference: z.string().optional(),
        })
        .optional(),
      decided: z.object({ by: z.string(), at: instant, reason: z.string() }).optional(),
    }),
  ),
  next: z.string().optional(),
  counts: z.object({
    overdue: z.number().int(),
    month: z.number().int(),
    quarter: z.number().int(),
    held: z.number().int(),
    "let-go": z.number().int(),
  }),
  at: instant.describe("the station's clock"),
});
export type KeepingList = z.infer<typeof keepingListSchema>;
