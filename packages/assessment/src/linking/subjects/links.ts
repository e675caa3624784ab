import { edgeName, edgeOf, nodeOf, type Edge, type LinkNode } from "../edge.ts";
import { judge } from "../judge.ts";
import { STRENGTH_RANK, type HeldKey } from "../key.ts";
import type { Linking, Refusal } from "../link-reports.ts";
import type { LinkRules } from "../link-rules.ts";
import type { AboutValue, ValueStanding } from "./standing.ts";

/** One thing that a person holds, and who else holds it. */
export interface SharedKey {
  key: HeldKey;
  others: readonly HeldKey[];
  about: AboutValue;
  standing: ValueStanding;
}

interface Candidate {
  edge: Edge;
  bits: number;
  at: number;
}

/**
 * The links that one person of a report has by what it shares, the strongest first, then the rarest, then the newest; of two by one
 * value between the same two the stronger. A link joins exactly where its value does.
 * @param isApart whether a person said that two are not the same; they have no link any more
 */
export function linksAmong(
  shared: readonly SharedKey[],
  isApart: (a: LinkNode, b: LinkNode) => boolean,
  limit: number,
  rules: LinkRules,
): Linking {
  const found = new Map<string, Candidate>();
  const refused = new Map<string, Refusal>();
  const refuse = ({ kind, value }: HeldKey, why: string): void => {
    refused.set(`${kind} ${value} ${why}`, { kind, value, why });
  };
  for (const { key, others, about, standing } of shared) {
    const elsewhere = others.filter(({ report }) => report !== key.report);
    if (elsewhere.length === 0) continue;
    if (standing.standing === "nothing") {
      refuse(key, standing.why);
      continue;
    }
    for (const other of elsewhere) {
      const [mine, theirs] = [nodeOf(key.report, key), nodeOf(other.report, other)];
      if (isApart(mine, theirs)) continue;
      const said = judge(key, other, () => about.holders, rules);
      if (said.strength === "never") {
        refuse(key, said.why);
        continue;
      }
      const blocked = said.strength === "strong" && !about.joined.includes(key.role);
      const edge = edgeOf(
        mine,
        theirs,
        key,
        blocked ? "medium" : said.strength,
        blocked ? standing.why : said.why,
      );
      const name = edgeName(edge);
      const known = found.get(name);
      if (known === undefined || rank(edge) > rank(known.edge))
        found.set(name, { edge, bits: standing.bits, at: other.receivedAt });
    }
  }
  const edges = [...found.values()]
    .sort(
      (a, b) =>
        rank(b.edge) - rank(a.edge) ||
        b.bits - a.bits ||
        b.at - a.at ||
        (edgeName(a.edge) < edgeName(b.edge) ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ edge }) => edge);
  return { edges, refused: [...refused.values()] };
}

function rank({ strength }: Edge): number {
  return STRENGTH_RANK[strength];
}
