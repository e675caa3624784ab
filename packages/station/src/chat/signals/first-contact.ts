import { defaultSignalRules } from "@fairlead/assessment";
import type { Transaction } from "kysely";
import { StationError } from "../../errors.ts";
import type { Tables } from "../../store/tables.ts";
import { iso } from "../devices.ts";
import type { Hub } from "../hub.ts";
import { haveCommon, noteEvent, type Person } from "./note.ts";
import { type Standing, standingFor } from "./standing.ts";

type Tx = Transaction<Tables>;

const DAY_MS = 24 * 3_600_000;

/**
 * An account asks a young person for the first time: what stands for it is kept to, and what happened is noted.
 * @returns whether the young person is shown the request
 * @throws StationError `chat.slowed`
 */
export async function takeFirstContact(tx: Tx, hub: Hub, by: string, other: Person): Promise<boolean> {
  if (!hub.config.signals) return true;
  const now = hub.station.clock();
  const standing = await standingFor(tx, by, now);
  const isOn = (action: Standing["action"]) => standing.find((one) => one.action === action);
  const common = await haveCommon(tx, by, other.handle);
  const slow = isOn("friction");
  if (slow !== undefined && !common) await mustNotBeTooMany(tx, by, now, slow.endsAt);
  const isHidden = isOn("hide") !== undefined;
  // Nobody was shown it, so that nobody answers says nothing about who asked.
  await noteEvent(tx, hub, { kind: "asked", account: by, other, common, induced: isHidden });
  if (isOn("notice") !== undefined && !common) await tellCalmly(tx, by, other.handle, now);
  return !isHidden;
}

/** Puts a notice beside what an account asks of a young person. Whoever was told before is not told again. */
export async function tellCalmly(tx: Tx, account: string, told: string, now: number): Promise<boolean> {
  const made = await tx
    .insertInto("safety_notice")
    .values({ account, told, at: iso(now), fine_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning("told")
    .executeTakeFirst();
  return made !== undefined;
}

async function mustNotBeTooMany(tx: Tx, by: string, now: number, until: number): Promise<void> {
  const { requestsADay } = defaultSignalRules;
  const oldest = await tx
    .selectFrom("signal_event")
    .select("at")
    .where("account", "=", by)
    .where("kind", "=", "asked")
    .where("common", "=", false)
    .where("at", ">", iso(now - DAY_MS))
    .orderBy("at", "desc")
    .offset(requestsADay - 1)
    .limit(1)
    .executeTakeFirst();
  if (oldest === undefined) return;
  const again = Math.min(until, Date.parse(oldest.at) + DAY_MS);
  throw new StationError(
    "chat.slowed",
    `Until ${iso(until)} this account can ask ${requestsADay} young people a day whom it does not know.`,
    {
      remedy:
        "Ask again later. GET /chat/safety says why, and POST /chat/safety/appeals asks for a person to look.",
      retryAfterSeconds: Math.max(1, Math.ceil((again - now) / 1000)),
    },
  );
}
