import { z } from "zod";
import { isRecipient } from "../age/identity.ts";
import { sealedSize } from "../age/seal.ts";
import { envelopeSchema } from "../dsse/envelope.ts";
import { instantSchema, speakerSchema, stationIdSchema } from "../statement/by-station.ts";
import type { StatementType } from "../statement/statement.ts";

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits");
const md5Schema = z.string().regex(/^[0-9a-f]{32}$/, "must be 32 lower-case hexadecimal digits");
const sizeSchema = z.int().nonnegative();

/** Ids become file names in the archive: short enough for a plain tar header, and nothing a path could be made of. */
export const itemIdSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/,
    "must be 1 to 80 letters, digits, dots, hyphens or underscores",
  );

export const digestSchema = z.strictObject({ sha256: sha256Schema, size: sizeSchema });
export const evidenceDigestSchema = z.strictObject({
  sha256: sha256Schema,
  md5: md5Schema.optional(),
  size: sizeSchema,
});

const reportEntrySchema = z.strictObject({
  reportId: itemIdSchema,
  entry: z.string(),
  ciphertext: digestSchema,
  plaintext: digestSchema,
});

const evidenceEntrySchema = z.strictObject({
  evidenceId: itemIdSchema,
  reportId: itemIdSchema,
  entry: z.string(),
  mediaType: z
    .string()
    .regex(/^[!-~]+\/[ -~]+$/, "is not a media type")
    .max(255)
    .optional(),
  ciphertext: digestSchema,
  payloadSha256: sha256Schema,
  plaintext: evidenceDigestSchema,
});

/**
 * What a package holds, who made it, for whom and why. Digests of ciphertext and plaintext and the receiver's key are all
 * inside of one signature, so that a relay can neither change a part nor address it to somebody else, and the receiver
 * can prove what the plaintext was when it was sealed.
 */
export const manifestSchema = z
  .strictObject({
    version: z.literal(1),
    packageId: itemIdSchema,
    createdAt: instantSchema,
    from: speakerSchema,
    to: z.strictObject({
      station: stationIdSchema,
      name: z.string().min(1).max(255),
      recipient: z.string().refine(isRecipient, "is not an age X25519 recipient"),
    }),
    /** The agency whose post this is, if the receiving station serves more than one. */
    agency: z.string().min(1).max(128).optional(),
    purpose: z.string().min(1).max(4000),
    reports: z.array(reportEntrySchema).min(1),
    evidence: z.array(evidenceEntrySchema),
    custody: z.array(z.strictObject({ station: stationIdSchema, statement: envelopeSchema })),
  })
  .superRefine((manifest, context) => {
    const refuse = (path: (string | number)[], message: string): void => {
      context.addIssue({ code: "custom", path, message });
    };
    const reportIds = new Set(manifest.reports.map((report) => report.reportId));
    const seen = new Set<string>();
    const check = (
      list: "reports" | "evidence",
      index: number,
      entry: ManifestPart,
      expected: string,
    ): void => {
      if (entry.entry !== expected) refuse([list, index, "entry"], `must be "${expected}"`);
      // Names that differ only in case would overwrite each other on many an officer's disk.
      if (seen.has(expected.toLowerCase())) refuse([list, index], "stands in the package twice");
      seen.add(expected.toLowerCase());
      // One recipient, so one length: there is no room in the file for anything unsaid.
      if (entry.ciphertext.size !== sealedSize(entry.plaintext.size)) {
        refuse(
          [list, index, "ciphertext", "size"],
          "is not the size of that plaintext sealed to one recipient",
        );
      }
    };
    for (const [index, report] of manifest.reports.entries()) {
      check("reports", index, report, reportEntryName(report.reportId));
    }
    for (const [index, evidence] of manifest.evidence.entries()) {
      check("evidence", index, evidence, evidenceEntryName(evidence.evidenceId));
      if (!reportIds.has(evidence.reportId))
        refuse(["evidence", index, "reportId"], "names no report of this package");
    }
  });

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestReport = Manifest["reports"][number];
export type ManifestEvidence = Manifest["evidence"][number];
type ManifestPart = Pick<ManifestReport, "entry" | "ciphertext" | "plaintext">;

/** One file of a package besides its manifest. */
export type PackagePart =
  | ({ readonly kind: "report" } & Readonly<ManifestReport>)
  | ({ readonly kind: "evidence" } & Readonly<ManifestEvidence>);

/** Signed as `application/vnd.fairlead.package+json;version=1`. */
export const manifestType: StatementType<Manifest> = { name: "package", version: 1, schema: manifestSchema };

/** Where a report stands in the archive: JSON, sealed. */
export function reportEntryName(reportId: string): string {
  return `reports/${reportId}.json.age`;
}

/** Where a piece of evidence stands in the archive. */
export function evidenceEntryName(evidenceId: string): string {
  return `evidence/${evidenceId}.age`;
}

/** A package's files in the order in which they stand in the archive. */
export function partsOf(manifest: Manifest): readonly PackagePart[] {
  return [
    ...manifest.reports.map((report): PackagePart => ({ kind: "report", ...report })),
    ...manifest.evidence.map((evidence): PackagePart => ({ kind: "evidence", ...evidence })),
  ];
}
