import { newVerifier, verifyProof } from "@fairlead/ledger";
import { type ErasureCertificate, parseVerifyingKey, verifyErasureCertificate } from "@fairlead/sealing";
import { z } from "zod";
import { commitTo, leafBytes, proveLeafIn } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { StationCard } from "../keys.ts";
import { certificateDigest } from "./finish.ts";

/** A certificate as it is handed out: the signed statement, and its leaf with everything that proves it to be in the station's log. */
export const certificateFileSchema = z.strictObject({
  version: z.literal(1),
  certificate: z.looseObject({ payload: z.string() }).describe("a DSSE envelope"),
  leaf: z.strictObject({
    facts: z.strictObject({
      id: z.string(),
      kind: z.string(),
      at: z.string(),
      actor: z.string(),
      reportId: z.string().nullable(),
      body: z.record(z.string(), z.unknown()),
    }),
    salt: z.string().describe("base64"),
    proof: z.string().describe("a C2SP tlog-proof with the signed checkpoint"),
  }),
});
export type CertificateFile = z.infer<typeof certificateFileSchema>;

/**
 * The certificate of a report's erasure, for anybody who wants to check it without this station.
 * @throws StationError `not-found` while there is none; `log.unavailable` when its leaf waits for a checkpoint
 */
export async function certificateOf(station: Station, reportId: string): Promise<CertificateFile> {
  const row = await station.db.kysely
    .selectFrom("erasure")
    .select(["certificate", "leaf"])
    .where("report_id", "=", reportId)
    .where("stage", "=", "erased")
    .executeTakeFirst();
  if (row?.certificate == null || row.leaf === null)
    throw new StationError("not-found", "There is no certificate of an erasure of this report.", {
      remedy:
        "The report's page says whether it was erased; a certificate is there once everything is destroyed.",
    });
  await station.audit.covered(row.leaf);
  const { facts, salt, proof } = await proveLeafIn(station, row.leaf);
  return certificateFileSchema.parse({
    version: 1,
    certificate: row.certificate,
    leaf: { facts, salt: salt.toString("base64"), proof },
  });
}

export interface CheckedCertificate {
  certificate: ErasureCertificate;
  /** Its place in the station's log, and how many leaves the checkpoint covers that proves it. */
  index: number;
  size: number;
}

/**
 * Checks a certificate with nothing but the station's card: that the station signed it, and that its log committed to just this one.
 * @throws SealingError, LedgerError, StationError `request.invalid` with what does not hold
 */
export function checkCertificate(
  file: unknown,
  card: Pick<StationCard, "id" | "verifyKey" | "logKey">,
): CheckedCertificate {
  const parsed = certificateFileSchema.safeParse(file);
  if (!parsed.success) throw notHeld("It is no file of a certificate.");
  const { certificate: envelope, leaf } = parsed.data;
  const { certificate } = verifyErasureCertificate(envelope, [
    { station: card.id, keys: [parseVerifyingKey(card.verifyKey)] },
  ]);
  const { facts } = leaf;
  if (facts.kind !== "report.erased" || facts.reportId !== certificate.report.id)
    throw notHeld("The leaf is about something else.");
  if (facts.body["certificateSha256"] !== certificateDigest(envelope))
    throw notHeld("The leaf commits to another certificate.");
  const commitment = commitTo(Buffer.from(leaf.salt, "base64"), facts);
  const { index, checkpoint } = verifyProof(
    leafBytes({ ...facts, commitment }),
    Buffer.from(leaf.proof, "utf8"),
    newVerifier(card.logKey),
  );
  return { certificate, index, size: checkpoint.size };
}

function notHeld(message: string): StationError {
  return new StationError("request.invalid", message, {
    audience: "operator",
    remedy: "Ask the station for the file again, and for its card by another way.",
  });
}
