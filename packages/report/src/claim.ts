import { z } from "zod";
import { evidenceIdSchema, personKeySchema } from "./ids.ts";
import { momentSchema } from "./moment.ts";

/** Who says so. A flag is a claim by a named source, never a fact (law 3). */
export const claimSourceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sender"), name: z.string().min(1).max(255) }),
  z.strictObject({
    kind: z.literal("station"),
    id: z.string().min(1).max(64),
    name: z.string().min(1).max(255),
  }),
  z.strictObject({
    kind: z.literal("person"),
    id: z.string().min(1).max(64),
    role: z.string().min(1).max(64),
  }),
  z.strictObject({ kind: z.literal("list"), name: z.string().min(1).max(255) }),
  z.strictObject({
    kind: z.literal("rule"),
    id: z.string().min(1).max(64),
    version: z.string().min(1).max(32),
  }),
]);
export type ClaimSource = z.infer<typeof claimSourceSchema>;

/** What a claim is about. */
export const claimTargetSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("report") }),
  z.strictObject({ kind: z.literal("evidence"), id: evidenceIdSchema }),
  z.strictObject({ kind: z.literal("person"), key: personKeySchema }),
  z.strictObject({ kind: z.literal("ip"), address: z.string().min(2).max(64) }),
]);
export type ClaimTarget = z.infer<typeof claimTargetSchema>;

/** Flags about a file: how it was seen and what it is said to be. */
export const EVIDENCE_FLAGS = [
  "viewed-in-full",
  "exif-viewed",
  "publicly-available",
  "viral",
  "potential-meme",
  "generative-ai",
  "drawing",
  "possible-self-production",
  "physical-harm",
  "violence",
  "animal",
  "live-stream",
  "infant",
  "home-production",
] as const;

/** Flags about what happened; the urgency rules of agency.md 4.4 read them. */
export const REPORT_FLAGS = [
  "sextortion",
  "solicitation",
  "minor-to-minor",
  "spam",
  "sadistic",
  "grooming",
  "live-abuse",
  "threat-to-life",
  "child-suicide-risk",
  "meeting-within-72h",
  "abduction",
  "adult-with-child",
  "contact-admission",
  "identified-child",
  "repeat-target",
  "distribution",
  "group-hosting",
  "commercial",
  "multiple-platforms",
  "several-events",
  "escalating",
  "outrage",
  "coercion",
  "batched",
  "reported-to-police",
  "legal-process-domestic",
  "legal-process-international",
] as const;

/** Flags about a person or account. */
export const PERSON_FLAGS = [
  "compromised-account",
  "third-party-user",
  "all-emails-reported",
  "account-disabled-temporarily",
  "account-disabled-permanently",
  "contact-record",
  "position-of-trust",
  "access-to-children",
  "prior-referral",
] as const;

export const flagSchema = z.enum([...EVIDENCE_FLAGS, ...REPORT_FLAGS, ...PERSON_FLAGS]);
export type Flag = z.infer<typeof flagSchema>;

/** What the network behind an address is: it decides whether an address and time can name a subscriber. */
export const networkClassSchema = z.enum(["access", "carrier-nat", "vpn", "tor", "hosting", "unknown"]);
export type NetworkClass = z.infer<typeof networkClassSchema>;

const statementSchema = z.discriminatedUnion("kind", [
  /** A yes or a no that the source stated. Where nothing was stated there is no claim. */
  z.strictObject({ kind: z.literal("flag"), flag: flagSchema, value: z.boolean() }),
  /** The sender asks for haste and says why; its presence is the escalation. */
  z.strictObject({ kind: z.literal("escalation"), text: z.string().min(1).max(3000) }),
  /** The industry's A1, A2, B1, B2: not the UK's letters and never equated with them (agency.md 2.3). */
  z.strictObject({ kind: z.literal("industry-grade"), grade: z.enum(["A1", "A2", "B1", "B2"]) }),
  /** A UK category (Sentencing Council, 2014) with the written description that trained staff gave. */
  z.strictObject({
    kind: z.literal("uk-category"),
    category: z.enum(["A", "B", "C"]),
    description: z.string().min(1).max(4000).optional(),
  }),
  /** A match with a list of known material. Perceptual likeness is an inference; exact equality is not. */
  z.strictObject({
    kind: z.literal("hash-match"),
    list: z.string().min(1).max(255),
    match: z.enum(["exact", "perceptual"]),
    vetted: z.boolean(),
    /** In the list's own scale. */
    grade: z.string().max(64).optional(),
    /** Bits in which the hashes differ, how the one that was asked for was made, and of what: `plain`, or how the file was changed first. */
    distance: z.int().min(0).max(256).optional(),
    semantics: z.string().min(1).max(64).optional(),
    probe: z.string().min(1).max(64).optional(),
  }),
  z.strictObject({
    kind: z.literal("classifier"),
    model: z.string().min(1).max(255),
    score: z.number().min(0).max(1),
  }),
  /** The network behind an IP address and the country it is registered in, by the named table. */
  z.strictObject({
    kind: z.literal("network"),
    network: networkClassSchema,
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
  }),
  /** A message bundle whose origin was proven cryptographically (message franking). */
  z.strictObject({ kind: z.literal("franking"), verified: z.boolean(), fullConversation: z.boolean() }),
  /** An answer to an enquiry: events of this person resolve to one subscriber at one installation address. */
  z.strictObject({
    kind: z.literal("resolution"),
    events: z.int().min(1).max(1000),
    addressKind: z.enum(["installation", "billing", "unknown"]),
    postcode: z.string().min(2).max(20).optional(),
    country: z.string().regex(/^[A-Z]{2}$/),
    corroborated: z.boolean(),
  }),
  /** When the account was disabled, the user told, the account enabled again. */
  z.strictObject({
    kind: z.literal("account-disabled"),
    permanent: z.boolean(),
    value: z.boolean(),
    disabledAt: momentSchema.optional(),
    userNotified: z.boolean().optional(),
    userNotifiedAt: momentSchema.optional(),
    reenabledAt: momentSchema.optional(),
  }),
]);
export type ClaimStatement = z.infer<typeof statementSchema>;

/** One statement by one named source about a report, evidence, a person or an address. */
export const claimSchema = z.strictObject({
  about: claimTargetSchema,
  source: claimSourceSchema,
  /** When the source made the claim (UTC); absent when the sender's document does not say. */
  madeAt: z.iso.datetime().optional(),
  states: statementSchema,
});
export type Claim = z.infer<typeof claimSchema>;
