import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import type { Database } from "../../store/index.ts";
import { type SaidEntry, saidEntrySchema } from "../entry.ts";
import { bankIdSchema, bankSettingsSchema, makeBank, setBank, unknownBank } from "../settings.ts";
import { valueProblem } from "../signal.ts";
import { saidFromJson, writeEntries } from "../write-entries.ts";

export interface HmaBank {
  id: string;
  enabled: boolean;
}

/** HMA's banks are called in capitals and underscores, ours in small letters and hyphens: one name for one. */
export function hmaName(id: string): string {
  return id.toUpperCase().replaceAll("-", "_");
}

/** @throws StationError `request.invalid` */
export function idOf(name: string): string {
  const id = bankIdSchema.safeParse(name.toLowerCase().replaceAll("_", "-"));
  if (id.success && hmaName(id.data) === name) return id.data;
  throw new StationError(
    "request.invalid",
    "Field `name` must match /^[A-Z0-9_]+$/ and begin with a letter or digit.",
  );
}

export async function bankList({ kysely }: Database): Promise<HmaBank[]> {
  return await kysely.selectFrom("bank").select(["id", "enabled"]).orderBy("id").execute();
}

/** A bank of a platform's own: its claims are that platform's, and nobody has vetted them. @throws StationError `conflict` */
export async function makeHmaBank(
  { db, clock }: Station,
  id: string,
  enabled: boolean,
  username: string,
): Promise<HmaBank> {
  const settings = bankSettingsSchema.parse({
    name: hmaName(id),
    source: username,
    enabled,
    semantics: "pdq/full",
  });
  await db.transaction(async (tx) => await makeBank(tx, id, settings, `sender:${username}`, clock()));
  return { id, enabled };
}

/** @throws StationError `not-found` */
export async function switchBank(
  station: Station,
  id: string,
  enabled: boolean,
  username: string,
): Promise<HmaBank> {
  await setBank(station, id, { enabled }, `sender:${username}`);
  return { id, enabled };
}

/**
 * Adds hashes of one item to a bank. @returns HMA's answer; its id is the first hash's
 * @throws StationError `request.invalid`, `not-found`
 */
export async function addContent(
  { db, clock }: Station,
  bankId: string,
  given: { pdq?: string | undefined; video_md5?: string | undefined },
  username: string,
): Promise<{ id: number; signals: Record<string, string> }> {
  const signals: SaidEntry["signals"] = [];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const kind = name === "pdq" ? "pdq" : "md5";
    const low = value.trim().toLowerCase();
    const problem = valueProblem(kind, low);
    if (problem !== undefined)
      throw new StationError("request.invalid", `Invalid ${name} signal: it ${problem}.`);
    signals.push({ kind, value: low });
  }
  const entry = saidEntrySchema.parse({ key: randomUUID(), signals });
  return await db.transaction(async (tx) => {
    const there = await tx.selectFrom("bank").select("id").where("id", "=", bankId).executeTakeFirst();
    if (there === undefined) throw unknownBank(bankId);
    await writeEntries(tx, bankId, { entries: [entry], removed: [] }, `sender:${username}`, clock);
    const { rows } = await sql<{ id: string }>`select min(signal.id) as id from bank_signal signal
      join bank_entry entry on entry.id = signal.entry_id where entry.bank_id = ${bankId} and entry.key = ${entry.key}`.execute(
      tx,
    );
    return {
      id: Number(rows[0]?.id),
      signals: Object.fromEntries(
        signals.map(({ kind, value }) => [kind === "pdq" ? "pdq" : "video_md5", value]),
      ),
    };
  });
}

/** Takes back the item that a hash belongs to; its history stays. @returns how many items that is */
export async function removeContent(
  { db, clock }: Station,
  bankId: string,
  signalId: string,
  username: string,
): Promise<number> {
  return await db.transaction(async (tx) => {
    const { rows } = await sql<{ said: unknown }>`select entry.said from bank_signal signal
      join bank_entry entry on entry.id = signal.entry_id
      where signal.id = ${signalId}::bigint and entry.bank_id = ${bankId} and not entry.gone`.execute(tx);
    const removed = rows.map(({ said }) => saidFromJson(said).key);
    const written = await writeEntries(tx, bankId, { entries: [], removed }, `sender:${username}`, clock);
    return written.removed;
  });
}
