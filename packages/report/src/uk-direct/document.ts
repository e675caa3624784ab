import { z } from "zod";
import { claimSchema, claimSourceSchema } from "../claim.ts";
import { eventSchema } from "../event.ts";
import { declaredHashSchema, evidenceSchema } from "../evidence.ts";
import { evidenceIdSchema, personKeySchema } from "../ids.ts";
import { identifierSchema } from "../identifier.ts";
import { channelSchema, incidentSchema } from "../incident.ts";
import { momentSchema } from "../moment.ts";
import { personSchema } from "../person.ts";
import { placeSchema } from "../place.ts";
import { referenceSchema, statementSchema } from "../report.ts";
import { UK_LINKS, UK_PRIORITIES, type UkItemId } from "./law.ts";

const REFERENCE = z.string().min(1).max(255);
const WORDS = z.string().min(1).max(3000);

/**
 * What is known about an item, by whom it is said. `not-held`: somebody looked, and the provider does not have it. `not-asked`:
 * nobody has looked. An item that is blank is neither, so no item is ever blank.
 */
function standing<Held extends z.ZodRawShape>(held: Held) {
  return z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("held"), by: claimSourceSchema, ...held }),
    z.strictObject({
      state: z.literal("not-held"),
      by: claimSourceSchema,
      note: z.string().min(1).max(1000).optional(),
    }),
    z.strictObject({ state: z.literal("not-asked"), by: claimSourceSchema }),
  ]);
}

const holding = <Value extends z.ZodType>(value: Value) => standing({ value });
const handle = z.strictObject({ person: personKeySchema, identifier: identifierSchema });
const handles = z.array(handle).max(5000);
const ofPerson = z.strictObject({ person: personKeySchema, event: eventSchema });

/** A file as the content itself: what other items ask for (times, hashes, addresses, EXIF) stands with them. */
export const ukFileSchema = evidenceSchema.omit({
  uploadedAt: true,
  events: true,
  location: true,
  declaredHashes: true,
  details: true,
});

/** A person that the items speak of; what is known of them stands with the items. */
export const ukPersonSchema = personSchema.omit({ identifiers: true, events: true, places: true });

const items = {
  "reporting-person": holding(z.strictObject({ people: z.array(personKeySchema).max(100), handles })),
  "detected-content": holding(
    z.strictObject({
      files: z.array(ukFileSchema).max(10_000),
      texts: z.array(statementSchema).max(10_000),
    }),
  ),
  "how-detected": holding(
    z.strictObject({ words: z.array(WORDS).max(100), claims: z.array(claimSchema).max(100_000) }),
  ),
  platform: holding(
    z.strictObject({ name: z.string().min(1).max(256).optional(), channel: channelSchema.optional() }),
  ),
  "previous-report": holding(z.array(referenceSchema).max(1000)),
  "upload-time": holding(z.array(z.strictObject({ file: evidenceIdSchema, at: momentSchema })).max(10_000)),
  "upload-connection": holding(
    z.strictObject({
      files: z.array(z.strictObject({ file: evidenceIdSchema, event: eventSchema })).max(100_000),
      people: z.array(ofPerson).max(100_000),
    }),
  ),
  "upload-port": standing({}),
  "upload-connection-time": standing({}),
  exif: holding(
    z
      .array(z.strictObject({ file: evidenceIdSchema, detail: evidenceSchema.shape.details.element }))
      .max(100_000),
  ),
  "content-url": holding(
    z.strictObject({
      files: z.array(z.strictObject({ file: evidenceIdSchema, url: z.string().max(2083) })).max(10_000),
      page: channelSchema.optional(),
    }),
  ),
  "original-hash": holding(
    z.array(z.strictObject({ file: evidenceIdSchema, hash: declaredHashSchema })).max(100_000),
  ),
  username: holding(handles),
  email: holding(handles),
  "recovery-email": holding(handles),
  phone: holding(handles),
  "phone-verified-on": standing({}),
  "profile-url": holding(handles),
  billing: holding(
    z.strictObject({
      handles,
      places: z.array(z.strictObject({ person: personKeySchema, place: placeSchema })).max(5000),
    }),
  ),
  "identity-documents": holding(
    z.array(z.strictObject({ person: personKeySchema.optional(), words: WORDS })).max(100),
  ),
  "linked-accounts": holding(handles),
  "login-connections": holding(z.array(ofPerson).max(100_000)),
} satisfies Record<UkItemId, z.ZodType>;

/**
 * A UK direct report: Schedule 1 of SI 2026/268 as a profile of the internal report. Every value is a part of the internal report in
 * the form that it has there; files travel beside the document, each under the id of its evidence.
 */
export const ukReportSchema = z.strictObject({
  version: z.literal(1),
  /** The provider's own number for the report; the same number is accepted once. */
  reference: z.strictObject({ issuer: REFERENCE, value: REFERENCE }),
  /** Other numbers that the provider gave the report, and cases that it belongs to. */
  numbers: z.array(referenceSchema).max(1000),
  provider: z.strictObject({
    id: z.string().min(1).max(64),
    name: z.string().min(1).max(255),
    /** A provider of the United Kingdom reports everything it detects; any other only what is linked to it (s.66). */
    established: z.enum(["uk", "elsewhere"]),
  }),
  links: z
    .array(z.strictObject({ basis: z.enum(UK_LINKS), evidence: z.string().max(1000) }))
    .max(UK_LINKS.length),
  priority: z.strictObject({ level: z.enum(UK_PRIORITIES), why: WORDS.optional() }),
  /** For a subsequent report: the agency's unique reference of the first. */
  follows: REFERENCE.optional(),
  incident: incidentSchema.omit({ platform: true, channel: true }),
  people: z.array(ukPersonSchema).max(5000),
  items: z.strictObject(items),
  /** That all information which is reasonably available to the provider is in the report. */
  declaration: z.boolean(),
});
export type UkReport = z.infer<typeof ukReportSchema>;
export type UkItems = UkReport["items"];
export type UkFile = z.infer<typeof ukFileSchema>;
export type UkPerson = z.infer<typeof ukPersonSchema>;

/** What anybody may say of an item, whatever it holds. */
export type UkStanding = UkItems[UkItemId];
export type UkStandingState = UkStanding["state"];
