import { createHash } from "node:crypto";
import { keepingOf } from "@fairlead/assessment";
import { canonicalJson } from "@fairlead/report";
import { CompiledQuery, sql, type Transaction } from "kysely";
import { erasedLeavesOf, recordLeaf } from "../audit/index.ts";
import { forgetSightings } from "../campaigns/index.ts";
import type { Station } from "../context.ts";
import { receiptOf } from "../intake/index.ts";
import { countKeeping, factsOf, lawsOf, readKeeping } from "../keeping/index.ts";
import { forgetLinks } from "../linking/index.ts";
import type { Tables } from "../store/tables.ts";
import type { Gone } from "./gone.ts";
import { type NotErasable, standingOf, whyNot } from "./problem.ts";
import { eraseRows, OWN_OBJECTS } from "./rows.ts";
import { skeletonOf } from "./skeleton.ts";

type Tx = Transaction<Tables>;

/** Events that say why and by whom it was erased; their words stay. */
const WORDS_STAY = "^(hold|keeping|erasure|task)[.]|^report[.]erased$";

const NAME_OBJECTS = `with named as (
    insert into erasure_object (erasure, object_name) select $2::bigint, object_name from (${OWN_OBJECTS}) own returning object_name
  ) select ciphertext_size as size, encode(ciphertext_sha256, 'hex') as sha256 from named
    join vault_object on vault_object.name = named.object_name order by name`;

/**
 * Takes the step that has no way back, in one transaction: whatever of the report is in the database is gone or emptied, nobody is linked
 * by it any more, and its objects are written down to be destroyed. From here on it is closed to everybody. If anything has happened since
 * the confirmation, it stops instead.
 */
export async function beginErasing(station: Station, number: string): Promise<void> {
  const now = station.clock();
  const named = await station.db.kysely
    .selectFrom("erasure")
    .innerJoin("report", "report.id", "erasure.report_id")
    .select(["erasure.report_id", "report.handed_by", "report.handed_reference", "report.door"])
    .where("erasure.number", "=", number)
    .where("erasure.stage", "=", "confirmed")
    .executeTakeFirst();
  if (named === undefined) return;
  const hasReceipt = named.door === "report" || named.door === "cybertipline";
  const receipt = hasReceipt ? await receiptOf(station, named.handed_by, named.handed_reference) : undefined;
  await station.db.transaction(async (tx) => {
    await countKeeping(station, tx, named.report_id);
    const erasure = await tx
      .selectFrom("erasure")
      .selectAll()
      .where("number", "=", number)
      .where("stage", "=", "confirmed")
      .forUpdate()
      .executeTakeFirst();
    if (erasure === undefined) return;
    const reportId = erasure.report_id;
    const news = await newsSince(station, tx, erasure, now);
    if (news !== undefined) {
      await tx
        .updateTable("erasure")
        .set({ stage: "stopped", stopped_why: news })
        .where("number", "=", number)
        .execute();
      await recordLeaf(tx, {
        kind: "erasure.stopped",
        at: now,
        actor: "station",
        reportId,
        body: { erasure: number, why: news },
      });
      return;
    }
    const gone = await eraseAll(station, tx, { reportId, number });
    await tx
      .updateTable("erasure")
      .set({
        stage: "erasing",
        began_at: new Date(now).toISOString(),
        gone: JSON.stringify(gone),
        receipt: receipt === undefined ? null : JSON.stringify(receipt),
      })
      .where("number", "=", number)
      .execute();
    await recordLeaf(tx, {
      kind: "erasure.began",
      at: now,
      actor: "station",
      reportId,
      body: { erasure: number, gone: digestOf(gone) },
    });
  });
}

/** What has happened since it was confirmed, if anything has. */
async function newsSince(
  station: Station,
  tx: Tx,
  {
    report_id: reportId,
    decision,
    confirmed_by,
  }: { report_id: string; decision: string; confirmed_by: string },
  now: number,
): Promise<NotErasable | undefined> {
  const facts = factsOf(await readKeeping(tx, reportId));
  const keeping = keepingOf(facts, lawsOf(station));
  const standing = await standingOf(tx, reportId, keeping.letGo?.id);
  if (keeping.letGo?.id !== decision) return "erasing.undecided";
  return whyNot({
    keeping,
    holds: facts.holds,
    standing: { ...standing, begun: false },
    by: confirmed_by,
    now,
  });
}

async function eraseAll(
  station: Station,
  tx: Tx,
  { reportId, number }: { reportId: string; number: string },
): Promise<Gone> {
  const {
    content,
    content_sha256,
    number: reportNumber,
    received_at,
  } = await tx
    .selectFrom("report")
    .select(["content", "content_sha256", "number", "received_at"])
    .where("id", "=", reportId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const { rows: objects } = await tx.executeQuery<{ size: string; sha256: string }>(
    CompiledQuery.raw(NAME_OBJECTS, [reportId, number]),
  );
  await forgetLinks(station, tx, reportId);
  await forgetSightings(station, tx, reportId);
  const rows = await eraseRows(tx, reportId);
  const leaves = await eraseLeaves(tx, { reportId, number });
  const skeleton = skeletonOf(content);
  await sql`update report set erased_by = ${number}::bigint, status = 'closed', content = ${JSON.stringify(skeleton)}::jsonb,
    changes_at = null, read_tier = null, read_activity = null, read_addresses = null where id = ${reportId}::uuid`.execute(
    tx,
  );
  await sql`update keeping set content_until = null, endless = false, content_by = null, let_go = null where report_id = ${reportId}::uuid`.execute(
    tx,
  );
  await sql`select graphile_worker.remove_job(${`reassess:${reportId}`})`.execute(tx);
  return {
    report: {
      id: reportId,
      number: reportNumber,
      acceptedAt: received_at,
      contentSha256: content_sha256.toString("hex"),
    },
    skeletonSha256: digestOf(skeleton),
    objects: objects.map(({ size, sha256 }) => ({ size: Number(size), ciphertextSha256: sha256 })),
    rows,
    leaves,
  };
}

/** Takes the words and the salts of its events: nobody can connect what the log keeps with anything any more. */
async function eraseLeaves(
  tx: Tx,
  { reportId, number }: { reportId: string; number: string },
): Promise<Gone["leaves"]> {
  await sql`update leaf set body = '{}', salt = null, erased_by = ${number}::bigint
    where report_id = ${reportId}::uuid and kind !~ ${WORDS_STAY} and salt is not null`.execute(tx);
  return await erasedLeavesOf(tx, number);
}

function digestOf(value: object): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
