import { held, ukKeeping, ukToReport } from "@fairlead/report/uk-direct";
import { sql, type Selectable } from "kysely";
import { openForFiling } from "../access/index.ts";
import { insertLeaves, newLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { stepColumns } from "../effects/index.ts";
import { StationError } from "../errors.ts";
import type { Peer } from "../peers/index.ts";
import { readSecret } from "../seed.ts";
import type { ReferralTable, UkFilingTable } from "../store/tables.ts";
import { accountAt } from "./compose.ts";
import { lookUpReceipt, sendUkReport, type UkPart, type UkSending, type Verified } from "./wire.ts";

type Referral = Selectable<ReferralTable>;
type Filing = Selectable<UkFilingTable>;

/** What a delivery yields: the unique reference and the receipt; `undefined` if the report is not made after all. */
export type UkDelivered = { remoteReference: string; receipt: object } | undefined;

/**
 * Makes a report directly: once, whatever breaks in between. That it is being sent is stored before the first byte leaves; from then on
 * an unknown outcome is looked up at the receiver before anything is sent again, and the provider's number makes what was sent
 * twice one report.
 * @throws StationError `peer.*`
 */
export async function fileByUkDirect(station: Station, referral: Referral, peer: Peer): Promise<UkDelivered> {
  const filing = await station.db.kysely
    .selectFrom("uk_filing")
    .selectAll()
    .where("referral_id", "=", referral.id)
    .executeTakeFirstOrThrow();
  const { username, passwordFile } = accountAt(station, peer);
  const { document } = filing;
  const password = await readSecret(passwordFile);
  const sending: UkSending = {
    fetch: station.fetch,
    peer,
    username,
    password,
    document,
    files: partsOf(filing),
  };
  if (filing.sending_since === null && !(await markSending(station, referral))) {
    await stop(station, referral);
    return undefined;
  }
  const arrived = filing.sending_since === null ? undefined : await lookUpReceipt(sending);
  const verified =
    arrived ?? (await sendUkReport({ ...sending, files: await opened(station, referral, sending) }));
  await keep(station, filing, verified);
  return { remoteReference: verified.receipt.reference, receipt: verified.envelope };
}

/** The files that go with the document, unopened: enough to check a receipt. */
function partsOf({ document }: Filing): UkPart[] {
  return (held(document.items["detected-content"])?.files ?? []).flatMap(({ id, received }) =>
    received === undefined
      ? []
      : [
          {
            id,
            size: received.size,
            sha256: received.sha256,
            open: () => {
              throw new Error("a file is opened when it is sent");
            },
          },
        ],
  );
}

async function opened(station: Station, referral: Referral, { files }: UkSending): Promise<UkPart[]> {
  const evidence = await openForFiling(station, {
    referralId: referral.id,
    reportId: referral.report_id,
    decidedBy: referral.decided_by,
    purpose: "report-directly",
  });
  return files.map((file) => {
    const open = evidence.get(file.id);
    if (open !== undefined) return { ...file, open };
    throw new StationError("peer.refused", "A file of the report is no longer in the vault.", {
      audience: "reviewer",
      remedy: "Make a subsequent report that says what is not held any more.",
    });
  });
}

/** From here on only the receiver knows. False where the report has meanwhile gone by a clearinghouse. */
async function markSending(station: Station, { id, report_id }: Referral): Promise<boolean> {
  const marked = await station.db.kysely
    .with("sending", (db) =>
      db
        .updateTable("uk_filing")
        .set({ sending_since: new Date(station.clock()).toISOString() })
        .where("referral_id", "=", id)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom("referral as other")
                .innerJoin("peer", "peer.id", "other.peer_id")
                .select("other.id")
                .where("other.report_id", "=", report_id)
                .where("peer.wire", "=", "cybertipline")
                .where("other.stage", "<>", "lapsed"),
            ),
          ),
        )
        .returning("referral_id"),
    )
    .updateTable("referral")
    .set(stepColumns("sent", 0, station.clock()))
    .where("id", "=", id)
    .where("open", "=", true)
    .where("stage", "<>", "refused")
    .where(sql<boolean>`exists (select from sending)`)
    .returning("id")
    .executeTakeFirst();
  return marked !== undefined;
}

/** Nothing has left, and nothing will: the clearinghouse carries it. */
async function stop(station: Station, referral: Referral): Promise<void> {
  const leaf = newLeaf({
    kind: "referral.stopped",
    at: station.clock(),
    actor: "station",
    reportId: referral.report_id,
    body: { referral: referral.id, peer: referral.peer_id, why: "uk.duty.covered" },
  });
  await station.db.kysely
    .with("changed", (db) =>
      db
        .updateTable("referral")
        .set({
          stage: "lapsed",
          trouble: null,
          last_error: "Not made: the report goes by a clearinghouse, and is not made twice.",
          next_attempt_at: null,
        })
        .where("id", "=", referral.id)
        .where("stage", "=", "intended")
        .returning("id"),
    )
    .with("recorded", (db) => insertLeaves(db, [leaf], sql`exists (select from changed)`))
    .selectFrom("changed")
    .select("id")
    .execute();
}

/** Until when what is kept runs from what the receipt says; the same receipt gives the same dates. */
async function keep(station: Station, filing: Filing, { receipt }: Verified): Promise<void> {
  const issuedAt = Date.parse(receipt.issuedAt);
  const sentAt = Date.parse(filing.sending_since ?? receipt.issuedAt);
  const { referenceUntil, contentUntil, relevantData } = ukKeeping(
    ukToReport(filing.document),
    issuedAt,
    sentAt,
  );
  await station.db.kysely
    .updateTable("uk_filing")
    .set({
      reference: receipt.reference,
      issued_at: receipt.issuedAt,
      reference_until: iso(referenceUntil),
      content_until: iso(contentUntil),
      relevant_from: relevantData === undefined ? null : iso(relevantData.from),
      relevant_to: relevantData === undefined ? null : iso(relevantData.to),
    })
    .where("referral_id", "=", filing.referral_id)
    .where("reference", "is", null)
    .execute();
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
