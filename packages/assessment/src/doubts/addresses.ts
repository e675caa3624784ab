import { isPlaceholderIp } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { PlacedEvent } from "../sufficiency/group.ts";
import { networkOf } from "../sufficiency/network.ts";
import { doubt, type Doubt } from "./doubt.ts";

interface Seen {
  address: string;
  paths: string[];
}

/** Addresses that one person's other addresses speak against. */
export function addressDoubts(the: Omit<Case, "doubts">): Doubt[] {
  const linked = the.context.linkedAddresses ?? [];
  return the.groups.flatMap((group) => {
    if (linked.length === 0 && !severalIn(group.events)) return [];
    const seen = new Map<string, Seen>();
    for (const { event, path } of group.events) {
      const address = event.ip?.address;
      if (address === undefined) continue;
      const held = seen.get(address);
      if (held === undefined) seen.set(address, { address, paths: [`${path}/ip`] });
      else held.paths.push(`${path}/ip`);
    }
    if (seen.size + linked.length < 2) return [];
    const addresses = [...seen.values()];
    return [...transposedIn(addresses, linked), ...otherCountries(addresses, the)];
  });
}

/** Whether the events name more than one address. */
function severalIn(events: readonly PlacedEvent[]): boolean {
  const first = events.find(({ event }) => event.ip?.address !== undefined)?.event.ip?.address;
  return events.some(({ event: { ip } }) => ip?.address !== undefined && ip.address !== first);
}

/**
 * Addresses that differ by two neighbouring digits from another of the person's, in this report or in one that it is linked to.
 * Both are in doubt: that one stands more often does not make it right, because a mistyped line is copied as often as any other.
 */
function transposedIn(addresses: readonly Seen[], linked: readonly string[]): Doubt[] {
  // Exchanged digits leave the sum of the characters as it was, so that only few of many addresses have to be compared.
  const bySum = new Map<number, Seen[]>();
  for (const each of [...addresses, ...linked.map((address): Seen => ({ address, paths: LINKED }))]) {
    let sum = 0;
    for (let i = 0; i < each.address.length; i += 1) sum += each.address.charCodeAt(i);
    const held = bySum.get(sum);
    if (held === undefined) bySum.set(sum, [each]);
    else held.push(each);
  }
  const found: Doubt[] = [];
  for (const alike of bySum.values()) {
    if (alike.length < 2 || alike.length > MOST_COMPARED) continue;
    for (const one of alike) {
      if (one.paths === LINKED || isPlaceholderIp(one.address)) continue;
      const twins = alike.filter((other) => areTransposed(one.address, other.address));
      if (twins.length === 0) continue;
      const against = twins.flatMap(({ paths }) => paths);
      const couldBe = twins.map(({ address }) => address);
      for (const path of one.paths)
        found.push(doubt("doubt.digits-transposed", { path, stated: one.address, couldBe, against }));
    }
  }
  return found;
}

const LINKED = ["/context/linkedAddresses"];

/** Addresses of one sum are few; a report that was made to have thousands is not compared with itself for minutes. */
const MOST_COMPARED = 500;

/** Whether two texts differ in nothing but two neighbouring characters that have changed places. */
export function areTransposed(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let first = 0;
  while (first < a.length && a[first] === b[first]) first += 1;
  if (first >= a.length - 1) return false;
  return a[first] === b[first + 1] && a[first + 1] === b[first] && a.slice(first + 2) === b.slice(first + 2);
}

/** An address in another country than all the person's others, where at least two of them agree and none is known to hide its user. */
function otherCountries(addresses: readonly Seen[], the: Omit<Case, "doubts">): Doubt[] {
  if (addresses.length < 3) return [];
  const placed = addresses.flatMap((each) => {
    const { country, network } = networkOf(each.address, the);
    return country === undefined || (network !== "access" && network !== "carrier-nat")
      ? []
      : [{ ...each, country }];
  });
  const countries = new Set(placed.map(({ country }) => country));
  if (placed.length < 3 || countries.size !== 2) return [];
  const alone = [...countries].find(
    (country) => placed.filter((each) => each.country === country).length === 1,
  );
  const odd = placed.find(({ country }) => country === alone);
  if (odd === undefined) return [];
  const rest = placed.filter((each) => each !== odd);
  return odd.paths.map((path) =>
    doubt(
      "doubt.other-country",
      { path, stated: odd.address, against: rest.flatMap(({ paths }) => paths) },
      { country: odd.country, others: rest[0]?.country ?? "" },
    ),
  );
}
