import { verify } from "node:crypto";
import { type Attestation, FrankingError } from "@fairlead/franking";
import { type AttestationKey, verifyAttestation } from "@fairlead/franking/verify";
import { parseVerifyingKey } from "@fairlead/sealing";
import { z } from "zod";
import type { StationConfig } from "../config.ts";

/** More than the largest report that a verifier takes makes of verdicts. */
export const MAX_ATTESTATION_BYTES = 8 * 1024 * 1024;

/** A provider whose word counts here, with its keys ready for use. */
export interface PinnedProvider {
  name: string;
  domain: string;
  keys: readonly AttestationKey[];
}

/** What an attestation turns out to be when its seal is looked at. Only a trusted one is read further. */
export type Reading =
  | { kind: "trusted"; attestation: Attestation; keyIds: readonly string[] }
  /** It names a key that is pinned here, and that key did not sign these bytes. */
  | { kind: "broken-seal"; keyIds: readonly string[] }
  | { kind: "unknown"; code: "key-not-pinned" | "other-domain"; keyIds: readonly string[] }
  | { kind: "unreadable"; code: "malformed" | "too-large" | "not-as-measured"; keyIds: readonly string[] };

/** Only as much of an envelope as says whose it claims to be. */
const namedKeysSchema = z.object({
  signatures: z.array(z.object({ keyid: z.string().max(256).optional() })).max(16),
});

/** The providers of the configuration, with their keys. */
export function pinnedProviders({ verifiers }: StationConfig): PinnedProvider[] {
  return verifiers.map(({ name, domain, keys }) => ({
    name,
    domain,
    keys: keys.map((word) => {
      const { keyId, key } = parseVerifyingKey(word);
      return { keyId, verify: (message, signature) => verify(null, message, key, signature) };
    }),
  }));
}

/** Reads an attestation's bytes and finds whose it is. Never throws for what is in them. */
export async function readAttestation(
  bytes: Uint8Array,
  providers: readonly PinnedProvider[],
): Promise<Reading> {
  const envelope = parseJson(bytes);
  const named = namedKeysSchema.safeParse(envelope);
  if (!named.success) return { kind: "unreadable", code: "malformed", keyIds: [] };
  const keyIds = named.data.signatures.flatMap(({ keyid }) => keyid ?? []);
  let isNamed = false;
  for (const { domain, keys } of providers) {
    isNamed ||= keys.some(({ keyId }) => keyIds.includes(keyId));
    const attestation = await signedBy(envelope, keys);
    if (attestation === "malformed") return { kind: "unreadable", code: "malformed", keyIds };
    if (attestation === "untrusted") continue;
    return speaksFor(attestation, domain)
      ? { kind: "trusted", attestation, keyIds }
      : { kind: "unknown", code: "other-domain", keyIds };
  }
  return isNamed ? { kind: "broken-seal", keyIds } : { kind: "unknown", code: "key-not-pinned", keyIds };
}

async function signedBy(
  envelope: unknown,
  keys: readonly AttestationKey[],
): Promise<Attestation | "malformed" | "untrusted"> {
  try {
    return (await verifyAttestation(envelope, keys)).attestation;
  } catch (error) {
    if (!(error instanceof FrankingError)) throw error;
    return error.code === "attestation.untrusted" ? "untrusted" : "malformed";
  }
}

/** A provider's word counts for its own rooms only. */
function speaksFor({ provider, roomUri }: Attestation, domain: string): boolean {
  return provider.domain === domain && roomUri.startsWith(`mimi://${domain}/r/`);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
