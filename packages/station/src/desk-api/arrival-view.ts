import type { ArrivalRow, ReportArrivals } from "../arrivals/index.ts";
import type { ArrivalsView } from "./arrival-contract.ts";
import { tierName } from "./words.ts";

/** The arrivals of a report's matter as its page shows them. */
export function arrivalsView({
  members,
  amendments,
  awaited,
  maybe,
  decisions,
}: ReportArrivals): ArrivalsView {
  const [own] = members;
  const numbers = new Map(members.map(({ report, number }) => [report, number]));
  return {
    members: members.map((row) => ({
      report: row.report,
      number: row.number,
      door: row.door,
      receivedAt: row.received_at,
      status: row.status,
      ...(row.tier === null ? {} : { tier: tierName(row.tier) }),
      relation: relationOf(own, row),
      why: row === own ? [] : row.shared,
      sender: row.sender,
      handedBy: row.handed_by,
      reference: row.handed_reference,
      ...(row.uk_reference === null ? {} : { issued: row.uk_reference }),
      names: row.names.flatMap((id) => numbers.get(id) ?? []),
      ...(row.late === undefined ? {} : { late: row.late }),
      outcomes: row.outcomes,
      referred: row.referred,
    })),
    amendments: amendments.map(({ report, to, changes }) => ({
      report,
      number: numbers.get(report) ?? "",
      to: { report: to, number: numbers.get(to) ?? "" },
      changes: changes.map((change) => ({ ...change })),
    })),
    awaited,
    maybe: maybe.map(({ received_at, tier, ...row }) => ({
      ...row,
      receivedAt: received_at,
      ...(tier === null ? {} : { tier: tierName(tier) }),
    })),
    decisions: decisions.map(({ id, kind, other, reason, name, decided_at }) => ({
      id,
      kind,
      ...(other === null ? {} : { other }),
      reason,
      by: name,
      at: decided_at,
    })),
  };
}

type Relation = ArrivalsView["members"][number]["relation"];

function relationOf(own: ArrivalRow | undefined, row: ArrivalRow): Relation {
  if (own === undefined || row === own) return "this";
  if (own.same_as !== null && own.same_as === row.same_as) return "same";
  if (row.names.includes(own.report)) return "adds";
  return own.names.includes(row.report) ? "added-to" : "related";
}
