import {
  judge,
  type ReportNumber,
  type RetractOutcome,
  type ServerStore,
  STAGED_LIFETIME_MS,
  type StagedFile,
  StoreFault,
} from "@fairlead/cybertipline";
import type { Transaction } from "kysely";
import { senderCheck } from "../access/index.ts";
import type { Station } from "../context.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { COME_BACK_SECONDS, diskTrouble, type VaultObject } from "../vault/index.ts";
import { receiptFor } from "./receipt.ts";
import { storeFault } from "./store-fault.ts";
import { standingsOf, tipAttachments, tipDescriptions, tipFinishings, tipRecords } from "./tip-group.ts";
import { openTipMemory } from "./tip-memory.ts";
import { tipOpenings } from "./tip-open.ts";

interface Staged extends StagedFile {
  object: VaultObject;
  /** When its bytes began to arrive. */
  since: number;
}

type Tx = Transaction<Tables>;
const iso = (ms: number) => new Date(ms).toISOString();

/**
 * The CyberTipline door's store: reports that are still being sent in PostgreSQL, their files sealed in the vault. A report
 * becomes one of the station's at `finish`, in the transaction that the platform's receipt stands for. What comes at one moment is
 * made durable together (tip-group.ts); nobody is answered before it is.
 */
export function tipStore(station: Station): ServerStore {
  // What a dead process leaves behind is an object that no report claims: the vault's orphan sweep removes it.
  const staged = new Map<string, Staged>();
  const authenticate = senderCheck(station.db.kysely);
  const open = tipOpenings(station);
  const recordOf = tipRecords(station);
  const attach = tipAttachments(station);
  const describe = tipDescriptions(station);
  const finish = tipFinishings(station);
  const memory = openTipMemory(() => performance.now());

  return {
    async authenticate(username, password) {
      const found = await storeFault(() => authenticate(username, password));
      if (found === undefined) return undefined;
      const usable = !found.disabled;
      return {
        accountId: found.username,
        username: found.username,
        may: { use: usable, submit: usable, update: usable },
      };
    },

    async lookUp(account, number, at) {
      const known = memory.of(number);
      if (known !== undefined) return judge(known, account.accountId, at);
      const stored = await storeFault(() => recordOf(number));
      if (stored?.state === "open") memory.note(number, stored);
      return judge(stored, account.accountId, at);
    },

    async open(account, submission) {
      const number = await storeFault(() => open({ account, submission }));
      const { receivedAt: openedAt, report } = submission;
      memory.note(number, {
        accountId: account.accountId,
        state: "open",
        batched: report.batchedReport !== undefined,
        openedAt,
        changedAt: openedAt,
      });
      return number;
    },

    async stage(_account, bytes, at) {
      const object = await station.vault.sealMeasured(bytes).catch((cause: unknown) => {
        throw diskFault(cause);
      });
      const entry: Staged = { stagedId: newId(at), since: at, object };
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
      const { object } = entry;
      const outcome = await storeFault(() => attach({ account, number, object, upload }));
      if (outcome.kind === "ok") memory.touch(number, upload.receivedAt);
      else {
        memory.forget(number);
        await station.vault.remove(object.name);
      }
      return outcome;
    },

    async describe(account, description) {
      const number = description.details.reportId;
      const outcome = await storeFault(() => describe({ account, number, description }));
      if (outcome.kind === "ok") memory.touch(number, description.receivedAt);
      else memory.forget(number);
      return outcome;
    },

    async finish(account, number, at, rule) {
      const outcome = await storeFault(() => finish({ account, number, at, rule }));
      memory.forget(number);
      if (!("facts" in outcome)) return outcome;
      const receipt = JSON.stringify(await receiptFor(station, outcome.facts));
      return { kind: "ok", fileIds: outcome.fileIds, receipt: Buffer.from(receipt).toString("base64url") };
    },

    async retract(account, number, at) {
      let objects: string[] = [];
      const outcome = await storeFault(() =>
        station.db.transaction(async (tx): Promise<RetractOutcome> => {
          const [standing] = await standingsOf(tx, [{ account, number, at }], true);
          if (standing === undefined) throw new Error("a report that is asked for has a standing");
          if (standing.kind !== "open") return standing;
          objects = await emptyTip(tx, number, "retracted");
          return { kind: "ok" };
        }),
      );
      memory.forget(number);
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
        memory.forget(number as ReportNumber);
        for (const name of objects) await station.vault.remove(name);
        gone.push(number as ReportNumber);
      }
      return gone;
    },
  };
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

function diskFault(cause: unknown): unknown {
  const trouble = diskTrouble(cause);
  if (trouble === undefined) return cause;
  const [reason, words] =
    trouble === "full"
      ? (["full", "the vault has no room"] as const)
      : (["unavailable", "the vault cannot be written"] as const);
  return new StoreFault(reason, words, COME_BACK_SECONDS[trouble], cause);
}
