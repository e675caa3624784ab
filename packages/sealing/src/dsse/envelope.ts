import { z } from "zod";
import { canonicalJson } from "../bytes/canonical-json.ts";
import { SealingError } from "../errors.ts";

/** More signatures than any statement has signers; each costs a verifier work. */
const MAX_SIGNATURES = 16;

const signatureSchema = z.object({
  // "An unset field MUST be treated the same as set-but-empty."
  keyid: z.string().max(256).optional(),
  sig: z.string().max(256),
});

/** DSSE v1 JSON envelope. "Consumers MUST ignore unrecognized fields", so unknown members are dropped, not refused. */
export const envelopeSchema = z.object({
  payload: z.string(),
  // The type is signed as UTF-8; printable ASCII leaves no second spelling of one type.
  payloadType: z
    .string()
    .regex(/^[!-~]{1,200}$/, "must be 1 to 200 printable ASCII characters without spaces"),
  signatures: z.array(signatureSchema).min(1).max(MAX_SIGNATURES),
});

/**
 * A signed message in DSSE's JSON form. `payload` and `sig` are base64. Nothing in it is trusted before
 * `verifyEnvelope`; `keyid` never is.
 */
export type Envelope = z.infer<typeof envelopeSchema>;

/** The envelope as bytes: canonical JSON, so that one envelope has one form. */
export function encodeEnvelope(envelope: Envelope): Uint8Array {
  return canonicalJson(envelope);
}

/** Reads an envelope from any JSON value. Throws `envelope-malformed`. */
export function parseEnvelope(value: unknown): Envelope {
  const parsed = envelopeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw malformed(`${issue?.path.join(".") || "the value"}: ${issue?.message ?? "not an envelope"}`);
}

/** Reads an envelope from JSON text in UTF-8. Throws `envelope-malformed`. */
export function decodeEnvelope(bytes: Uint8Array): Envelope {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw malformed("it is not JSON in UTF-8");
  }
  return parseEnvelope(value);
}

export function malformed(why: string): SealingError {
  return new SealingError("envelope-malformed", `The signed envelope cannot be read: ${why}.`);
}
