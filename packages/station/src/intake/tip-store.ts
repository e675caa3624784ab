import {
  type Account,
  decodeFileDetails,
  decodeReport,
  type Description,
  type FileDetails,
  type FileId,
  type FinishOutcome,
  type FinishRule,
  judge,
  type ReportNumber,
  type RetractOutcome,
  type ServerStore,
  STAGED_LIFETIME_MS,
  type StagedFile,
  type Standing,
  StoreFault,
  type Submission,
  toReport,
  type Upload,
} from "@fairlead/cybertipline";
import type { EvidenceId } from "@fairlead/report";
import { type Kysely, sql, type Transaction } from "kysely";
import { authenticateSender } from "../access/index.ts";
import type { Station } from "../context.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { type Digests, recordObject, type VaultObject } from "../vault/index.ts";
import { accept } from "./accept.ts";
import { storeFault } from "./store-fault.ts";

interface Staged extends StagedFile {
  /** When its bytes began to arrive. */
  since: number;
  object: VaultObject;
  digests: Digests;
}

type Tx = Transaction<Tables>;
const iso = (ms: number) => new Date(ms).toISOString();

/**
 * The CyberTipline door's store: reports that are still being sent in PostgreSQL, their files sealed in the vault. A report
 * becomes one of the station's at `finish`, in the transaction that the platform's receipt stands for.
 */
