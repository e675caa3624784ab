import { digestOfFiles, type Envelope, signReportReceipt } from "@fairlead/sealing";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { speaker } from "../referral/index.ts";
import { senderOf } from "./form-parts.ts";

/** What a receipt says, as the database holds it once the report's transaction has committed. */
export interface ReceiptFacts {
  sender: string;
  reference: string;
  number: string;
  contentSha256: string;
  /** SHA-256 of the files that came with the report, in its order. */
  files: readonly string[];
  /** Milliseconds since 1970. */
  acceptedAt: number;
}

/**
 * Signs that a report is here. The same facts give the same bytes (Ed25519 is deterministic), so a receipt that got lost on its way
 * is made again and not kept.
 */
export async function receiptFor(station: Station, facts: ReceiptFacts): Promise<Envelope> {
  const { files, acceptedAt, ...rest } = facts;
  return await signReportReceipt(
    {
      version: 1,
      ...rest,
      files: files.length,
      filesSha256: digestOfFiles(files),
      acceptedAt: new Date(acceptedAt).toISOString(),
      receiver: speaker(station),
    },
    station.keys.signing,
  );
}

/** The receipt of a report that was accepted before; undefined if this account has handed in none under that reference. */
export async function receiptOf(
  station: Station,
  sender: string,
  reference: string,
): Promise<Envelope | undefined> {
  const { rows } = await sql<{
    number: string;
    content_sha256: Buffer;
    received_at: string;
    files: string[];
    kept: Envelope | null;
  }>`select number, content_sha256, received_at,
    -- Of one that was erased, what was promised stands as it was signed.
    (select receipt from erasure where erasure.number = report.erased_by) as kept, array(
      select encode(evidence.sha256, 'hex') from evidence
      where evidence.report_id = report.id and evidence.object_name is not null order by evidence.position
    ) as files
    from report where handed_by = ${sender} and handed_reference = ${reference}`.execute(station.db.kysely);
  const [row] = rows;
  if (row === undefined) return undefined;
  if (row.kept !== null) return row.kept;
  return await receiptFor(station, {
    sender,
    reference,
    number: row.number,
    contentSha256: row.content_sha256.toString("hex"),
    files: row.files,
    acceptedAt: Date.parse(row.received_at),
  });
}

/** `GET /door/receipts/:reference`: the signed receipt of a report that this account has handed in by any door, as often as it asks. */
export function receiptRoute(app: FastifyInstance, station: Station): void {
  app.get("/door/receipts/:reference", { schema: { hide: true } }, async (request) => {
    const sender = await senderOf(station, request);
    const { reference } = request.params as { reference: string };
    const receipt = await receiptOf(station, sender.username, reference);
    if (receipt !== undefined) return receipt;
    throw new StationError("not-found", "You have handed in no report under this reference.", {
      remedy:
        "Ask for the number that your report names as its own, or on the CyberTipline's wire for a reportId that is finished. A report without a receipt was not accepted: send it again.",
    });
  });
}
