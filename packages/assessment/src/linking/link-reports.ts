import type { ReportId } from "@fairlead/report";
import { edgeName, nodeName, type Edge, type LinkNode } from "./edge.ts";
import { weaker, type HeldKey, type KeyKind, type LinkingKey, type Strength } from "./key.ts";
import type { LinkRules } from "./link-rules.ts";

/** How many different holders a value has, the new report's included. See `LinkingKey.holder`. */
export type Frequency = (kind: KeyKind, value: string) => number;

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

const DAY_MS = 86_400_000;

/**
 * The links that a new report gets.
 * @param fresh the new report with its keys (`linkingKeys`)
 * @param held keys of other reports with the same kinds and values; others are left out of account
 */
export function linkReports(
  fresh: { report: ReportId; receivedAt: number; keys: readonly LinkingKey[] },
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

function nodeOf(report: ReportId, { person }: LinkingKey): LinkNode {
  return person === undefined ? { report } : { report, person };
}

function edgeOf(
  a: LinkNode,
  b: LinkNode,
  { kind, value }: LinkingKey,
  strength: Edge["strength"],
  why: string,
): Edge {
  const [from, to] = nodeName(a) < nodeName(b) ? [a, b] : [b, a];
  return { from, to, kind, value, strength, joins: strength === "strong", why };
}

interface Judgement {
  strength: Strength;
  why: string;
}

/** What two holders of one value are to each other. The same answer from either side. */
function judge(a: HeldKey, b: HeldKey, frequency: Frequency, rules: LinkRules): Judgement {
  const stated: Judgement = weaker(a.strength, b.strength) === a.strength ? a : b;
  if (stated.strength === "never") return stated;
  const df = frequency(a.kind, a.value);
  if (df > rules.dfCap)
    return { strength: "never", why: `shared by ${df} holders; more than ${rules.dfCap} means nobody's` };
  const byTime = timed(a, b, stated, rules);
  const byFrequency = frequent(a, df, byTime, rules);
  if (a.role !== b.role && byFrequency.strength !== "never")
    return {
      strength: "weak",
      why: `${byFrequency.why}; a victim's in one report and a suspect's in the other`,
    };
  return byFrequency;
}

/** Addresses change hands and files spread: what they say wears off. */
function timed(a: HeldKey, b: HeldKey, stated: Judgement, rules: LinkRules): Judgement {
  if (a.kind === "file") {
    const days = Math.abs(a.receivedAt - b.receivedAt) / DAY_MS;
    return days <= rules.novelFileDays
      ? stated
      : { strength: weaker(stated.strength, "weak"), why: `${stated.why}, long apart` };
  }
  if (a.kind !== "address-v4" && a.kind !== "address-v6-prefix") return stated;
  if (a.from === undefined || a.to === undefined || b.from === undefined || b.to === undefined)
    return { strength: "never", why: "an address without a certain time" };
  const apart = Math.max(0, a.from - b.to, b.from - a.to);
  if (apart >= rules.addressDays * DAY_MS)
    return { strength: "never", why: "the same address at times too far apart" };
  // An IPv6 prefix stays with its customer for longer than an IPv4 address does.
  if (apart < rules.addressHours * 3_600_000 || a.kind === "address-v6-prefix") return stated;
  return { strength: weaker(stated.strength, "weak"), why: "the same address in the same week" };
}

/** Kinds that mean something only while few have them. */
function frequent({ kind }: HeldKey, df: number, stated: Judgement, rules: LinkRules): Judgement {
  const limits: Partial<Record<KeyKind, number>> = {
    phone: rules.smallDf,
    email: rules.smallDf,
    device: rules.smallDf,
    group: rules.smallDf,
    "user-name": rules.rareNameDf,
    file: rules.novelFileDf,
  };
  const limit = limits[kind];
  if (stated.strength !== "medium" || limit === undefined || df <= limit) return stated;
  return { strength: "weak", why: `${stated.why}, which ${df} holders have` };
}

/**
 * Which of a component's edges still stand when a value's frequency has grown: one that became common is demoted in hindsight, and its
 * component recomputed with `componentsAfterRemoval`.
 */
export function hasBecomeCommon(edge: Edge, frequency: Frequency, rules: LinkRules): boolean {
  return frequency(edge.kind, edge.value) > rules.dfCap;
}
