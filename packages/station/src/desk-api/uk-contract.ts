import { claimSourceSchema } from "@fairlead/report";
import { UK_ITEM_IDS, UK_LINKS, UK_PRIORITIES } from "@fairlead/report/uk-direct";
import { z } from "zod";

const instant = z.string().describe("UTC, ISO 8601");
const words = z.string().min(1).max(3000);
const itemId = z.enum(UK_ITEM_IDS);
const priority = z.enum(UK_PRIORITIES);

/** One item of Schedule 1: what is known about it, who says so, and what is given, as sent. */
export const ukItemViewSchema = z.object({
  id: itemId,
  partOf: itemId.optional(),
  state: z.enum(["held", "not-held", "not-asked"]),
  by: claimSourceSchema,
  note: z.string().optional(),
  values: z.array(z.string()),
});
export type UkItemView = z.infer<typeof ukItemViewSchema>;

export const ukProblemViewSchema = z.object({
  weight: z.enum(["refuses", "remark"]),
  code: z.string(),
  path: z.string(),
  item: itemId.optional(),
  message: z.string(),
  remedy: z.string(),
});
export type UkProblemView = z.infer<typeof ukProblemViewSchema>;

const linkSchema = z.object({ basis: z.enum(UK_LINKS), evidence: z.string().max(1000) });

const contents = {
  priority,
  why: z.string().optional(),
  established: z.enum(["uk", "elsewhere"]),
  links: z.array(linkSchema),
  declaration: z.boolean(),
  follows: z.string().optional(),
  items: z.array(ukItemViewSchema),
};
const relatedSchema = z.object({ id: z.uuid(), number: z.string(), reference: z.string() });

/** A report that a provider made directly to this station. */
export const ukReceivedSchema = z.object({
  ...contents,
  reference: z.string(),
  provider: z.string(),
  issuedAt: instant,
  referenceUntil: instant,
  contentUntil: instant,
  first: relatedSchema.optional(),
  subsequent: z.array(relatedSchema),
  remarks: z.array(ukProblemViewSchema),
});
export type UkReceivedView = z.infer<typeof ukReceivedSchema>;

/** A report that this station makes directly. */
export const ukFilingViewSchema = z.object({
  ...contents,
  id: z.uuid(),
  peerName: z.string(),
  state: z.enum(["intended", "sending", "delivered", "failed"]),
  lastError: z.string().optional(),
  decidedBy: z.string(),
  decidedAt: instant,
  dueAt: instant.describe("by the house's clock"),
  sendingSince: instant.optional(),
  reference: z.string().optional(),
  issuedAt: instant.optional(),
  referenceUntil: instant.optional(),
  contentUntil: instant.optional(),
  relevantFrom: instant.optional(),
  relevantTo: instant.optional(),
  left: z.array(z.string()).describe("JSON Pointers to what Schedule 1 has no item for"),
});
export type UkFilingView = z.infer<typeof ukFilingViewSchema>;

const dutySchema = z.object({
  made: z.boolean(),
  code: z.enum(["uk.duty.uk-provider", "uk.duty.uk-linked", "uk.duty.covered", "uk.duty.not-linked"]),
  by: z.string().optional().describe("who carries the report otherwise"),
  reference: z.string().optional(),
});
export type UkDutyView = z.infer<typeof dutySchema>;

/** What the form starts from. */
export const ukOfferSchema = z.object({
  id: z.uuid().describe("the form's own id: submitting it twice is one decision"),
  peer: z.string(),
  peerName: z.string(),
  established: z.enum(["uk", "elsewhere"]),
  duty: dutySchema,
  clocks: z.array(z.object({ level: priority, houseHours: z.number(), dueAt: instant })),
  level: priority,
  why: z.string().optional(),
  items: z.array(ukItemViewSchema),
  left: z.array(z.string()),
  references: z.array(z.string()).describe("unique references that this report has already, oldest first"),
  onItsWay: z.boolean(),
});
export type UkOfferView = z.infer<typeof ukOfferSchema>;

export const ukDirectViewSchema = z.object({
  received: ukReceivedSchema.optional(),
  filings: z.array(ukFilingViewSchema),
  offer: ukOfferSchema.optional(),
});
export type UkDirectView = z.infer<typeof ukDirectViewSchema>;

/** What a person says at the form. */
export const ukFormSchema = z.strictObject({
  id: z.uuid(),
  peer: z.string().min(1).max(64),
  choices: z.strictObject({
    priority: z.strictObject({ level: priority, why: words.optional() }),
    follows: z.string().min(1).max(255).optional(),
    links: z.array(linkSchema).max(UK_LINKS.length),
    declaration: z.boolean(),
    reporter: z
      .strictObject({
        firstName: z.string().min(1).max(256).optional(),
        lastName: z.string().min(1).max(256).optional(),
        email: z.string().min(3).max(255).optional(),
        phone: z.string().min(3).max(50).optional(),
      })
      .optional(),
    howDetected: z.array(words).max(20),
    identityDocuments: z.array(words).max(20),
    notHeld: z
      .array(z.strictObject({ item: itemId, note: z.string().min(1).max(1000).optional() }))
      .max(UK_ITEM_IDS.length)
      .describe("what somebody looked for and the provider does not have"),
  }),
});
export type UkForm = z.infer<typeof ukFormSchema>;

export const ukPreviewSchema = z.object({
  items: z.array(ukItemViewSchema),
  problems: z.array(ukProblemViewSchema),
  left: z.array(z.string()),
  duty: dutySchema,
  dueAt: instant,
});
export type UkPreview = z.infer<typeof ukPreviewSchema>;
