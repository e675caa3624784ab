import { JOINING_KINDS, KEY_KINDS, type KeyKind, type LinkRules } from "@fairlead/assessment";
import { CompiledQuery, sql, type Transaction } from "kysely";
import type { Principal } from "../access/index.ts";
import { type LeafEvent, recordLeaves } from "../audit/index.ts";
import { reopenCopies } from "../campaigns/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { newId } from "../store/index.ts";
import type { LinkDecisionTable, Tables } from "../store/tables.ts";
import { deriveSubjects } from "./derive.ts";
import { reassessLater } from "./link-report.ts";
import { takeLinkingLock } from "./lock.ts";
import { nameOf, type Node } from "./node.ts";
import { noteStandings, type Value, type ValueRow } from "./values.ts";

type Tx = Transaction<Tables>;

/** What a person decides about who is who, from the page of one report. */
export type NewLinkDecision =
  | { kind: "same" | "different"; person: string; other: { report: string; person: string }; reason: string }
  | { kind: "never-link"; value: { kind: string; value: string }; reason: string };

/** Where a decision is kept. */
type Kept = Pick<
  LinkDecisionTable,
  "kind" | "a_report" | "a_person" | "b_report" | "b_person" | "value_kind" | "value"
>;

/**
 * Keeps a decision with its leaves, and brings the subjects up to date with it, at once.
 * @returns the reports whose subjects it changed
 * @throws StationError `request.invalid` for persons or values that no report has, `conflict` for what was decided already
 */
export async function decideLink(
  station: Station,
  reportId: string,
  decision: NewLinkDecision,
  by: Principal,
): Promise<string[]> {
  const now = station.clock();
  return await station.db.transaction(async (tx) => {
    await takeLinkingLock(tx);
    const kept = await keptOf(tx, reportId, decision);
    const id = newId(now);
    const { rows } = await sql<{ id: string }>`insert into link_decision
      (id, kind, a_report, a_person, b_report, b_person, value_kind, value, reason, decided_by, decided_at)
      values (${id}, ${kept.kind}, ${kept.a_report}, ${kept.a_person}, ${kept.b_report}, ${kept.b_person},
        ${kept.value_kind}, ${kept.value}, ${decision.reason}, ${by.id}, ${new Date(now).toISOString()})
      on conflict do nothing returning id`.execute(tx);
    if (rows.length === 0)
      throw new StationError("conflict", "That has been decided already, and the decision holds.", {
        remedy: "Look at the links of the report again; take the decision back if it is wrong.",
      });
    await recordLeaves(tx, leavesOf("link.decided", { id, ...kept }, reportId, decision.reason, by, now));
    const touched = await bringUpToDate(tx, id, kept, station.rules.linking);
    await reopenCopies(tx, touched, now);
    return touched;
  });
}

/**
 * Takes a decision back: what it joined or parted is as if it had not been made.
 * @returns the reports whose subjects that changed
 * @throws StationError `not-found`; `conflict` when it has been taken back already
 */
export async function undoLinkDecision(
  station: Station,
  reportId: string,
  id: string,
  reason: string,
  by: Principal,
): Promise<string[]> {
  const now = station.clock();
  return await station.db.transaction(async (tx) => {
    await takeLinkingLock(tx);
    const kept = await tx.selectFrom("link_decision").selectAll().where("id", "=", id).executeTakeFirst();
    if (kept === undefined)
      throw new StationError("not-found", "There is no such decision.", { remedy: "Go back to the report." });
    const { numUpdatedRows } = await tx
      .updateTable("link_decision")
      .set({ undone_reason: reason, undone_by: by.id, undone_at: new Date(now).toISOString() })
      .where("id", "=", id)
      .where("undone_at", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n)
      throw new StationError("conflict", "That decision has been taken back already.", {
        remedy: "Look at the links of the report again.",
      });
    await recordLeaves(tx, leavesOf("link.undone", kept, reportId, reason, by, now));
    return await bringUpToDate(tx, `${id} undone`, kept, station.rules.linking);
  });
}

async function keptOf(tx: Tx, reportId: string, decision: NewLinkDecision): Promise<Kept> {
  if (decision.kind === "never-link") {
    const { kind, value } = decision.value;
    await mustBeHeld(tx, reportId, { kind, value });
    return {
      kind: "never-link",
      value_kind: kind,
      value,
      a_report: null,
      a_person: null,
      b_report: null,
      b_person: null,
    };
  }
  const own: Node = { report_id: reportId, person: decision.person };
  const other: Node = { report_id: decision.other.report, person: decision.other.person };
  if (nameOf(own) === nameOf(other))
    throw new StationError("request.invalid", "Those are the same person of the same report.", {
      remedy: "Name a person of another report.",
    });
  for (const node of [own, other]) await mustBeThere(tx, node);
  const [a, b] = nameOf(own) < nameOf(other) ? [own, other] : [other, own];
  return {
    kind: decision.kind,
    a_report: a.report_id,
    a_person: a.person,
    b_report: b.report_id,
    b_person: b.person,
    value_kind: null,
    value: null,
  };
}

