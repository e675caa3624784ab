import { z } from "zod";
import type { Envelope } from "../dsse/envelope.ts";
import type { KeyId, Signer } from "../dsse/keys.ts";
import { SealingError } from "../errors.ts";
import { instantSchema, type Peer, speakerSchema, verifyByStation } from "./by-station.ts";
import { signStatement, type StatementType } from "./statement.ts";

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits");
const personSchema = z.strictObject({ id: z.uuid(), name: z.string().min(1).max(255), at: instantSchema });

const erasureCertificateSchema = z.strictObject({
  version: z.literal(1),
  /** The station's own count of its certificates. */
  number: z.string().regex(/^\d{1,19}$/),
  station: speakerSchema,
  report: z.strictObject({
    id: z.uuid(),
    number: z.string().regex(/^\d{1,19}$/),
    acceptedAt: instantSchema,
    /** What the receipt for it says too: whoever has a copy of the whole can show that it was this one. */
    contentSha256: sha256Schema,
  }),
  /** The person who decided that it may go, and another who confirmed it. */
  decided: personSchema,
  confirmed: personSchema,
  /** What had to be kept until when; all of it was over. */
  duties: z.array(
    z.strictObject({
      by: z.enum(["law", "hold", "decision"]),
      id: z.string(),
      name: z.string().optional(),
      source: z.string().optional(),
      until: instantSchema,
    }),
  ),
  began: instantSchema,
  erased: instantSchema,
  /** Objects as they lay in the vault: the ciphertext's size and SHA-256. Their keys were written over first. */
  objects: z.array(z.strictObject({ size: z.int().min(0), ciphertextSha256: sha256Schema })),
  /** Rows of the database, by table, that were removed or emptied. */
  rows: z.record(z.string(), z.int().min(1)),
  /** Events of the audit log whose words and salts are gone: how many, and SHA-256 over what stays of them. */
  leaves: z.strictObject({ count: z.int().min(0), sha256: sha256Schema }),
  /** Stations that were given a copy while it was here. Theirs to erase. */
  givenTo: z.array(z.strictObject({ station: z.string(), name: z.string(), at: instantSchema })),
});

/** A station's word that it erased a report: what went, when, who decided and who confirmed, and which duties were over. */
export type ErasureCertificate = z.infer<typeof erasureCertificateSchema>;

/** Signed as `application/vnd.fairlead.erasure-certificate+json;version=1`. */
export const erasureCertificateType: StatementType<ErasureCertificate> = {
  name: "erasure-certificate",
  version: 1,
  schema: erasureCertificateSchema,
};

/** @throws SealingError `statement-invalid` when it names another key */
export async function signErasureCertificate(
  certificate: ErasureCertificate,
  signer: Signer,
): Promise<Envelope> {
  if (signer.keyId === certificate.station.signingKeyId)
    return await signStatement(erasureCertificateType, certificate, [signer]);
  throw new SealingError(
    "statement-invalid",
    `The certificate names another signing key than ${signer.keyId}.`,
  );
}

/**
 * Verifies, with nothing but the station's card, that a station certifies an erasure. That its log commits to it is for the caller to see.
 * @throws SealingError as `verifyByStation`
 */
export function verifyErasureCertificate(
  envelope: unknown,
  peers: readonly Peer[],
): { readonly certificate: ErasureCertificate; readonly signer: KeyId } {
  const { body, signer } = verifyByStation(
    envelope,
    peers,
    erasureCertificateType,
    (certificate) => certificate.station,
  );
  return { certificate: body, signer };
}
