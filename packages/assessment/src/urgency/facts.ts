import type { ClaimStatement, Flag } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import { ofKind, type Stated } from "../input/statements.ts";
import type { Sufficiency } from "../sufficiency/sufficiency.ts";

/** What the urgency rules look at. */
export interface UrgencyFacts {
  the: Case;
  sufficiency: Sufficiency;
  /**
   * Statements that say yes to a flag, whoever makes them: a machine may raise urgency, so any source may. A no from somebody else
   * does not take a yes away.
   */
  yes(flag: Flag): readonly Stated<"flag">[];
  kind<K extends ClaimStatement["kind"]>(kind: K): readonly Stated<K>[];
}

export function urgencyFacts(the: Case, sufficiency: Sufficiency): UrgencyFacts {
  const flags = new Map<Flag, Stated<"flag">[]>();
  for (const stated of ofKind(the.statements.all, "flag")) {
    if (!stated.states.value) continue;
    const held = flags.get(stated.states.flag);
    if (held === undefined) flags.set(stated.states.flag, [stated]);
    else held.push(stated);
  }
  return {
    the,
    sufficiency,
    yes: (flag) => flags.get(flag) ?? [],
    kind: (kind) => ofKind(the.statements.all, kind),
  };
}
