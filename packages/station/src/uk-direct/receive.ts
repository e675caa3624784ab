import type { Report } from "@fairlead/report";
import { ukKeeping, type UkProblem, type UkReport } from "@fairlead/report/uk-direct";
import { type Envelope, signStatement } from "@fairlead/sealing";
import type { Kysely, Transaction } from "kysely";
import type { Station } from "../context.ts";
import type { Tables } from "../store/tables.ts";
import { documentDigest, ukReceiptType } from "./wire.ts";

/** A report that has just been taken in, before its receipt. */
export interface UkArrival {
  reportId: string;
  /** This station's number for it. */
  number: string;
  account: string;
  document: UkReport;
  report: Report;
  remarks: readonly UkProblem[];
  at: number;
}

/**
 * Issues the unique reference, joins a subsequent report to its first, stores until when what is kept, and signs the receipt: in the
 * transaction that takes the report in.
 */
export async function keepUkReport(
  station: Station,
  tx: Transaction<Tables>,
  { reportId, number, account, document, report, remarks, at }: UkArrival,
): Promise<Envelope> {
  const first = await firstOf(tx, account, document);
  const reference = `UKDR-${new Date(at).getUTCFullYear()}-${number.padStart(7, "0")}`;
  const receipt = await signStatement(
    ukReceiptType,
    {
      station: station.config.station.id,
      account,
      theirs: document.reference.value,
      reference,
      documentSha256: documentDigest(document),
      files: report.evidence.flatMap(({ id, received }) =>
        received === undefined ? [] : [{ id, sha256: received.sha256 }],
      ),
      priority: document.priority.level,
      first: first?.reference ?? null,
      issuedAt: iso(at),
    },
    [station.keys.signing],
  );
  const keeping = ukKeeping(report, at, at);
  await tx
    .insertInto("uk_report")
    .values({
      report_id: reportId,
      reference,
      account,
      priority: document.priority.level,
      first_report: first?.report_id ?? null,
      document: JSON.stringify(document),
      remarks: JSON.stringify([...remarks, ...unknownFirst(document, first)]),
      receipt: JSON.stringify(receipt),
      issued_at: iso(at),
      reference_until: iso(keeping.referenceUntil),
      content_until: iso(keeping.contentUntil),
    })
    .execute();
  return receipt;
}

interface First {
  reference: string;
  report_id: string;
}

/** The first report of the matter: a subsequent one may name any that followed it, and only the same account's. */
async function firstOf(
  tx: Transaction<Tables>,
  account: string,
  { follows }: UkReport,
): Promise<First | undefined> {
  if (follows === undefined) return undefined;
  return await tx
    .selectFrom("uk_report as named")
    .innerJoin("uk_report as first", (join) =>
      join.on((eb) => eb("first.report_id", "=", eb.fn.coalesce("named.first_report", "named.report_id"))),
    )
    .select(["first.reference", "first.report_id"])
    .where("named.reference", "=", follows)
    .where("named.account", "=", account)
    .executeTakeFirst();
}

/** A report is never refused for naming a first that is not here: it says so beside it. */
function unknownFirst({ follows }: UkReport, first: First | undefined): UkProblem[] {
  if (follows === undefined || first !== undefined) return [];
  return [
    {
      weight: "remark",
      code: "uk.follows.unknown",
      path: "/follows",
      message: `No report of this account has the reference ${follows}.`,
      remedy: "Check the reference; the report was taken in as a first one.",
    },
  ];
}

/** The receipt that a sending of this account and number got, if it arrived. */
export async function receiptOf(
  db: Kysely<Tables>,
  account: string,
  number: string,
): Promise<Envelope | undefined> {
  const row = await db
    .selectFrom("report")
    .innerJoin("uk_report", "uk_report.report_id", "report.id")
    .select("uk_report.receipt")
    .where("report.handed_by", "=", account)
    .where("report.handed_reference", "=", number)
    .executeTakeFirst();
  return row?.receipt as Envelope | undefined;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
