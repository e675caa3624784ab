import { createHash } from "node:crypto";
import { z } from "zod";
import type { Envelope } from "../dsse/envelope.ts";
import type { KeyId, Signer } from "../dsse/keys.ts";
import { SealingError } from "../errors.ts";
import { instantSchema, type Peer, speakerSchema, verifyByStation } from "./by-station.ts";
import { signStatement, type StatementType } from "./statement.ts";

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits");

const reportReceiptSchema = z.strictObject({
  version: z.literal(1),
  /** The account that handed the report in, and what it calls the report (on the CyberTipline's wire: the reportId). */
  sender: z.string().min(1).max(255),
  reference: z.string().min(1).max(1024),
  /** The receiving station's own number. */
  number: z.string().regex(/^\d{1,19}$/),
  /** Over the canonical JSON of the report as the station holds it; its audit leaf commits to the same. */
  contentSha256: sha256Schema,
  /** How many files came with it. */
  files: z.int().min(0),
  /** See {@link digestOfFiles}. */
  filesSha256: sha256Schema,
  acceptedAt: instantSchema,
  receiver: speakerSchema,
});

/** A station's promise that it holds a report and each of its files. Sign it only when all of it is safely stored. */
export type ReportReceipt = z.infer<typeof reportReceiptSchema>;

/** Signed as `application/vnd.fairlead.report-receipt+json;version=1`. */
export const reportReceiptType: StatementType<ReportReceipt> = {
  name: "report-receipt",
  version: 1,
  schema: reportReceiptSchema,
};

/**
 * One digest over many files, so that a receipt is short however many there are: SHA-256 (lower-case hex) over each file's SHA-256 in
 * lower-case hex followed by a line feed, in the order in which the report lists them. `sha256sum FILES | cut -c1-64 | sha256sum`
 * computes the same.
 */
export function digestOfFiles(sha256: readonly string[]): string {
  const hash = createHash("sha256");
  for (const one of sha256) hash.update(`${one}\n`, "ascii");
  return hash.digest("hex");
}

export async function signReportReceipt(receipt: ReportReceipt, signer: Signer): Promise<Envelope> {
  if (signer.keyId === receipt.receiver.signingKeyId)
    return signStatement(reportReceiptType, receipt, [signer]);
  throw new SealingError("statement-invalid", `The receipt names another signing key than ${signer.keyId}.`);
}

/**
 * Verifies, with nothing but the station's card, that it acknowledges a report. Whether it is the right report is for the caller to
 * compare: `reference`, and `filesSha256` with what {@link digestOfFiles} makes of the files that were sent.
 * @throws SealingError as `verifyByStation`
 */
export function verifyReportReceipt(
  envelope: unknown,
  peers: readonly Peer[],
): { readonly receipt: ReportReceipt; readonly signer: KeyId } {
  const { body, signer } = verifyByStation(envelope, peers, reportReceiptType, (receipt) => receipt.receiver);
  return { receipt: body, signer };
}
