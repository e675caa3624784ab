import { z } from "zod";
import { claimSchema } from "./claim.ts";
import { evidenceSchema } from "./evidence.ts";
import { personKeySchema } from "./ids.ts";
import { incidentSchema } from "./incident.ts";
import { personSchema } from "./person.ts";

/** Who handed the report to us. */
export const senderSchema = z.strictObject({
  kind: z.enum(["platform", "hotline", "public", "peer"]),
  /** The name by which this station knows the sender: an account name or a peer's station id. */
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(255),
});
export type Sender = z.infer<typeof senderSchema>;

/** A number that somebody gave this report, an earlier one of the same matter, or a case it belongs to. */
export const referenceSchema = z.strictObject({
  kind: z.enum(["this-report", "prior-report", "case"]),
  issuer: z.string().min(1).max(255),
  value: z.string().min(1).max(255),
  /** The person that a prior report was about, where the sender says so. */
  person: personKeySchema.optional(),
});
export type Reference = z.infer<typeof referenceSchema>;

/**
 * Free text as stated. `topic` says what it is, `path` where it stood on the sender's wire, so that text without a place of
 * its own in this model is kept word for word and can go back onto the wire.
 */
export const statementSchema = z.strictObject({
  topic: z.enum(["note", "chat", "bio", "terms", "policy", "police-contact", "wire"]),
  text: z.string().min(1).max(1_000_000),
  person: personKeySchema.optional(),
  evidence: z.uuid().optional(),
  path: z.string().max(512).optional(),
});
export type Statement = z.infer<typeof statementSchema>;

/**
 * What one sender told us about one incident: wire-independent, never altered once it is finished, only amended by another
 * report. Nothing in it is inferred; what a station or a person adds later stands beside it as a claim.
 */
export const reportSchema = z.strictObject({
  version: z.literal(1),
  sender: senderSchema,
  references: z.array(referenceSchema).max(1000),
  incident: incidentSchema,
  persons: z.array(personSchema).max(5000),
  evidence: z.array(evidenceSchema).max(10_000),
  claims: z.array(claimSchema).max(100_000),
  statements: z.array(statementSchema).max(10_000),
});
export type Report = z.infer<typeof reportSchema>;
