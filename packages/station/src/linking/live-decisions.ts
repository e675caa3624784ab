import type { Decision } from "@fairlead/assessment";
import { type Transaction, sql } from "kysely";
import type { Tables } from "../store/tables.ts";
import { linkNode, type Node } from "./node.ts";

/** A decision about two persons that holds. */
export interface LivePair {
  kind: "same" | "different";
  a_report: string;
  a_person: string;
  b_report: string;
  b_person: string;
}

/** Decisions that hold about persons of a report. */
export async function liveDecisionsOn(tx: Transaction<Tables>, reportId: string): Promise<LivePair[]> {
  return await liveDecisionsAmong(tx, [reportId]);
}

/** Decisions that hold where one of the two is a person of these reports. */
export async function liveDecisionsAmong(
  tx: Transaction<Tables>,
  reports: readonly string[],
): Promise<LivePair[]> {
  const { rows } = await sql<LivePair>`select kind, a_report, a_person, b_report, b_person from link_decision
    where kind <> 'never-link' and undone_at is null
      and (a_report = any(${reports}::uuid[]) or b_report = any(${reports}::uuid[]))`.execute(tx);
  return rows;
}

export function decisionOf({ kind, ...pair }: LivePair): Decision {
  const [a, b] = ends(pair);
  return { kind, a: linkNode(a), b: linkNode(b) };
}

/** Both ends of a decision. */
export function ends(pair: Omit<LivePair, "kind">): [Node, Node] {
  return [
    { report_id: pair.a_report, person: pair.a_person },
    { report_id: pair.b_report, person: pair.b_person },
  ];
}

/** Who else is named in decisions about a report. */
export function otherNodesIn(pairs: readonly LivePair[], reportId: string): Node[] {
  return pairs.flatMap(ends).filter(({ report_id }) => report_id !== reportId);
}
