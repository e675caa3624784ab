import { edgeName, edgeOf, nodeOf, type Edge } from "./edge.ts";
import { judge, type Frequency } from "./judge.ts";
import { weaker, type HeldKey, type HeldReport, type KeyKind } from "./key.ts";
import type { LinkRules } from "./link-rules.ts";

/** A value that the reports share and that links them not at all, with the reason: an officer may ask why. */
export interface Refusal {
  kind: KeyKind;
  value: string;
  why: string;
}

export interface Linking {
  edges: Edge[];
  refused: Refusal[];
}

/**
 * The links that a new report gets.
 * @param fresh the new report with its keys (`linkingKeys`)
 * @param held keys of other reports with the same kinds and values; others are left out of account
 */
export function linkReports(
  fresh: HeldReport,
  held: readonly HeldKey[],
  frequency: Frequency,
  rules: LinkRules,
): Linking {
  const holders = new Map<string, HeldKey[]>();
  for (const key of held) {
    if (key.report === fresh.report) continue;
    const slot = `${key.kind} ${key.value}`;
    const others = holders.get(slot);
    if (others === undefined) holders.set(slot, [key]);
    else others.push(key);
  }
  const edges = new Map<string, Edge>();
  const refused = new Map<string, Refusal>();
  for (const key of fresh.keys) {
    for (const other of holders.get(`${key.kind} ${key.value}`) ?? []) {
      const { strength, why } = judge(
        { ...key, report: fresh.report, receivedAt: fresh.receivedAt },
        other,
        frequency,
        rules,
      );
      if (strength === "never") {
        refused.set(`${key.kind} ${key.value} ${why}`, { kind: key.kind, value: key.value, why });
        continue;
      }
      const edge = edgeOf(nodeOf(fresh.report, key), nodeOf(other.report, other), key, strength, why);
      const known = edges.get(edgeName(edge));
      if (known === undefined || weaker(known.strength, strength) === known.strength)
        edges.set(edgeName(edge), edge);
    }
  }
  return { edges: [...edges.values()], refused: [...refused.values()] };
}

/**
 * Which of a component's edges still stand when a value's frequency has grown: one that became common is demoted in hindsight, and its
 * component recomputed with `componentsAfterRemoval`.
 */
export function hasBecomeCommon(edge: Edge, frequency: Frequency, rules: LinkRules): boolean {
  return frequency(edge.kind, edge.value) > rules.dfCap;
}
