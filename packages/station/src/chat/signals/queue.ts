import { type AgeBand, ageBandOf, type SafetyAction } from "@fairlead/assessment";
import type { Kysely } from "kysely";
import type { Principal } from "../../access/index.ts";
import { recordLeaf } from "../../audit/index.ts";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import { sqlFile } from "../../sql-file.ts";
import type { Tables } from "../../store/tables.ts";
import { iso } from "../devices.ts";
import type { ShownSignal } from "./shown.ts";
import { standingFor } from "./standing.ts";

const WAITING = sqlFile(import.meta.url, "waiting.sql");
/** What one page shows: the longest wait is first, and whoever decides sees the next ones. */
const MOST = 200;

export interface WaitingAccount {
  account: string;
  since: string;
  why: Array<"signal" | "appeal">;
  standing: SafetyAction[];
}

/** Accounts that wait for a person, longest first. */
export async function waitingAccounts(
  station: Station,
): Promise<{ waiting: number; accounts: WaitingAccount[] }> {
  const { rows } = await station.db.pool.query<WaitingAccount & { waiting: string }>(WAITING, [
    iso(station.clock()),
    MOST,
  ]);
  return {
    waiting: Number(rows[0]?.waiting ?? 0),
    accounts: rows.map(({ account, since, why, standing }) => ({ account, since, why, standing })),
  };
}

export type AccountStep =
  | { what: "began" | "ended" | "lifted" | "decided"; at: string; action: SafetyAction; until?: string }
  | { what: "appealed"; at: string; words: string }
  | { what: "keep" | "lift" | "longer"; at: string; by: string; reason: string; until?: string };

export interface AccountPage {
  account: string;
  name: string;
  /** By the year that its owner gave. */
  band: AgeBand;
  openedAt: string;
  why: Array<"signal" | "appeal">;
  standing: Array<{ action: SafetyAction; began: string; until: string; signals: ShownSignal[] }>;
  appeal?: { at: string; words: string };
  history: AccountStep[];
}

/**
 * What stands for an account, what it rests on, and what came before. Every look is in the log.
 * @throws StationError `not-found` also for an account that no signal was ever about: nobody looks around here
 */
export async function accountPage(station: Station, account: string, by: Principal): Promise<AccountPage> {
  const now = station.clock();
  const page = await station.db.transaction(async (tx) => {
    const found = await pageOf(tx, account, now);
    if (found !== undefined)
      await recordLeaf(tx, {
        kind: "safety.looked-at",
        at: now,
        actor: `person:${by.id}`,
        body: { account },
      });
    return found;
  });
  if (page !== undefined) return page;
  throw new StationError("not-found", "Nothing is known here about this account.", {
    audience: "reviewer",
    remedy: "Go back to the list: it shows the accounts that wait.",
  });
}

async function pageOf(db: Kysely<Tables>, account: string, now: number): Promise<AccountPage | undefined> {
  const actions = await db
    .selectFrom("safety_action")
    .selectAll()
    .where("account", "=", account)
    .orderBy("began_at")
    .execute();
  const appeals = await db
    .selectFrom("safety_appeal")
    .selectAll()
    .where("account", "=", account)
    .orderBy("made_at")
    .execute();
  const row = await db
    .selectFrom("chat_account")
    .select(["name", "birth_year", "created_at"])
    .where("handle", "=", account)
    .executeTakeFirst();
  if (row === undefined || actions.length + appeals.length === 0) return undefined;
  const decisions = await db
    .selectFrom("safety_decision as decision")
    .innerJoin("person", "person.id", "decision.decided_by")
    .select([
      "decision.decision",
      "decision.decided_at",
      "decision.reason",
      "decision.hidden_until",
      "person.name",
    ])
    .where("decision.account", "=", account)
    .execute();
  const ids = new Set((await standingFor(db, account, now)).map(({ id }) => id));
  const standing = actions.filter(({ id }) => ids.has(id));
  const open = appeals.find(({ decided_at }) => decided_at === null);
  const steps: AccountStep[] = [
    ...actions.flatMap(stepsOf),
    ...appeals.map(({ made_at, words }) => ({ what: "appealed" as const, at: made_at, words })),
    ...decisions.map(({ decision, decided_at, reason, hidden_until, name }) => ({
      what: decision,
      at: decided_at,
      by: name,
      reason,
      ...(hidden_until === null ? {} : { until: hidden_until }),
    })),
  ];
  return {
    account,
    name: row.name,
    band: ageBandOf(row.birth_year, now),
    openedAt: row.created_at,
    why: [
      ...(standing.some(({ action }) => action === "review") ? ["signal" as const] : []),
      ...(open === undefined ? [] : ["appeal" as const]),
    ],
    standing: standing.map(({ action, began_at, ends_at, signals }) => ({
      action,
      began: began_at,
      until: ends_at,
      signals: signals as ShownSignal[],
    })),
    ...(open === undefined ? {} : { appeal: { at: open.made_at, words: open.words } }),
    history: steps.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)),
  };
}

function stepsOf(row: {
  action: SafetyAction;
  began_at: string;
  ends_at: string;
  ended_at: string | null;
  ended_why: "time" | "lifted" | "decided" | null;
}): AccountStep[] {
  const { action, began_at, ends_at, ended_at, ended_why } = row;
  const began = { what: "began" as const, at: began_at, action, until: ends_at };
  if (ended_at === null) return [began];
  const what = ended_why === "time" || ended_why === null ? ("ended" as const) : ended_why;
  return [began, { what, at: ended_at, action }];
}
