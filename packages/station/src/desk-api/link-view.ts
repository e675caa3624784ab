import type { ReportView } from "./contract.ts";
import type { LinkRow } from "./report-page.ts";
import { tierName } from "./words.ts";

/** Reports that this one is linked to, each with the reason, the strongest first. */
export function linkViews(rows: readonly LinkRow[]): ReportView["links"] {
  return rows.map(({ tier, ...row }) => ({ ...row, ...(tier === null ? {} : { tier: tierName(tier) }) }));
}
