import type { Identifier } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { Reason } from "../input/reason.ts";
import { saidYes } from "../input/statements.ts";
import { networkDeviceNumber } from "../linking/device-number.ts";
import { ATTRIBUTION, bestRank, type Attribution, type Graded } from "./attribute.ts";
import { couldBeResolved, type EventAddress, type ReadEvent, type ReadGroup } from "./event-address.ts";
import { because } from "./messages.ts";

/** Something that points to a person. */
interface Fact {
  rank: number;
  reason: Reason;
  /** Why it is not A3; requests are matched against whole sets of these. */
  holds: Reason[];
  /** Present on facts that could be resolved to a subscriber: what makes two of them independent. */
  independent?: { key: string; at?: number };
}

/** The attribution of one group, with the sets of holds that one answer could lift. */
export interface GradedAttribution extends Graded<Attribution> {
  /** For each fact short of A3, the codes that hold it: curing all of one set makes A3. */
  nearMisses: string[][];
}

/** What points to the person of a group (agency.md 4.1). */
export function attributionOf(group: ReadGroup, the: Case): GradedAttribution {
  const facts: Fact[] = [];
  putPersonFacts(facts, group, the);
  putAssociatedFacts(facts, group, the);
  putAddressFacts(facts, group);
  const best = bestRank(facts);
  const resolvable = facts.filter((fact) => fact.independent !== undefined);
  const resolution = resolved(group, resolvable, the);
  if (resolution.reason !== undefined)
    return {
      value: "A4",
      reasons: [resolution.reason, ...resolvable.map(({ reason }) => reason)],
      holds: [],
      nearMisses: [],
    };
  const reasons = facts.filter((fact) => fact.rank === best && best > 0).map(({ reason }) => reason);
  const value = ATTRIBUTION[best] ?? "A0";
  const lacking = facts.filter((fact) => fact.holds.length > 0);
  if (value === "A3") return { value, reasons, holds: resolution.holds, nearMisses: [] };
  const nobody = because("attribution.nobody", group.path, the.sender);
  return {
    value,
    reasons: best === 0 ? [nobody] : reasons,
    holds: [...(best === 0 ? [nobody] : []), ...lacking.flatMap(({ holds }) => holds)],
    nearMisses: lacking.filter(({ rank }) => rank === 2).map(({ holds }) => holds.map(({ code }) => code)),
  };
}

function putPersonFacts(into: Fact[], { person, path, key }: ReadGroup, the: Case): void {
  if (person === undefined) return;
  const about = key === undefined ? [] : the.statements.about({ kind: "person", key });
  const [compromised] = saidYes(about, "compromised-account");
  const taint =
    compromised === undefined
      ? []
      : [because("attribution.account-compromised", compromised.path, compromised.source)];
  for (const field of NAMES)
    if (person[field] !== undefined)
      into.push({
        rank: 1,
        reason: because("attribution.self-asserted", `${path}/${field}`, the.sender, { kind: "name" }),
        holds: [],
      });
  for (const [index, item] of person.identifiers.entries()) {
    const fact = identifierFact(item, `${path}/identifiers/${index}`, taint, the);
    if (fact !== undefined) into.push(fact);
  }
}

const NAMES = ["firstName", "lastName"] as const;

/** @param taint why nothing of this account can prove who used it, if so */
function identifierFact(
  item: Identifier,
  path: string,
  taint: readonly Reason[],
  the: Case,
): Fact | undefined {
  const { sender } = the;
  const weak = (...holds: Reason[]): Fact => ({
    rank: 2,
    reason: because("attribution.account", path, sender, { kind: item.kind }),
    holds,
  });
  const strong = (
    code: "attribution.verified-phone" | "attribution.payment" | "attribution.device",
    key: string,
  ): Fact =>
    taint.length > 0
      ? weak(...taint)
      : {
          rank: 3,
          reason: because(code, path, sender, { label: item.label ?? "" }),
          holds: [],
          independent: { key },
        };
  // A group has many members: it points to nobody.
  if (item.kind === "group") return undefined;
  if (item.kind === "screen-name" || item.kind === "display-name")
    return {
      rank: 1,
      reason: because("attribution.self-asserted", path, sender, { kind: item.kind }),
      holds: [],
    };
  if (item.kind === "payment") return strong("attribution.payment", `payment:${item.value}`);
  if (item.kind === "phone")
    return item.verified === "yes" && item.normalised
      ? strong("attribution.verified-phone", `phone:${item.value}`)
      : weak(because("attribution.phone-unverified", path, sender));
  if (item.kind === "device") {
    const number = networkDeviceNumber(item.label, item.raw);
    return number === undefined
      ? weak(because("attribution.device-unproven", path, sender))
      : strong("attribution.device", `device:${number.digits}`);
  }
  return weak();
}

