import {
  epochMs,
  ipv6Prefix,
  isPlaceholderIp,
  parseIp,
  type Event,
  type NetworkClass,
  type Report,
} from "@fairlead/report";
import { deviceKey, type KeyOf } from "./identifier-key.ts";
import { keyHeldBy, type LinkingKey, type Owner } from "./key.ts";

const DAY_MS = 86_400_000;

/** What is known of a report's addresses. Each is read once, however many events name it. */
export interface Addresses {
  /** Notes what somebody says of the network behind an address. */
  note: (address: string, network: NetworkClass) => void;
  /** What links by this address at a certain time, without the event's own doubts; `undefined` for an address of nobody. */
  keyOf: (address: string) => KeyOf | undefined;
}

export function openAddresses(report: Report): Addresses {
  const networks = new Map<string, Set<NetworkClass>>();
  const named = new Set<string>();
  const keys = new Map<string, KeyOf | undefined>();
  let stated: Array<readonly [string, NetworkClass]> = [];

  function nameAll(events: readonly Event[]): void {
    for (const { ip } of events) if (ip?.address !== undefined) named.add(ip.address);
  }

  /** Claims may spell an address otherwise than events, which have it in its canonical form. */
  function read(): void {
    for (const { events } of report.persons) nameAll(events);
    for (const { events } of report.evidence) nameAll(events);
    for (const [address, network] of stated) {
      const canonical = named.has(address) ? address : (parseIp(address)?.address ?? address);
      const known = networks.get(canonical);
      if (known === undefined) networks.set(canonical, new Set([network]));
      else known.add(network);
    }
    stated = [];
  }

  return {
    note: (address, network) => stated.push([address, network]),
    keyOf: (address) => {
      const known = keys.get(address);
      if (known !== undefined || keys.has(address)) return known;
      if (stated.length > 0) read();
      const key = isPlaceholderIp(address) ? undefined : addressKey(address, networks.get(address));
      keys.set(address, key);
      return key;
    },
  };
}

/** An address that many share links nobody (law 5); one whose network is not known is taken for shared until a table says otherwise. */
function addressKey(address: string, networks: ReadonlySet<NetworkClass> | undefined): KeyOf {
  const prefix = ipv6Prefix(address, 64);
  const kind = prefix === undefined ? "address-v4" : "address-v6-prefix";
  const value = prefix ?? address;
  for (const shared of ["tor", "vpn", "hosting", "carrier-nat"] as const)
    if (networks?.has(shared) === true)
      return { kind, value, strength: "never", why: `an address of a shared network (${shared})` };
  return networks?.has("access") === true
    ? {
        kind,
        value,
        strength: "medium",
        why: "the same address of an access network at nearly the same time",
      }
    : { kind, value, strength: "weak", why: "the same address; its network is not known" };
}

/** The keys of events: each address once a UTC day and strength, from the first event to the last, and each device. */
export function putEventKeys(
  keys: LinkingKey[],
  events: readonly Event[],
  path: string,
  owner: Owner,
  addresses: Addresses,
): void {
  if (events.length === 0) return;
  const days = new Map<string, LinkingKey>();
  const devices: LinkingKey[] = [];
  for (const [index, event] of events.entries()) {
    if (event.device !== undefined)
      devices.push(
        keyHeldBy(owner, deviceKey(event.device.kind, event.device.value), `${path}/${index}/device`),
      );
    const address = event.ip?.address;
    const key = address === undefined ? undefined : addresses.keyOf(address);
    if (key === undefined) continue;
    const at = epochMs(event.moment);
    const said = ofEvent(key, event, at);
    const slot = `${at === undefined ? "" : Math.floor(at / DAY_MS)} ${said.strength} ${key.kind} ${key.value}`;
    const held = days.get(slot);
    if (held === undefined) {
      const fresh = keyHeldBy(owner, said, `${path}/${index}/ip`);
      if (at !== undefined) {
        fresh.from = at;
        fresh.to = at;
      }
      days.set(slot, fresh);
    } else if (at !== undefined) {
      held.from = Math.min(held.from ?? at, at);
      held.to = Math.max(held.to ?? at, at);
    }
  }
  for (const key of days.values()) keys.push(key);
  for (const key of devices) keys.push(key);
}

/** What is left of an address's key by the doubts of one event. */
function ofEvent(key: KeyOf, event: Event, at: number | undefined): KeyOf {
  const { kind, value } = key;
  if (event.possibleProxy === true)
    return { kind, value, strength: "never", why: "the sender says that the address may be a proxy" };
  if (key.strength === "never") return key;
  return at === undefined || event.moment?.zone === "assumed"
    ? { kind, value, strength: "never", why: "an address without a certain time" }
    : key;
}
