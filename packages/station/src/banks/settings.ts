import { sql, type Transaction } from "kysely";
import { z } from "zod";
import type { Principal } from "../access/index.ts";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { BankTable } from "../store/tables.ts";
import type { Tables } from "../store/tables.ts";
import { semanticsSchema } from "./signal.ts";
import type { ChangedBy } from "./write-entries.ts";

export const bankIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "is small letters, digits and hyphens, 63 at most");

const name = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .refine((text) => !text.includes("\u0000"), { message: "holds a character that cannot be kept" });
const part = z.array(name).min(1).max(1000).nullable();

/** What this station has decided about a bank. */
export const bankSettingsSchema = z.strictObject({
  name,
  /** Whose claims its entries are. */
  source: name,
  /** What this station takes them for; without a decision, nothing has been vetted. */
  trust: z.enum(["vetted-graded", "vetted", "unvetted"]).default("unvetted"),
  enabled: z.boolean().default(true),
  /** Entries of at least one of these match; null: all. */
  categories: part.default(null),
  tags: part.default(null),
  members: part.default(null),
  /** In bits. 31 is what the field shares hashes for (hash.md, section 6). */
  threshold: z.int().min(0).max(31).default(31),
  /** 50 is the least with which the reference calls a hash good (hash.md, section 7). */
  quality: z.int().min(0).max(100).default(50),
  semantics: semanticsSchema.default("unlabelled"),
});
export type BankSettings = z.infer<typeof bankSettingsSchema>;

/**
 * Makes a bank, with its place in the log of changes.
 * @throws StationError `conflict` where there is one of this name
 */
export async function makeBank(
  tx: Transaction<Tables>,
  id: string,
  settings: BankSettings,
  by: ChangedBy,
  now: number,
): Promise<void> {
  const made = await tx
    .insertInto("bank")
    .values({ id, ...settings, made_at: new Date(now).toISOString() })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (made === undefined)
    throw new StationError("conflict", `There is a bank called "${id}" already.`, {
      remedy: "Choose another id, or change the settings of the one that is there.",
    });
  await noteSettings(tx, { id, settings, what: "bank-made", by, now });
}

/** Settings that are to be others from now on; the source stays whose it is. */
export type BankChange = {
  [Name in Exclude<keyof BankSettings, "source">]?: BankSettings[Name] | undefined;
};

/**
 * A person changes what this station takes a bank for, or which of its parts match; matchers act by it with their next answer.
 * @param change `seen`: the newest change of the settings that they have seen
 * @throws StationError `not-found`; `conflict` where somebody else has changed it since, or nothing would change
 */
export async function changeBank(
  station: Station,
  id: string,
  change: BankChange & { reason: string; seen: string },
  by: Principal,
): Promise<void> {
  const { reason, seen, ...set } = change;
  await setBank(station, id, set, `person:${by.id}`, { reason, seen });
}

/** Changes settings of a bank, whoever decided it. @throws StationError `not-found`, and with `decided` as `changeBank` does */
export async function setBank(
  { db, clock }: Pick<Station, "db" | "clock">,
  id: string,
  set: BankChange,
  by: ChangedBy,
  decided?: { reason: string; seen: string },
): Promise<void> {
  const now = clock();
  const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
  await db.transaction(async (tx) => {
    // The head first, as every writer: two that lock in another order would wait for each other.
    await tx.selectFrom("bank_head").select("seq").forUpdate().executeTakeFirstOrThrow();
    const row = await tx.selectFrom("bank").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
    if (row === undefined) throw unknownBank(id);
    const settings = bankSettingsSchema.parse({ ...settingsOf(row), ...given });
    if (decided !== undefined) await mustBeNews(tx, row, settings, decided.seen);
    await tx.updateTable("bank").set(settings).where("id", "=", id).execute();
    await noteSettings(tx, {
      id,
      settings,
      what: "bank-changed",
      by,
      now,
      ...(decided === undefined ? {} : { reason: decided.reason }),
    });
  });
}

/** Two who change one bank at once must not undo each other without seeing it. */
async function mustBeNews(
  tx: Transaction<Tables>,
  row: BankTable,
  settings: BankSettings,
  seen: string,
): Promise<void> {
  const { rows } = await sql<{ seq: string }>`select coalesce(max(seq), 0) as seq from bank_change
    where bank_id = ${row.id} and entry_id is null`.execute(tx);
  if (rows[0]?.seq !== seen)
    throw new StationError("conflict", "Somebody has changed this bank since you opened its page.", {
      remedy: "Look at the page again. Nothing was changed.",
    });
  if (JSON.stringify(settingsOf(row)) === JSON.stringify(settings))
    throw new StationError("conflict", "That is how the bank is set already.", {
      remedy: "Look at the page again. Nothing was changed.",
    });
}

interface Noted {
  id: string;
  settings: BankSettings;
  what: "bank-made" | "bank-changed";
  by: ChangedBy;
  now: number;
  reason?: string;
}

async function noteSettings(tx: Transaction<Tables>, noted: Noted): Promise<void> {
  const { id, settings, what, by, now, reason } = noted;
  const said = JSON.stringify({ ...settings, ...(reason === undefined ? {} : { reason }) });
  await sql`with head as (update bank_head set seq = seq + 1 returning seq)
    insert into bank_change (seq, bank_id, what, said, at, by)
    select seq, ${id}, ${what}, ${said}::jsonb, ${new Date(now).toISOString()}::timestamptz, ${by} from head`.execute(
    tx,
  );
  await recordLeaf(tx, {
    kind: what === "bank-made" ? "bank.made" : "bank.changed",
    at: now,
    actor: by.startsWith("person:") || by.startsWith("sender:") ? by : "station",
    body: { bank: id, ...settings, ...(reason === undefined ? {} : { reason }) },
  });
}

export function settingsOf(row: BankTable): BankSettings {
  const {
    name: called,
    source,
    trust,
    enabled,
    categories,
    tags,
    members,
    threshold,
    quality,
    semantics,
  } = row;
  return { name: called, source, trust, enabled, categories, tags, members, threshold, quality, semantics };
}

export function unknownBank(id: string): StationError {
  return new StationError("not-found", `This station has no bank called "${id.slice(0, 64)}".`, {
    remedy: "See which banks there are on the page of banks, or with `fairlead bank stats`.",
  });
}