async function mustBeThere(tx: Tx, { report_id, person }: Node): Promise<void> {
  const found = await tx
    .selectFrom("linking_key")
    .select("id")
    .where("report_id", "=", report_id)
    .where("person", "=", person)
    .limit(1)
    .executeTakeFirst();
  if (found !== undefined) return;
  throw new StationError("request.invalid", "There is no such person to decide about.", {
    remedy:
      "Name a suspect or a victim of a report that has been linked; a report that has just come in takes a moment.",
    problems: [{ path: "/person", message: "holds no value that could link" }],
  });
}

async function mustBeHeld(
  tx: Tx,
  reportId: string,
  { kind, value }: { kind: string; value: string },
): Promise<void> {
  const found = await tx
    .selectFrom("linking_key")
    .select("id")
    .where("report_id", "=", reportId)
    .where("kind", "=", kind)
    .where("value", "=", value)
    .limit(1)
    .executeTakeFirst();
  if (found !== undefined) return;
  throw new StationError("request.invalid", "The report does not hold that value.", {
    remedy: "Choose a value that the report's links show.",
    problems: [{ path: "/value", message: "is not among what this report shares" }],
  });
}

/** One leaf for each report that it is about, so that the history of both shows it. A value stands in none. */
function leavesOf(
  kind: "link.decided" | "link.undone",
  kept: Kept & { id: string },
  reportId: string,
  reason: string,
  by: Principal,
  at: number,
): LeafEvent[] {
  const reports = new Set([reportId, ...[kept.a_report, kept.b_report].filter((id) => id !== null)]);
  return [...reports].map((id) => ({
    kind,
    at,
    actor: `person:${by.id}`,
    reportId: id,
    body: { decision: kept.id, kind: kept.kind, reason },
  }));
}

/** The values whose standing a decision can change: the one it names, or those that both hold. */
async function valuesOf(tx: Tx, kept: Kept): Promise<Value[]> {
  if (kept.kind === "never-link") {
    const kind = KEY_KINDS.find((each) => each === kept.value_kind);
    return kind === undefined || kept.value === null || !JOINING_KINDS.has(kind)
      ? []
      : [{ kind, value: kept.value }];
  }
  if (kept.kind === "same") return [];
  const { rows } = await sql<{ kind: KeyKind; value: string }>`select distinct a.kind, a.value
    from linking_key a join linking_key b on b.kind = a.kind and b.value = a.value
    where a.report_id = ${kept.a_report} and a.person = ${kept.a_person} and a.kind = any(${[...JOINING_KINDS]}::text[])
      and b.report_id = ${kept.b_report} and b.person = ${kept.b_person}`.execute(tx);
  return rows;
}

/** The same for a decision that is new and for one that was taken back: what it is about is read again. */
async function bringUpToDate(tx: Tx, cause: string, kept: Kept, rules: LinkRules): Promise<string[]> {
  const { fell, joining, rose } = await noteStandings(tx, await valuesOf(tx, kept), rules);
  const risen = joining.filter((row) => rose.has(`${row.role} ${row.kind} ${row.value}`));
  const nodes = [...endsOf(kept), ...(await holdersOf(tx, risen))];
  if (nodes.length === 0 && fell.length === 0) return [];
  const touched = await deriveSubjects(tx, { nodes, values: fell }, rules);
  await reassessLater(tx, touched, cause);
  return touched;
}

function endsOf({ a_report, a_person, b_report, b_person }: Kept): Node[] {
  return a_report === null || a_person === null || b_report === null || b_person === null
    ? []
    : [
        { report_id: a_report, person: a_person },
        { report_id: b_report, person: b_person },
      ];
}

async function holdersOf(tx: Tx, values: readonly ValueRow[]): Promise<Node[]> {
  if (values.length === 0) return [];
  const { rows } = await tx.executeQuery<Node>(
    CompiledQuery.raw(
      `select distinct linking_key.report_id, linking_key.person
       from unnest($1::text[], $2::text[], $3::text[]) as given (kind, value, role)
       join linking_key on linking_key.kind = given.kind and linking_key.value = given.value
         and linking_key.role = given.role and linking_key.strength = 'strong'`,
      [values.map(({ kind }) => kind), values.map(({ value }) => value), values.map(({ role }) => role)],
    ),
  );
  return rows;
}
