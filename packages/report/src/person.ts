import { z } from "zod";
import { eventSchema } from "./event.ts";
import { personKeySchema } from "./ids.ts";
import { identifierSchema } from "./identifier.ts";
import { placeSchema } from "./place.ts";

/** What part a person has in the incident, as the sender states it. */
export const personRoleSchema = z.enum([
  "suspect",
  "recipient",
  "victim",
  "reporter",
  "contact",
  "associated",
]);
export type PersonRole = z.infer<typeof personRoleSchema>;

/** A person of a report. Nothing here is known beyond what the sender stated; absent is unknown. */
export const personSchema = z.strictObject({
  key: personKeySchema,
  role: personRoleSchema,
  firstName: z.string().max(256).optional(),
  middleName: z.string().max(256).optional(),
  lastName: z.string().max(256).optional(),
  ageYears: z.int().min(0).max(150).optional(),
  dateOfBirth: z.iso.date().optional(),
  identifiers: z.array(identifierSchema).max(5000),
  events: z.array(eventSchema).max(10_000),
  places: z.array(placeSchema).max(500),
  /** For `associated`: the person it belongs to and how (`billing`, `linked`, `parent-guardian` …). */
  associatedWith: z.strictObject({ key: personKeySchema, how: z.string().max(64) }).optional(),
  school: z.string().max(255).optional(),
  vehicle: z.string().max(300).optional(),
});
export type Person = z.infer<typeof personSchema>;
