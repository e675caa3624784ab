import type { Station } from "../context.ts";
import type { ReportView } from "./contract.ts";
import { tierName } from "./words.ts";

/** Links that a page lists; a subject of hundreds is a list of its own. */
const SHOWN = 100;
const ORDER = { strong: 0, medium: 1, weak: 2 } as const;

/** Reports that this one is linked to, each with the reason, the strongest first. */
export async function linkViews(station: Station, id: string): Promise<ReportView["links"]> {
  const { rows } = await station.db.pool.query<{
    report: string;
    number: string;
    strength: "strong" | "medium" | "weak";
    reason: string;
    status: string;
    tier: number | null;
  }>(
    `select other.id as report, other.number, link.strength, link.reason, other.status, other.tier
     from link join report other on other.id = case when link.a = $1 then link.b else link.a end
     where (link.a = $1 or link.b = $1) and link.removed_at is null
     order by array_position(array['strong', 'medium', 'weak'], link.strength), other.received_at desc limit ${SHOWN}`,
    [id],
  );
  return rows
    .map(({ tier, ...row }) => ({ ...row, ...(tier === null ? {} : { tier: tierName(tier) }) }))
    .toSorted((a, b) => ORDER[a.strength] - ORDER[b.strength]);
}