export function tipStore(station: Station): ServerStore {
  // What a dead process leaves behind is an object that no report claims: the vault's orphan sweep removes it.
  const staged = new Map<string, Staged>();

  /** Locks the report's row, judges it, and runs `change` only on an open report. */
  async function onOpen<T>(
    account: Account,
    number: ReportNumber,
    at: number,
    change: (tx: Tx) => Promise<T>,
  ): Promise<T | Exclude<Standing, { kind: "open" }>> {
    return await storeFault(() =>
      station.db.transaction(async (tx) => {
        const standing = await standingOf(tx, account, number, at, true);
        return standing.kind === "open" ? await change(tx) : standing;
      }),
    );
  }

  return {
    async authenticate(username, password) {
      const found = await storeFault(() => authenticateSender(station.db.kysely, username, password));
      if (found === undefined) return undefined;
      const usable = !found.disabled;
      return {
        accountId: found.username,
        username: found.username,
        may: { use: usable, submit: usable, update: usable },
      };
    },

    async lookUp(account, number, at) {
      return await storeFault(() => standingOf(station.db.kysely, account, number, at, false));
    },

    async open(account, submission: Submission) {
      const at = iso(submission.receivedAt);
      return await storeFault(async () => {
        const row = await station.db.kysely
          .insertInto("tip")
          .values({
            account: account.accountId,
            state: "open",
            opened_at: at,
            touched_at: at,
            batched: submission.report.batchedReport !== undefined,
            document: Buffer.from(submission.xml),
          })
          .returning("number")
          .executeTakeFirstOrThrow();
        return row.number as ReportNumber;
      });
    },

    async stage(_account, bytes, at) {
      const { object, digests } = await station.vault.seal(bytes).catch((cause: unknown) => {
        throw diskFault(cause);
      });
      const entry: Staged = { stagedId: newId(at), since: at, object, digests };
      staged.set(entry.stagedId, entry);
      return { stagedId: entry.stagedId };
    },

    async discard({ stagedId }) {
      const entry = staged.get(stagedId);
      staged.delete(stagedId);
      if (entry !== undefined) await station.vault.remove(entry.object.name);
    },

    async attach(account, number, { stagedId }, upload) {
      const entry = staged.get(stagedId);
      if (entry === undefined) throw new Error("a staged file is attached once");
      staged.delete(stagedId);
      const outcome = await onOpen(account, number, upload.receivedAt, async (tx) => {
        await attachFile(tx, number, entry, upload);
        return { kind: "ok" } as const;
      });
      if (outcome.kind !== "ok") await station.vault.remove(entry.object.name);
      return outcome;
    },

    async describe(account, description: Description) {
      const { details, xml, receivedAt } = description;
      return await onOpen(account, details.reportId, receivedAt, async (tx) => {
        const file = await tx
          .selectFrom("tip_file")
          .select("details")
          .where("file_id", "=", details.fileId)
          .where("tip_number", "=", details.reportId)
          .executeTakeFirst();
        if (file === undefined) return { kind: "no-file" } as const;
        if (file.details !== null) return { kind: "already" } as const;
        await tx
          .updateTable("tip_file")
          .set({ details: Buffer.from(xml) })
          .where("file_id", "=", details.fileId)
          .execute();
        await touch(tx, details.reportId, receivedAt);
        return { kind: "ok" } as const;
      });
    },

    async finish(account, number, at, rule: FinishRule) {
      return await onOpen<FinishOutcome>(account, number, at, (tx) =>
        finishTip(station, tx, account, number, at, rule),
      );
    },

    async retract(account, number, at) {
      let objects: string[] = [];
      const outcome = await onOpen<RetractOutcome>(account, number, at, async (tx) => {
        objects = await emptyTip(tx, number, "retracted");
        return { kind: "ok" };
      });
      for (const name of objects) await station.vault.remove(name);
      return outcome;
    },

    async finishedReports(account, numbers) {
      if (numbers.length === 0) return new Set();
      const rows = await storeFault(() =>
        station.db.kysely
          .selectFrom("tip")
          .select("number")
          .where("number", "in", [...numbers])
          .where("account", "=", account.accountId)
          .where("state", "=", "finished")
          .execute(),
      );
      return new Set(rows.map((row) => row.number as ReportNumber));
    },

    async expire(at, limit) {
      for (const [id, entry] of staged) {
        if (entry.since > at - STAGED_LIFETIME_MS) continue;
        staged.delete(id);
        await station.vault.remove(entry.object.name);
      }
      // The sum that standing.ts makes, as a bound that the index on touched_at serves; judge() decides each one.
      const candidates = await station.db.kysely
        .selectFrom("tip")
        .select("number")
        .where("state", "=", "open")
        .where("touched_at", "<=", iso(at - 3_600_000))
        .where("opened_at", "<=", iso(at - STAGED_LIFETIME_MS))
        .orderBy("touched_at")
        .limit(limit)
        .execute();
      const gone: ReportNumber[] = [];
      for (const { number } of candidates) {
        const objects = await station.db.transaction((tx) => expireTip(tx, number, at));
        if (objects === undefined) continue;
        for (const name of objects) await station.vault.remove(name);
        gone.push(number as ReportNumber);
      }
      return gone;
    },
  };
}

async function standingOf(
  tx: Kysely<Tables>,
  account: Account,
  number: ReportNumber,
  at: number,
  lock: boolean,
): Promise<Standing> {
  const query = tx
    .selectFrom("tip")
    .select(["account", "state", "batched", "opened_at", "touched_at"])
    .where("number", "=", number);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return judge(
    row === undefined
      ? undefined
      : {
          accountId: row.account,
          state: row.state,
          batched: row.batched,
          openedAt: Date.parse(row.opened_at),
          changedAt: Date.parse(row.touched_at),
        },
    account.accountId,
    at,
  );
}

async function touch(tx: Tx, number: string, at: number): Promise<void> {
  // A clock that was set back shortens nobody's hour.
  await tx
    .updateTable("tip")
    .set({ touched_at: sql`greatest(touched_at, ${iso(at)}::timestamptz)` })
    .where("number", "=", number)
    .execute();
}

