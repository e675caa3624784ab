import { z } from "zod";
import { FrankingError } from "../error.ts";
import { STEPS } from "../verify/types.ts";
import type { Attestation } from "./types.ts";

/** More than any bundle holds (e2ee.md 7.8: a report of 50 messages is large); each costs a reader work. */
const MOST_ITEMS = 10_000;
/** As many as a bundle may name. */
const MOST_WITHHELD = 100_000;
const MOST_ATTACHMENTS = 1_000;

const hexSchema = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));
const sha256Schema = hexSchema(64);
const deviceIdSchema = hexSchema(32);
/** A uint64 in decimal. */
const countSchema = z.string().regex(/^(0|[1-9]\d{0,19})$/);
const codeSchema = z.string().regex(/^[a-z][a-z0-9.-]{0,79}$/);
const uriSchema = z.string().min(1).max(1024);
const wordsSchema = z.string().max(1000);

const stepSchema = z.strictObject({
  step: z.enum(STEPS),
  result: z.enum(["passed", "failed", "not-checked"]),
  code: codeSchema.exactOptional(),
  detail: wordsSchema,
});

const attachmentSchema = z.strictObject({
  root: sha256Schema,
  mode: z.enum(["full", "hash-only"]),
  result: z.enum(["opened-and-bound", "committed-not-seen", "failed", "missing"]),
  sha256: sha256Schema.exactOptional(),
  size: z.int().nonnegative().exactOptional(),
  code: codeSchema.exactOptional(),
});

const verdictSchema = z.enum(["VERIFIED", "VERIFIED_NO_SUBMIT_SIG", "UNVERIFIED"]);

const itemSchema = z.strictObject({
  index: z.int().nonnegative(),
  roomSeq: countSchema,
  messageId: z.union([z.literal(""), sha256Schema]),
  senderUri: z.string().max(1024),
  deviceId: z.string().regex(/^[0-9a-f]{0,128}$/),
  selected: z.boolean(),
  verdict: verdictSchema,
  steps: z.array(stepSchema).max(64),
  acceptedAt: countSchema,
  existedBy: countSchema.nullable(),
  seen: countSchema.nullable(),
  replaces: z.array(countSchema).max(MOST_ITEMS),
  attachments: z.array(attachmentSchema).max(MOST_ATTACHMENTS),
});

const bundleVerdictSchema = z.strictObject({
  reportId: z.uuid(),
  verdict: verdictSchema,
  steps: z.array(stepSchema).max(64),
  items: z.array(itemSchema).max(MOST_ITEMS),
  withheld: z.array(countSchema).max(MOST_WITHHELD),
  window: z.strictObject({
    from: countSchema,
    to: countSchema,
    firstSeq: countSchema,
    headSeq: countSchema,
  }),
  fullConversation: z.boolean(),
});

/** The body of an attestation, as canonical JSON holds it. What it takes comes out unchanged. */
export const attestationSchema: z.ZodType<Attestation> = z.strictObject({
  version: z.literal(1),
  reportId: z.uuid(),
  subject: z.strictObject({ bundleSha256: sha256Schema, recordsSha256: sha256Schema }),
  provider: z.strictObject({
    name: z.string().min(1).max(255),
    domain: z.string().min(1).max(253),
  }),
  roomUri: uriSchema,
  reporter: z.strictObject({ uri: uriSchema, deviceId: deviceIdSchema }),
  verdict: bundleVerdictSchema,
  frankKids: z.array(z.int().min(197_001).max(999_912)).max(1200),
  limits: z.array(codeSchema).max(64),
  verifier: z.strictObject({ version: z.string().min(1).max(64), build: z.string().min(1).max(128) }),
  madeAt: z.iso.datetime({ precision: 3 }),
});

/**
 * Reads an attestation's body from any JSON value; who signed it is another question.
 * @throws FrankingError `attestation.malformed`, naming the places that are wrong and nothing that stands there
 */
export function parseAttestation(value: unknown): Attestation {
  const parsed = attestationSchema.safeParse(value);
  if (parsed.success && parsed.data.reportId === parsed.data.verdict.reportId) return parsed.data;
  const places = parsed.success
    ? ["verdict.reportId"]
    : parsed.error.issues.slice(0, 5).map((issue) => issue.path.join(".") || "(whole)");
  throw new FrankingError(
    "attestation.malformed",
    `The attestation is not of the form that its type promises at: ${places.join(", ")}. Ask its maker for it again.`,
  );
}
