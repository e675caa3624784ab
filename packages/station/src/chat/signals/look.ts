import {
  type AccountEvent,
  type AccountHistory,
  ageBandOf,
  allowedBy,
  defaultSignalRules,
  type SafetyAction,
  type Signal,
  type SignalId,
  signalsOf,
} from "@fairlead/assessment";
import { CompiledQuery, type Kysely, type Transaction } from "kysely";
import { recordLeaf } from "../../audit/index.ts";
import type { Station } from "../../context.ts";
import { sqlFile } from "../../sql-file.ts";
import { newId } from "../../store/index.ts";
import type { Tables } from "../../store/tables.ts";
import { lockCursors } from "../cursors.ts";
import { iso } from "../devices.ts";
import { endDue } from "./end.ts";
import { tellCalmly } from "./first-contact.ts";
import { shownSignals } from "./shown.ts";
import { standingFor } from "./standing.ts";
import { tellAccounts } from "./tell.ts";

type Tx = Transaction<Tables>;

const HISTORY = sqlFile(import.meta.url, "history.sql");
const DAY_MS = 24 * 3_600_000;
const rules = defaultSignalRules;

/**
 * Sees which rules hold for an account, and begins what they allow: all in one transaction, each action once (law 8). It leads to
 * friction, a notice, a person's look or hiding, and to nothing else: a signal is intelligence (law 2).
 */
export async function lookAtAccount(station: Station, { account }: { account: string }): Promise<void> {
  if (station.config.chat?.signals !== true) return;
  const now = station.clock();
  if ((await heldFor(station.db.kysely, account, now)).signals.length === 0) return;
  await station.db.transaction(async (tx) => {
    await lockCursors(tx);
    // One look at a time; a person's decision takes the same lock.
    await tx
      .selectFrom("chat_account")
      .select("handle")
      .where("handle", "=", account)
      .forNoKeyUpdate()
      .execute();
    await endDue(tx, now, account);
    const { history, signals } = await heldFor(tx, account, now);
    const begun: SafetyAction[] = [];
    for (const [action, ids] of allowedBy(signals)) {
      const held = signals.filter(({ rule }) => ids.includes(rule));
      if (await begin(tx, { account, action, held, history, now })) begun.push(action);
    }
    const told = begun.includes("notice") ? await tellWhoWasAsked(tx, account, history, now) : [];
    if (begun.some((action) => action !== "review")) told.push(account);
    await tellAccounts(tx, told, now);
  });
}

/** Which rules hold for an account now, and what they looked at. */
export async function heldFor(
  db: Kysely<Tables>,
  account: string,
  now: number,
): Promise<{ history: AccountHistory; signals: Signal[] }> {
  const row = await db
    .selectFrom("chat_account")
    .select(["birth_year", "created_at"])
    .where("handle", "=", account)
    .executeTakeFirstOrThrow();
  const from = iso(now - rules.keepEventsDays * DAY_MS);
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(HISTORY, [account, from]));
  const history = {
    account,
    band: ageBandOf(row.birth_year, now),
    openedAt: Date.parse(row.created_at),
    events: rows.map(eventOf),
  };
  return { history, signals: signalsOf(history, now, rules) };
}

type Row = Pick<Tables["signal_event"], "kind" | "other" | "band" | "common" | "at">;

function eventOf({ kind, other, band, common, at: instant }: Row): AccountEvent {
  const at = Date.parse(instant);
  switch (kind) {
    case "asked":
      return { kind, other, band, common: common === true, at };
    case "accepted":
    case "refused":
      return { kind, other, at };
    case "blocked":
    case "unblocked":
    case "reported":
      return { kind, other, band, at };
  }
}

interface Begun {
  account: string;
  action: SafetyAction;
  held: readonly Signal[];
  history: AccountHistory;
  now: number;
}

/** @returns whether it began with this look; one that stands already may be made longer */
async function begin(tx: Tx, { account, action, held, history, now }: Begun): Promise<boolean> {
  const newest = Math.max(
    ...held.flatMap(({ met }) =>
      met.flatMap(({ events }) => events.map((index) => history.events[index]?.at ?? 0)),
    ),
  );
  const ids = held.map(({ rule }) => rule);
  const endsAt = now + rules.standsDays[action] * DAY_MS;
  const body = { account, action, rules: ids, rulesVersion: rules.version, until: iso(endsAt) };
  const counted = {
    signals: JSON.stringify(shownSignals(held)),
    signal_at: iso(newest),
    ends_at: iso(endsAt),
  };
  const standing = (await standingFor(tx, account, now)).find((one) => one.action === action);
  if (standing !== undefined) {
    // The same events are one signal, however often they are looked at; and a day more is not worth an entry.
    if (newest <= standing.signalAt || endsAt - standing.endsAt < DAY_MS) return false;
    await tx
      .updateTable("safety_action")
      .set({ ...counted, rules_version: rules.version })
      .where("id", "=", standing.id)
      .execute();
    await recordLeaf(tx, { kind: "safety.longer", at: now, actor: "station", body });
    return false;
  }
  if (action === "review" && (await wasDecided(tx, account, ids, now))) return false;
  const made = await tx
    .insertInto("safety_action")
    .values({
      id: newId(now),
      account,
      action,
      rules_version: rules.version,
      ...counted,
      began_at: iso(now),
      ended_at: null,
      ended_why: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (made === undefined) return false;
  await recordLeaf(tx, { kind: "safety.began", at: now, actor: "station", body });
  return true;
}

/** A person has seen these rules hold not long ago: they are not asked the same again. */
async function wasDecided(tx: Tx, account: string, ids: readonly SignalId[], now: number): Promise<boolean> {
  const decided = await tx
    .selectFrom("safety_decision")
    .select("rules")
    .where("account", "=", account)
    .where("decision", "<>", "lift")
    .where("decided_at", ">", iso(now - rules.standsDays.review * DAY_MS))
    .execute();
  return decided.some((one) => ids.every((id) => one.rules.includes(id)));
}

/** @returns whom it was put beside a request that they had */
async function tellWhoWasAsked(
  tx: Tx,
  account: string,
  { events }: AccountHistory,
  now: number,
): Promise<string[]> {
  const told: string[] = [];
  const asked = events.flatMap((event) => (event.kind === "asked" && !event.common ? [event.other] : []));
  for (const other of new Set(asked)) if (await tellCalmly(tx, account, other, now)) told.push(other);
  return told;
}
