import { z } from "zod";
import type { Envelope } from "../dsse/envelope.ts";
import type { KeyId, Signer } from "../dsse/keys.ts";
import { SealingError } from "../errors.ts";
import { instantSchema, type Peer, speakerSchema, verifyByStation } from "../statement/by-station.ts";
import { signStatement, type StatementType } from "../statement/statement.ts";
import { itemIdSchema, sha256Schema } from "./manifest.ts";

const receiptSchema = z.strictObject({
  version: z.literal(1),
  packageId: itemIdSchema,
  manifestSha256: sha256Schema,
  receivedAt: instantSchema,
  receiver: speakerSchema,
});

/** A receiver's promise that the package with this manifest is whole and safely stored. Sign it only when it is. */
export type PackageReceipt = z.infer<typeof receiptSchema>;

/** Signed as `application/vnd.fairlead.receipt+json;version=1`. */
export const receiptType: StatementType<PackageReceipt> = {
  name: "receipt",
  version: 1,
  schema: receiptSchema,
};

/** What a receipt must be about. */
export interface ExpectedReceipt {
  readonly packageId: string;
  readonly manifestSha256: string;
  /** The station the package was sent to. */
  readonly receiver: string;
}

export async function signReceipt(receipt: PackageReceipt, signer: Signer): Promise<Envelope> {
  if (signer.keyId === receipt.receiver.signingKeyId) return signStatement(receiptType, receipt, [signer]);
  throw new SealingError("statement-invalid", `The receipt names another signing key than ${signer.keyId}.`);
}

/**
 * Verifies that the station a package was sent to acknowledges that very package.
 * @throws SealingError `package-receipt` if it is about another package or by another station, or as `verifyByStation`.
 */
export function verifyReceipt(
  envelope: unknown,
  peers: readonly Peer[],
  expected: ExpectedReceipt,
): { readonly receipt: PackageReceipt; readonly signer: KeyId } {
  const { body: receipt, signer } = verifyByStation(envelope, peers, receiptType, (body) => body.receiver);
  const same =
    receipt.packageId === expected.packageId &&
    receipt.manifestSha256 === expected.manifestSha256 &&
    receipt.receiver.station === expected.receiver;
  if (same) return { receipt, signer };
  throw new SealingError(
    "package-receipt",
    `The receipt is for package ${receipt.packageId} (manifest ${receipt.manifestSha256}) by "${receipt.receiver.station}", ` +
      `not for ${expected.packageId} (${expected.manifestSha256}) by "${expected.receiver}". The package counts as not delivered.`,
  );
}
