import type { LinkingKey, LinkRules } from "@fairlead/assessment";
import { CompiledQuery, type Transaction } from "kysely";
import { sqlFile } from "../sql-file.ts";
import type { Tables } from "../store/tables.ts";
import { deriveSubjects, type Seeds } from "./derive.ts";
import { liveDecisionsOn, otherNodesIn } from "./live-decisions.ts";
import { nameOf, type Node } from "./node.ts";
import { joiningValues, noteStandings, valueRowName, type ValueChanges, type ValueRow } from "./values.ts";

type Tx = Transaction<Tables>;

const JOINED_BY = sqlFile(import.meta.url, "./joined-by.sql");
const JOIN_MEMBERS = sqlFile(import.meta.url, "./join-members.sql");
const COUNT_SUBJECTS = sqlFile(import.meta.url, "./count-subjects.sql");

/** Keys of one report that have just been replaced in the table. */
export interface Placing {
  reportId: string;
  before: readonly LinkingKey[];
  after: readonly LinkingKey[];
}

/** Somebody whom a value brings, and the subject that they are in. */
interface Brought extends Node, Pick<ValueRow, "kind" | "value" | "role"> {
  subject: string | null;
}

/**
 * Brings the subjects up to date with a report's keys. A report that is new touches its own values and the subjects that it joins, by
 * their ids; where something that held persons together does so no longer, their subjects are derived again.
 * @returns the reports whose subject may have lost somebody
 */
export async function placeReport(
  tx: Tx,
  { reportId, before, after }: Placing,
  rules: LinkRules,
): Promise<string[]> {
  const changes = await noteStandings(tx, joiningValues([...before, ...after]), rules);
  const decided = await liveDecisionsOn(tx, reportId);
  const nodes = nodesOf(reportId, after);
  const brought = await broughtBy(tx, reportId, changes);
  if (before.length === 0 && changes.fell.length === 0 && decided.length === 0) {
    await joinAll(tx, reportId, after, brought);
    return [];
  }
  const seeds: Seeds = {
    nodes: [...nodes, ...brought, ...otherNodesIn(decided, reportId)],
    // One of those whom a value held together leads to all of them.
    values: changes.fell,
    gone: reportId,
  };
  return await deriveSubjects(tx, seeds, rules);
}

/** The persons of a report by its keys. */
function nodesOf(reportId: string, keys: readonly LinkingKey[]): Node[] {
  const persons = new Set(keys.map(({ person }) => person ?? ""));
  return [...persons].map((person) => ({ report_id: reportId, person }));
}

async function broughtBy(tx: Tx, reportId: string, { joining, rose }: ValueChanges): Promise<Brought[]> {
  if (joining.length === 0) return [];
  const { rows } = await tx.executeQuery<Brought>(
    CompiledQuery.raw(JOINED_BY, [
      joining.map(({ kind }) => kind),
      joining.map(({ value }) => value),
      joining.map(({ role }) => role),
      reportId,
      joining.map((row) => rose.has(valueRowName(row))),
    ]),
  );
  return rows;
}

/** Lets each person of a new report join whom their values bring. */
async function joinAll(
  tx: Tx,
  reportId: string,
  keys: readonly LinkingKey[],
  brought: readonly Brought[],
): Promise<void> {
  const byValue = Map.groupBy(brought, valueRowName);
  const singles = new Map<string, Node>();
  const groups: Set<string>[] = [];
  for (const key of keys) {
    if (key.strength !== "strong") continue;
    const others = byValue.get(valueRowName(key)) ?? [];
    if (others.length === 0) continue;
    const own: Node = { report_id: reportId, person: key.person ?? "" };
    const names = new Set<string>();
    for (const { subject, ...node } of [{ ...own, subject: null }, ...others]) {
      names.add(subject ?? nameOf(node));
      if (subject === null) singles.set(nameOf(node), { report_id: node.report_id, person: node.person });
    }
    mergeInto(groups, names);
  }
  const ids: string[] = [];
  for (const names of groups) {
    const sorted = [...names].sort();
    const [id = ""] = sorted;
    const nodes = sorted.flatMap((name) => singles.get(name) ?? []);
    const subjects = sorted.filter((name) => !singles.has(name));
    await tx.executeQuery(
      CompiledQuery.raw(JOIN_MEMBERS, [
        id,
        subjects,
        nodes.map(({ report_id }) => report_id),
        nodes.map(({ person }) => person),
      ]),
    );
    ids.push(id);
  }
  await countSubjects(tx, ids);
}

/** Adds a group of names, as one with all groups that share a name with it. */
function mergeInto(groups: Set<string>[], names: Set<string>): void {
  const joined = groups.filter((group) => [...group].some((name) => names.has(name)));
  const apart = groups.filter((group) => !joined.includes(group));
  groups.splice(0, groups.length, ...apart, new Set([...names, ...joined.flatMap((group) => [...group])]));
}

export async function countSubjects(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.executeQuery(CompiledQuery.raw(COUNT_SUBJECTS, [ids]));
}
