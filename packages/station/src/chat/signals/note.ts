import { ageBandOf } from "@fairlead/assessment";
import { CompiledQuery, sql, type Transaction } from "kysely";
import { addJob } from "../../jobs.ts";
import { sqlFile } from "../../sql-file.ts";
import type { Tables } from "../../store/tables.ts";
import { iso } from "../devices.ts";
import type { Hub } from "../hub.ts";
import { mayBeYoung } from "../young.ts";

type Tx = Transaction<Tables>;

const COMMON = sqlFile(import.meta.url, "common.sql");
/**
 * Looks come on full quarters of an hour: what begins then tells nobody who has just blocked or reported them. Chosen: long enough for
 * others to come between, short beside the days that a rule looks back.
 */
const LOOK_EVERY_MS = 15 * 60_000;

/** Somebody with the year of birth that they gave. */
export interface Person {
  handle: string;
  birthYear: number | null;
}

export interface Noted {
  kind: Tables["signal_event"]["kind"];
  /** Whose event it is: who asked, who was answered, blocked or reported. */
  account: string;
  other: Person;
  common?: boolean;
  chatReportId?: string;
  /** It may come of what this station did itself. */
  induced?: boolean;
}

/**
 * Notes what an account did to a young one, or had done to it, and sees to it that the rules are looked at. Nothing is noted of what
 * grown-ups do among themselves: no rule counts it.
 */
export async function noteEvent(tx: Tx, hub: Hub, noted: Noted): Promise<void> {
  const now = hub.station.clock();
  const { kind, account, other, common, chatReportId, induced = false } = noted;
  if (!hub.config.signals || account === other.handle) return;
  const band = ageBandOf(other.birthYear, now);
  if (band === "adult" || band === "unknown") return;
  const made = await tx
    .insertInto("signal_event")
    .values({
      kind,
      account,
      other: other.handle,
      band,
      common: common ?? null,
      at: iso(now),
      chat_report_id: chatReportId ?? null,
      induced,
    })
    // Only a report can come again.
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (made === undefined || induced) return;
  const next = (Math.floor(now / LOOK_EVERY_MS) + 1) * LOOK_EVERY_MS;
  await addJob(tx, "look-at-account", { account }, account, next);
}

/** A block or a report after a notice of ours may come of the notice: the rules were measured without. */
export async function noteWord(tx: Tx, hub: Hub, noted: Noted): Promise<void> {
  if (!hub.config.signals || !mayBeYoung(noted.other.birthYear, hub.station.clock())) return;
  const told = await tx
    .selectFrom("safety_notice")
    .select("told")
    .where("account", "=", noted.account)
    .where("told", "=", noted.other.handle)
    .executeTakeFirst();
  await noteEvent(tx, hub, { ...noted, induced: told !== undefined });
}

/** A young person who turns to an account that has asked them before has answered it. */
export async function noteTurnedTo(tx: Tx, hub: Hub, account: string, young: Person): Promise<void> {
  if (!hub.config.signals) return;
  const asked = await tx
    .selectFrom("signal_event")
    .select("id")
    .where("account", "=", account)
    .where("other", "=", young.handle)
    .where("kind", "=", "asked")
    .limit(1)
    .executeTakeFirst();
  if (asked !== undefined) await noteEvent(tx, hub, { kind: "accepted", account, other: young });
}

/** Whether two accounts have a contact or a conversation in common. */
export async function haveCommon(tx: Tx, one: string, other: string): Promise<boolean> {
  const { rows } = await tx.executeQuery<{ common: boolean }>(CompiledQuery.raw(COMMON, [one, other]));
  return rows[0]?.common === true;
}

/** Whom a proven report of the chats is about: whoever the platform's own report of it says is the suspect and wrote in it. */
export async function noteReport(
  tx: Tx,
  hub: Hub,
  { chatReportId, reference, reporter }: { chatReportId: string; reference: string; reporter: string },
): Promise<void> {
  const stored = await tx
    .selectFrom("report")
    .select("content")
    .where("id", "=", reference)
    .executeTakeFirstOrThrow();
  const by = await personOf(tx, reporter);
  for (const { role, identifiers, events } of stored.content.persons) {
    // A reporter may name anybody: only what somebody is proven to have sent is about them.
    if (role !== "suspect" || !events.some(({ kind }) => kind === "send")) continue;
    for (const { kind, raw } of identifiers) {
      const handle = kind === "account" ? hub.uris.handleOf(raw) : undefined;
      const account = handle === undefined ? undefined : await personOf(tx, handle);
      if (account !== undefined && by !== undefined)
        await noteWord(tx, hub, { kind: "reported", account: account.handle, other: by, chatReportId });
    }
  }
}

async function personOf(tx: Tx, handle: string): Promise<Person | undefined> {
  const { rows } = await sql<Person>`select handle, birth_year as "birthYear" from chat_account
    where handle = ${handle}`.execute(tx);
  return rows[0];
}
