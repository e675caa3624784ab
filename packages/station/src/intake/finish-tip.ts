import {
  decodeFileDetails,
  decodeReport,
  type FileDetails,
  type FileId,
  type FinishOutcome,
  type FinishRule,
  type ReportNumber,
  toReport,
} from "@fairlead/cybertipline";
import type { EvidenceId } from "@fairlead/report";
import { type Selectable, sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import type { Tables } from "../store/tables.ts";
import { acceptAll, type Accepted, type Incoming } from "./accept.ts";
import type { ReceiptFacts } from "./receipt.ts";

/** An open report whose row the caller has locked. */
export interface OpenTip {
  number: ReportNumber;
  batched: boolean;
  at: number;
  rule: FinishRule;
}

type Tx = Transaction<Tables>;
type TipFile = Selectable<Tables["tip_file"]> & Selectable<Tables["vault_object"]>;

/** `facts`: what the receipt of a report that was finished says. */
export type Finished =
  | Extract<FinishOutcome, { kind: "rejected" }>
  | { kind: "ok"; fileIds: readonly FileId[]; facts: ReceiptFacts };

/** Makes reports that platforms have sent in pieces the station's, each if its rule finds nothing. Outcomes in their order. */
export async function finishTips(station: Station, tx: Tx, tips: readonly OpenTip[]): Promise<Finished[]> {
  const files = await filesOf(tx, tips);
  const contents = tips.map((tip) => {
    const own = files.get(tip.number) ?? [];
    const problems = tip.rule({
      batched: tip.batched,
      files: own.map((file) => ({ fileId: file.file_id as FileId, described: file.details !== null })),
    });
    return { tip, own, problems };
  });
  const finishing = contents.filter(({ problems }) => problems.length === 0);
  const documents = await closeTips(
    tx,
    finishing.map(({ tip }) => tip),
  );
  const incoming = finishing.map(({ tip, own }) => {
    const stored = documents.get(tip.number);
    if (stored === undefined) throw new Error("a report that is locked and open is there");
    return incomingOf(station, tip, stored, own);
  });
  const facts = new Map<string, ReceiptFacts>();
  for (const [at, { repeated, accepted }] of (await acceptAll(tx, incoming)).entries()) {
    const found = incoming[at];
    if (repeated || found === undefined)
      throw new Error("this sender has handed in another report under a number of ours");
    facts.set(found.handedReference, factsOf(found, accepted));
  }
  return contents.map(({ tip, own, problems }): Finished => {
    const known = facts.get(tip.number);
    if (known === undefined) return { kind: "rejected", problems };
    return { kind: "ok", fileIds: own.map((file) => file.file_id as FileId), facts: known };
  });
}

function factsOf({ handedBy, handedReference, report, at }: Incoming, accepted: Accepted): ReceiptFacts {
  return {
    sender: handedBy,
    reference: handedReference,
    number: accepted.number,
    contentSha256: accepted.contentSha256,
    files: report.evidence.flatMap(({ received }) => received?.sha256 ?? []),
    acceptedAt: at,
  };
}

async function filesOf(tx: Tx, tips: readonly OpenTip[]): Promise<Map<string, TipFile[]>> {
  const rows = await tx
    .selectFrom("tip_file")
    .innerJoin("vault_object", "vault_object.name", "tip_file.object_name")
    .selectAll()
    .where("tip_number", "=", anyOf(tips))
    .orderBy("tip_number")
    .orderBy("position")
    .execute();
  return Map.groupBy(rows, (row) => row.tip_number);
}

async function closeTips(tx: Tx, tips: readonly OpenTip[]) {
  const rows = await tx
    .updateTable("tip")
    .from("sender_account")
    .set({ state: "finished" })
    .where("tip.number", "=", anyOf(tips))
    .whereRef("sender_account.username", "=", "tip.account")
    .returning(["number", "document", "username", "name", "kind", "peer_id"])
    .execute();
  return new Map(rows.map((row) => [row.number, row]));
}

type ClosedTip = NonNullable<ReturnType<Awaited<ReturnType<typeof closeTips>>["get"]>>;

function incomingOf(station: Station, { number, at }: OpenTip, tip: ClosedTip, files: TipFile[]): Incoming {
  const { report } = toReport({
    document: decoded(decodeReport(tip.document)),
    number,
    issuer: station.config.station.name,
    sender: { kind: tip.kind, id: tip.username, name: tip.name },
    files: files.map((file) => ({
      fileId: file.file_id,
      evidenceId: file.evidence_id as EvidenceId,
      received: {
        size: Number(file.size),
        sha256: file.sha256.toString("hex"),
        sha1: file.sha1.toString("hex"),
        md5: file.md5.toString("hex"),
      },
      ...(file.file_name === null ? {} : { fileName: file.file_name }),
      ...(file.media_type === null ? {} : { mediaType: file.media_type }),
      ...(file.details === null ? {} : { details: decoded<FileDetails>(decodeFileDetails(file.details)) }),
    })),
  });
  return {
    door: "cybertipline",
    handedBy: tip.username,
    handedReference: number,
    returnTo: tip.peer_id ?? undefined,
    tipNumber: number,
    report,
    claims: [],
    objects: new Map(
      files.map((file) => [
        file.evidence_id,
        {
          name: file.object_name,
          size: Number(file.ciphertext_size),
          sha256: file.ciphertext_sha256,
          payloadSha256: file.payload_sha256,
        },
      ]),
    ),
    // Each became known when its file was attached.
    newObjects: [],
    at,
  };
}

/** One array, so that the statement reads the same for any number of reports and a session prepares it once. */
function anyOf(tips: readonly OpenTip[]) {
  return sql<string>`any(${tips.map(({ number }) => number)}::bigint[])`;
}

function decoded<T>(result: { ok: true; value: T } | { ok: false; problems: readonly unknown[] }): T {
  if (!result.ok) throw new Error("a stored document no longer decodes: it was accepted by other rules");
  return result.value;
}