function putAssociatedFacts(into: Fact[], { associated }: ReadGroup, { sender }: Case): void {
  for (const { person, path } of associated)
    for (const [index, { kind }] of person.identifiers.entries()) {
      if (kind === "group" || kind === "screen-name" || kind === "display-name") continue;
      const reason = because("attribution.associated", `${path}/identifiers/${index}`, sender, { kind });
      into.push({ rank: 2, reason, holds: [] });
    }
}

function putAddressFacts(into: Fact[], group: ReadGroup): void {
  for (const read of group.events) {
    const { found, path, source } = read;
    if (found === "unreadable") {
      const unreadable = because("attribution.address-unreadable", `${path}/ip`, source);
      into.push({ rank: 0, reason: unreadable, holds: [unreadable] });
    } else if (found !== undefined) into.push(addressFact(found));
    const device = deviceFact(read);
    if (device !== undefined) into.push(device);
  }
}

function deviceFact({ event: { device }, path, source }: ReadEvent): Fact | undefined {
  if (device === undefined) return undefined;
  const number = networkDeviceNumber(device.kind, device.value);
  const where = `${path}/device`;
  return number === undefined
    ? {
        rank: 2,
        reason: because("attribution.account", where, source, { kind: "device" }),
        holds: [because("attribution.device-unproven", where, source)],
      }
    : {
        rank: 3,
        reason: because("attribution.device", where, source, { label: device.kind }),
        holds: [],
        independent: { key: `device:${number.digits}` },
      };
}

function addressFact(found: EventAddress): Fact {
  const { address, path, source, holds, at } = found;
  const key = `ip:${address}`;
  const independent = at === undefined ? { key } : { key, at };
  if (holds.length === 0)
    return { rank: 3, reason: because("attribution.event-address", path, source), holds, independent };
  if (couldBeResolved(found))
    return {
      rank: 2,
      reason: because("attribution.event-address-late", path, source),
      holds,
      independent,
    };
  return { rank: 2, reason: because("attribution.address", path, source), holds };
}

/** Whether an operator's answer makes A4, or what is missing. The window does not matter any more: the answer is here. */
function resolved(group: ReadGroup, facts: readonly Fact[], the: Case): { reason?: Reason; holds: Reason[] } {
  const { accepted, refused, disagree } = group.resolutions;
  const holds = refused.map(({ path, source }) => because("attribution.resolution-by-sender", path, source));
  const [first] = accepted;
  if (first === undefined)
    return { holds: [...holds, because("attribution.not-resolved", group.path, the.rule)] };
  if (disagree) holds.push(because("attribution.resolutions-disagree", first.path, first.source));
  const enough = areIndependent(facts, the.rules.independentEventsHours);
  if (!enough) holds.push(because("attribution.one-fact", group.path, the.rule));
  for (const { states, path, source } of accepted) {
    const missing: Reason[] = [
      ...(states.addressKind === "installation"
        ? []
        : [
            because("attribution.not-installation", `${path}/states/addressKind`, source, {
              kind: states.addressKind,
            }),
          ]),
      ...(states.events >= 2
        ? []
        : [because("attribution.one-event-resolved", `${path}/states/events`, source)]),
      ...(states.corroborated
        ? []
        : [because("attribution.not-corroborated", `${path}/states/corroborated`, source)]),
    ];
    if (missing.length === 0 && enough && !disagree)
      return { reason: because("attribution.resolved", path, source), holds: [] };
    holds.push(...missing);
  }
  return { holds };
}

/** Two different handles, or one address at times that one wrong clock cannot explain. */
function areIndependent(facts: readonly Fact[], hours: number): boolean {
  const keys = new Set(facts.map((fact) => fact.independent?.key));
  if (keys.size >= 2) return true;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { independent } of facts) {
    first = Math.min(first, independent?.at ?? first);
    last = Math.max(last, independent?.at ?? last);
  }
  return last - first >= hours * 3_600_000;
}
