import {
  type Decision,
  JOINING_KINDS,
  type HeldReport,
  type KeyKind,
  type KeyRole,
  type LinkingKey,
  type LinkRules,
  type Subject,
  subjectsOf,
} from "@fairlead/assessment";
import type { ReportId } from "@fairlead/report";
import { CompiledQuery, sql, type Transaction } from "kysely";
import { sqlFile } from "../sql-file.ts";
import type { Tables } from "../store/tables.ts";
import { decisionOf, liveDecisionsAmong } from "./live-decisions.ts";
import { linkNode, nameOf, type Node, nodeRow } from "./node.ts";
import type { ValueRow } from "./values.ts";

type Tx = Transaction<Tables>;

const MEMBERS = sqlFile(import.meta.url, "./members.sql");
const JOINING_KEYS = sqlFile(import.meta.url, "./joining-keys.sql");
const SAVE_MEMBERS = sqlFile(import.meta.url, "./save-members.sql");

/** Where to look for those whose subjects may have changed. */
export interface Seeds {
  /** Persons of reports, with everybody who is in a subject with them. */
  nodes: readonly Node[];
  /** Values whose strong holders were one subject. */
  values: readonly Pick<ValueRow, "kind" | "value" | "role">[];
  /** A report whose persons are those among `nodes` and no others any more. */
  gone?: string;
}

interface KeyRow extends Node {
  kind: KeyKind;
  value: string;
  role: KeyRole;
  holder: string;
}

/**
 * Derives the subjects of a part of the station's reports again, by the pure function over who of them holds which joining value.
 * The part is whole: whoever is in a subject with one of it is in it.
 * @returns the reports that were looked at
 */
export async function deriveSubjects(tx: Tx, seeds: Seeds, rules: LinkRules): Promise<string[]> {
  const { rows: members } = await tx.executeQuery<Node & { subject: string | null }>(
    CompiledQuery.raw(MEMBERS, [
      seeds.nodes.map(({ report_id }) => report_id),
      seeds.nodes.map(({ person }) => person),
      seeds.values.map(({ kind }) => kind),
      seeds.values.map(({ value }) => value),
      seeds.values.map(({ role }) => role),
      seeds.gone ?? null,
    ]),
  );
  const seeded = new Set(seeds.nodes.map(nameOf));
  const present = members.filter((node) => node.report_id !== seeds.gone || seeded.has(nameOf(node)));
  const subjects = await subjectsAmong(tx, present, rules);
  const old = [...new Set(members.flatMap(({ subject }) => subject ?? []))];
  await saveSubjects(tx, subjects, members, old);
  return [...new Set(members.map(({ report_id }) => report_id))];
}

/** The subjects that these persons make among themselves. */
export async function subjectsAmong(tx: Tx, nodes: readonly Node[], rules: LinkRules): Promise<Subject[]> {
  const { held, decisions } = await heldAmong(tx, nodes);
  return subjectsOf(held, decisions, rules);
}

/** What these persons hold that joins, and what was decided about them, as the pure functions take it. */
export async function heldAmong(
  tx: Tx,
  nodes: readonly Node[],
): Promise<{ held: HeldReport[]; decisions: Decision[] }> {
  const { rows: keys } = await tx.executeQuery<KeyRow>(
    CompiledQuery.raw(JOINING_KEYS, [
      nodes.map(({ report_id }) => report_id),
      nodes.map(({ person }) => person),
      [...JOINING_KINDS],
    ]),
  );
  const reports = [...new Set(nodes.map(({ report_id }) => report_id))];
  const decisions = await liveDecisionsAmong(tx, reports);
  return { held: heldBy(nodes, keys), decisions: decisions.map(decisionOf) };
}

/** These persons as the pure function takes them. Who holds nothing that joins is there too: a decision may be about them. */
function heldBy(nodes: readonly Node[], keys: readonly KeyRow[]): HeldReport[] {
  const held = Map.groupBy(keys, nameOf);
  return [...Map.groupBy(nodes, ({ report_id }) => report_id)].map(([report, persons]) => ({
    report: report as ReportId,
    receivedAt: 0,
    keys: persons.flatMap((node): LinkingKey[] => {
      const { person } = linkNode(node);
      const own = (held.get(nameOf(node)) ?? []).map(({ kind, value, role, holder }) => ({
        kind,
        value,
        role,
        holder,
      }));
      const isThere = { kind: "display-name", value: "", role: "suspect", holder: nameOf(node) } as const;
      return [
        { ...isThere, strength: "never" as const },
        ...own.map((key) => ({ ...key, strength: "strong" as const })),
      ].map((key) => ({ ...key, why: "", path: "", ...(person === undefined ? {} : { person }) }));
    }),
  }));
}

/** Writes subjects in the place of those (`old`) that these nodes had. */
export async function saveSubjects(
  tx: Tx,
  subjects: readonly Subject[],
  nodes: readonly Node[],
  old: readonly string[],
): Promise<void> {
  const rows = subjects.map(({ members, why }) => ({
    nodes: members.map(nodeRow),
    reports: new Set(members.map(({ report }) => report)).size,
    conflict: why.includes("different-persons"),
  }));
  const placed = rows.flatMap(({ nodes: [first], nodes: all }) =>
    first === undefined ? [] : all.map((node) => ({ ...node, subject: nameOf(first) })),
  );
  const kept = new Set(placed.map(nameOf));
  const ids = new Set(placed.map(({ subject }) => subject));
  await sql`delete from subject where id = any(${old.filter((id) => !ids.has(id))}::text[])`.execute(tx);
  await tx.executeQuery(
    CompiledQuery.raw(SAVE_MEMBERS, [
      JSON.stringify(placed),
      JSON.stringify(
        nodes
          .filter((node) => !kept.has(nameOf(node)))
          .map(({ report_id, person }) => ({ report_id, person })),
      ),
      JSON.stringify(
        rows.map(({ nodes: all, reports, conflict }) => ({
          id: all[0] === undefined ? "" : nameOf(all[0]),
          members: all.length,
          reports,
          conflict,
        })),
      ),
    ]),
  );
}
