import { defaultRuleSet, type RuleSet } from "@fairlead/assessment";
import { UK_AREAS } from "@fairlead/simulator";
import type { PartMaking } from "./make-part.ts";

/** A worked year hides nothing from anybody: its handles are made up, so any key will do. */
const HASH_KEY = [0x5eed, 0x0ff5e7] as const;

/** What parts are made with, the same in every thread. */
export function makingOf(rules: RuleSet = defaultRuleSet()): PartMaking {
  return {
    rules,
    hashKey: HASH_KEY,
    agencies: new Map(agencyIds(rules).map((id, place) => [id, place])),
  };
}

/** For each agency the place of its area in the truth, or -1 for one that is no force. */
export function forcesOf(rules: RuleSet): Int16Array {
  const areas = new Map(UK_AREAS.map(({ force }, place) => [force, place]));
  return Int16Array.from(agencyIds(rules), (id) => areas.get(id) ?? -1);
}

function agencyIds({ directory }: RuleSet): string[] {
  return [...directory.agencies.keys()];
}
