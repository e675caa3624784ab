import type { BundleVerdict } from "../verify/types.ts";

/** Media type of `attestation.json`: a DSSE envelope in JSON. */
export const ATTESTATION_MEDIA_TYPE = "application/vnd.fairlead.attestation+json";
export const ATTESTATION_FILE = "attestation.json";

/**
 * DSSE payload type of an attestation. The payload is the attestation as canonical JSON (RFC 8785); `payload` and `sig` are
 * standard base64; a key's id is the first 32 hexadecimal digits of the SHA-256 of its SubjectPublicKeyInfo (RFC 8410).
 */
export const ATTESTATION_PAYLOAD_TYPE = `${ATTESTATION_MEDIA_TYPE};version=1`;

/**
 * What a verification does not show, as codes; the words stand in the catalogue of `explain`. A reader meets codes of newer
 * verifiers too and shows them as they are.
 */
export const LIMITS = [
  /** It is about an account and a device, never about the person who held it. */
  "account-not-person",
  /** It says who sent which words, not whether the words are true. */
  "authenticity-only",
  /** The reporter chose what to show; what was kept back is listed. */
  "reporter-chose",
  /** Messages before the first and after the newest that the reporter's device names are outside of it. */
  "outside-window-unknown",
  /** The server frank is an HMAC: only the provider can check it again. */
  "frank-by-provider-only",
  /** Which device spoke for which account is the provider's directory, unless something else confirms it. */
  "directory-by-provider",
  /** Times are the provider's clock; no outside timestamp bounds some or all of them. */
  "clock-by-provider",
  /** Some messages carry no signature of the sending device. */
  "no-device-signature",
  /** Some attachments were not opened: what they show is not known. */
  "attachments-not-seen",
  /** Who passes something on is its sender here; where it came from first is not known. */
  "forwarder-is-sender",
] as const;
export type KnownLimit = (typeof LIMITS)[number];

/** What the provider's verifier says of a report bundle, under its attestation key. */
export interface Attestation {
  readonly version: 1;
  /** The bundle's own id (UUID version 7). */
  readonly reportId: string;
  /** The two files that it is about: SHA-256 in hex of `report-bundle.cbor` and `provider-records.cbor`, as handed on. */
  readonly subject: { readonly bundleSha256: string; readonly recordsSha256: string };
  readonly provider: {
    readonly name: string;
    /** The hub's domain, as in the room's URI. */
    readonly domain: string;
  };
  readonly roomUri: string;
  readonly reporter: {
    readonly uri: string;
    /** Hex. */
    readonly deviceId: string;
  };
  readonly verdict: BundleVerdict;
  /** Months (YYYYMM) of the hub keys that the server franks were checked with; empty if none was checked. */
  readonly frankKids: readonly number[];
  /** See {@link LIMITS}; codes of newer verifiers may stand among them. */
  readonly limits: readonly string[];
  readonly verifier: { readonly version: string; readonly build: string };
  /** ISO 8601, UTC, with milliseconds. */
  readonly madeAt: string;
}
