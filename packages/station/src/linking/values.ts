import {
  JOINING_KINDS,
  type KeyKind,
  type KeyRole,
  type LinkingKey,
  type LinkRules,
} from "@fairlead/assessment";
import { CompiledQuery, sql, type Transaction } from "kysely";
import { sqlFile } from "../sql-file.ts";
import type { Tables } from "../store/tables.ts";

const STANDINGS = sqlFile(import.meta.url, "./standings.sql");

/** Notes the standing of every value of kinds that may join (`$1`), by the most holders that one may have (`$2`): the same for all of them at once. */
export const SAVE_ALL_STANDINGS = `insert into value_standing (kind, value, role, holders, standing)
${STANDINGS.replace(
  "select distinct kind, value from unnest($1::text[], $3::text[]) as pair (kind, value)",
  // A value that one report holds joins nobody.
  `select kind, value from linking_key where kind = any($1::text[]) and strength = 'strong'
  group by kind, value having min(report_id::text) <> max(report_id::text)`,
)}`;
const SAVE_STANDINGS = sqlFile(import.meta.url, "./save-standings.sql");

/** What a value that two reports or more hold strongly is by now. */
export type StandingName = "joins" | "common" | "never-listed" | "different-persons";

export interface ValueRow {
  kind: KeyKind;
  value: string;
  role: KeyRole;
  /** Exact up to the rules' cap; one more means more than that. */
  holders: number;
  standing: StandingName;
}

/** A value, whoever holds it. */
export type Value = Pick<LinkingKey, "kind" | "value">;

/** How values of the tables changed. */
export interface ValueChanges {
  /** Joined before and do no longer. */
  fell: ValueRow[];
  /** Join now. */
  joining: ValueRow[];
  /** The names (`valueRowName`) of those that did not before. */
  rose: ReadonlySet<string>;
}

/** The values of these keys that could join, each once. */
export function joiningValues(keys: readonly Value[]): Value[] {
  const found = new Map(
    keys
      .filter(({ kind }) => JOINING_KINDS.has(kind))
      .map(({ kind, value }) => [`${kind} ${value}`, { kind, value }]),
  );
  return [...found.values()];
}

export function valueRowName({ kind, value, role }: Pick<ValueRow, "kind" | "value" | "role">): string {
  return `${role} ${kind} ${value}`;
}

/** Reads what these values are by now from who holds them, and notes it. */
export async function noteStandings(
  tx: Transaction<Tables>,
  values: readonly Value[],
  { dfCap }: LinkRules,
): Promise<ValueChanges> {
  if (values.length === 0) return { fell: [], joining: [], rose: new Set() };
  const kinds = values.map(({ kind }) => kind);
  const texts = values.map(({ value }) => value);
  const before = await readStandings(tx, values);
  const { rows: after } = await tx.executeQuery<ValueRow>(
    CompiledQuery.raw(STANDINGS, [kinds, dfCap, texts]),
  );
  const said = new Map(after.map((row) => [valueRowName(row), row]));
  const changed = after.filter((row) => !isSame(before.get(valueRowName(row)), row));
  const gone = [...before.values()].filter((row) => !said.has(valueRowName(row)));
  if (changed.length + gone.length > 0)
    await tx.executeQuery(CompiledQuery.raw(SAVE_STANDINGS, [JSON.stringify(changed), JSON.stringify(gone)]));
  const joining = after.filter(({ standing }) => standing === "joins");
  return {
    fell: [...before.values()].filter(
      (row) => row.standing === "joins" && said.get(valueRowName(row))?.standing !== "joins",
    ),
    joining,
    rose: new Set(joining.map(valueRowName).filter((name) => before.get(name)?.standing !== "joins")),
  };
}

/** What is noted of these values, by `valueRowName`. */
export async function readStandings(
  tx: Transaction<Tables>,
  values: readonly Value[],
): Promise<Map<string, ValueRow>> {
  const { rows } =
    await sql<ValueRow>`select value_standing.kind, value_standing.value, role, holders, standing
    from unnest(${values.map(({ kind }) => kind)}::text[], ${values.map(({ value }) => value)}::text[]) as given (kind, value)
    join value_standing on value_standing.kind = given.kind and value_standing.value = given.value`.execute(
      tx,
    );
  return new Map(rows.map((row) => [valueRowName(row), row]));
}

function isSame(a: ValueRow | undefined, b: ValueRow): boolean {
  return a?.holders === b.holders && a.standing === b.standing;
}
