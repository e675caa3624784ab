import { JOINING_KINDS, weaker, type HeldKey, type KeyKind, type Strength } from "./key.ts";
import type { LinkRules } from "./link-rules.ts";

/** How many different holders a value has, the new report's included. See `LinkingKey.holder`. */
export type Frequency = (kind: KeyKind, value: string) => number;

const DAY_MS = 86_400_000;

/** How far a value goes between two who hold it, and why. */
export interface Judgement {
  strength: Strength;
  why: string;
}

/** What two holders of one value are to each other. The same answer from either side. */
export function judge(a: HeldKey, b: HeldKey, frequency: Frequency, rules: LinkRules): Judgement {
  const stated = statedOf(a, b);
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

/** The weaker of what both say, and never more than the kind can do. */
function statedOf(a: HeldKey, b: HeldKey): Judgement {
  const { strength, why } = weaker(a.strength, b.strength) === a.strength ? a : b;
  return { strength: JOINING_KINDS.has(a.kind) ? strength : weaker(strength, "medium"), why };
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
