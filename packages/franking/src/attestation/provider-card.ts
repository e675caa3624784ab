import { z } from "zod";
import { FrankingError } from "../error.ts";

export const PROVIDER_CARD_FILE = "provider-card.json";

/** 32 bytes in base64url without padding. */
const keySchema = z.string().regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/);
const instantSchema = z.iso.datetime({ precision: 3 });

/**
 * What somebody who checks a provider's reports pins of it: the public halves of its keys, got by another way than the
 * reports. JSON, so that it can be printed, compared and kept.
 */
export const providerCardSchema = z.strictObject({
  name: z.string().min(1).max(255),
  /** The hub's domain, as in the URIs of its rooms and accounts. */
  domain: z
    .string()
    .max(253)
    .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/),
  /** Keys that sign attestations, each as one word: `fairlead-ed25519:KEYID:KEY`. Old ones stay, for the reports of their time. */
  keys: z
    .array(z.string().regex(/^fairlead-ed25519:[0-9a-f]{32}:[\w-]{43}$/))
    .min(1)
    .max(32),
  /** The hub's franking signature keys, each with the time in which it may have signed (UTC). */
  frankingKeys: z
    .array(
      z.strictObject({
        suite: z.int().min(1).max(65_535),
        publicKey: keySchema,
        notBefore: instantSchema,
        notAfter: instantSchema.nullable(),
      }),
    )
    .max(256)
    .default([]),
  /** Key of the hub's log (C2SP signed note, `vkey`). */
  logKey: z.string().min(1).max(512).nullable().default(null),
  /** Certificates (DER, base64) of the timestamp authorities whose tokens stand in its records. */
  timestampRoots: z
    .array(
      z
        .string()
        .regex(/^[A-Za-z0-9+/]+={0,2}$/)
        .max(16_384),
    )
    .max(32)
    .default([]),
});
export type ProviderCard = z.infer<typeof providerCardSchema>;

/** @throws FrankingError `attestation.card`, naming what is wrong in the card */
export function parseProviderCard(value: unknown): ProviderCard {
  const parsed = providerCardSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".") || "(whole)"}: ${issue.message}`);
  throw new FrankingError(
    "attestation.card",
    `This is not a provider's card: ${problems.join("; ")}. Ask the provider for its card again.`,
  );
}
