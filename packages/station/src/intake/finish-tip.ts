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
import type { Transaction } from "kysely";
import type { Station } from "../context.ts";
import type { Tables } from "../store/tables.ts";
import { accept } from "./accept.ts";

/** An open report whose row the caller has locked. */
interface OpenTip {
  number: ReportNumber;
  batched: boolean;
  at: number;
}

/** Makes a report that a platform has sent in pieces one of the station's, if the rule finds nothing. */
export async function finishTip(
  station: Station,
  tx: Transaction<Tables>,
  { number, batched, at }: OpenTip,
  rule: FinishRule,
): Promise<FinishOutcome> {
  const files = await tx
    .selectFrom("tip_file")
    .innerJoin("vault_object", "vault_object.name", "tip_file.object_name")
    .selectAll()
    .where("tip_number", "=", number)
    .orderBy("position")
    .execute();
  const problems = rule({
    batched,
    files: files.map((file) => ({ fileId: file.file_id as FileId, described: file.details !== null })),
  });
  if (problems.length > 0) return { kind: "rejected", problems };
  const tip = await tx
    .updateTable("tip")
    .from("sender_account")
    .set({ state: "finished" })
    .where("tip.number", "=", number)
    .whereRef("sender_account.username", "=", "tip.account")
    .returning(["document", "username", "name", "kind", "peer_id"])
    .executeTakeFirstOrThrow();
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
  const { repeated } = await accept(tx, {
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
  });
  if (repeated) throw new Error("this sender has handed in another report under a number of ours");
  return { kind: "ok", fileIds: files.map((file) => file.file_id as FileId) };
}

function decoded<T>(result: { ok: true; value: T } | { ok: false; problems: readonly unknown[] }): T {
  if (!result.ok) throw new Error("a stored document no longer decodes: it was accepted by other rules");
  return result.value;
}
