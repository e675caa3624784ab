import type { ClaimStatement, Flag } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import { ofKind, type Stated } from "../input/statements.ts";
import type { Sufficiency } from "../sufficiency/sufficiency.ts";

/** What urgency needs to know of what a report can support. */
export type Support = Pick<Sufficiency, "flags" | "safeguard" | "clock">;

/** What the urgency rules look at. */
export interface UrgencyFacts {
  the: Case;
  sufficiency: Support;
  /**
   * Statements that say yes to a flag, whoever makes them: a machine may raise urgency, so any source may. A no from somebody else
   * does not take a yes away.
   */
  yes(flag: Flag): readonly Stated<"flag">[];
  kind<K extends ClaimStatement["kind"]>(kind: K): readonly Stated<K>[];
}

const NO_FLAGS: readonly Stated<"flag">[] = [];

export function urgencyFacts(the: Case, sufficiency: Support): UrgencyFacts {
  const flags = new Map<Flag, Stated<"flag">[]>();
  const kinds = new Set<ClaimStatement["kind"]>();
  for (const { states, path, source } of the.statements.all) {
    kinds.add(states.kind);
    if (states.kind !== "flag" || !states.value) continue;
    const stated = { states, path, source };
    const held = flags.get(states.flag);
    if (held === undefined) flags.set(states.flag, [stated]);
    else held.push(stated);
  }
  return {
    the,
    sufficiency,
    yes: (flag) => flags.get(flag) ?? NO_FLAGS,
    kind: (kind) => (kinds.has(kind) ? ofKind(the.statements.all, kind) : []),
  };
}