async function attachFile(tx: Tx, number: ReportNumber, entry: Staged, upload: Upload): Promise<void> {
  await recordObject(tx, entry.object, upload.receivedAt);
  const { count } = await tx
    .selectFrom("tip_file")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("tip_number", "=", number)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("tip_file")
    .values({
      file_id: upload.fileId,
      tip_number: number,
      position: Number(count),
      evidence_id: newId(upload.receivedAt),
      object_name: entry.object.name,
      size: entry.digests.size,
      sha256: entry.digests.sha256,
      sha1: entry.digests.sha1,
      md5: entry.digests.md5,
      file_name: upload.fileName ?? null,
      media_type: upload.mediaType ?? null,
      details: null,
      stored_at: iso(upload.receivedAt),
    })
    .execute();
  await touch(tx, number, upload.receivedAt);
}

async function finishTip(
  station: Station,
  tx: Tx,
  account: Account,
  number: ReportNumber,
  at: number,
  rule: FinishRule,
): Promise<FinishOutcome> {
  const tip = await tx.selectFrom("tip").selectAll().where("number", "=", number).executeTakeFirstOrThrow();
  const files = await tx
    .selectFrom("tip_file")
    .innerJoin("vault_object", "vault_object.name", "tip_file.object_name")
    .selectAll()
    .where("tip_number", "=", number)
    .orderBy("position")
    .execute();
  const problems = rule({
    batched: tip.batched,
    files: files.map((file) => ({ fileId: file.file_id as FileId, described: file.details !== null })),
  });
  if (problems.length > 0) return { kind: "rejected", problems };
  const sender = await tx
    .selectFrom("sender_account")
    .selectAll()
    .where("username", "=", account.accountId)
    .executeTakeFirstOrThrow();
  const { report } = toReport({
    document: decoded(decodeReport(tip.document)),
    number,
    issuer: station.config.station.name,
    sender: { kind: sender.kind, id: sender.username, name: sender.name },
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
  await tx.updateTable("tip").set({ state: "finished" }).where("number", "=", number).execute();
  await accept(tx, {
    door: "cybertipline",
    handedBy: account.accountId,
    handedReference: number,
    returnTo: sender.peer_id ?? undefined,
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
    at,
  });
  return { kind: "ok", fileIds: files.map((file) => file.file_id as FileId) };
}

/** Forgets a report's contents. @returns the vault's objects, to be removed once the transaction has committed */
async function emptyTip(tx: Tx, number: string, state: "retracted" | "expired"): Promise<string[]> {
  const files = await tx
    .deleteFrom("tip_file")
    .where("tip_number", "=", number)
    .returning("object_name")
    .execute();
  const names = files.map((file) => file.object_name);
  if (names.length > 0) await tx.deleteFrom("vault_object").where("name", "in", names).execute();
  await tx
    .updateTable("tip")
    .set({ state, document: Buffer.alloc(0) })
    .where("number", "=", number)
    .execute();
  return names;
}

async function expireTip(tx: Tx, number: string, at: number): Promise<string[] | undefined> {
  const row = await tx
    .selectFrom("tip")
    .selectAll()
    .where("number", "=", number)
    .forUpdate()
    .executeTakeFirst();
  if (row?.state !== "open") return undefined;
  const standing = judge(
    {
      accountId: row.account,
      state: row.state,
      batched: row.batched,
      openedAt: Date.parse(row.opened_at),
      changedAt: Date.parse(row.touched_at),
    },
    row.account,
    at,
  );
  return standing.kind === "expired" ? await emptyTip(tx, number, "expired") : undefined;
}

function decoded<T>(result: { ok: true; value: T } | { ok: false; problems: readonly unknown[] }): T {
  if (!result.ok) throw new Error("a stored document no longer decodes: it was accepted by other rules");
  return result.value;
}

function diskFault(cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOSPC" || code === "EDQUOT")
    return new StoreFault("full", "the vault has no room", 120, cause);
  if (code === "EIO" || code === "EMFILE" || code === "ENFILE")
    return new StoreFault("unavailable", "the vault cannot be written", 30, cause);
  return cause;
}
