import type { LinkRow } from "../linking/index.ts";
import type { ReportView } from "./contract.ts";
import { tierName } from "./words.ts";

/** Reports that this one is linked to, each with the reason, the strongest first. */
export function linkViews(rows: readonly LinkRow[]): ReportView["links"] {
  return rows.map(({ tier, person, otherPerson, ...row }) => ({
    ...row,
    ...(person === "" ? {} : { person }),
    ...(otherPerson === "" ? {} : { otherPerson }),
    ...(tier === null ? {} : { tier: tierName(tier) }),
  }));
}
