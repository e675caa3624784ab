import {
  epochMs,
  ipv6Prefix,
  isPlaceholderIp,
  parseIp,
  type Claim,
  type Event,
  type Evidence,
  type NetworkClass,
  type Person,
  type PersonKey,
  type Report,
  type ReportId,
} from "@fairlead/report";
import { accountValue, deviceKey, identifierKey, type KeyOf } from "./identifier-key.ts";
import type { KeyRole, LinkingKey, Strength } from "./key.ts";
import type { LinkRules } from "./link-rules.ts";

const DAY_MS = 86_400_000;

interface Owner {
  role: KeyRole;
  person?: PersonKey;
  holder: string;
}

/**
 * The values by which a report may be linked (agency.md 6.2, 6.3), the useless ones included with the reason why they are.
 * @param id under which the station holds the report
 * @param claims claims beside the report: network tables, list matches
 */
export function linkingKeys(
  id: ReportId,
  report: Report,
  claims: readonly Claim[],
  rules: LinkRules,
): LinkingKey[] {
  const known = knowledgeOf(report, claims);
  const suspects = report.persons.filter((person) => person.role === "suspect");
  const [first] = suspects;
  const only = suspects.length === 1 && first !== undefined ? first : undefined;
  // With several suspects nobody says whose upload or number it is: those keys then belong to the report and to no person.
  const uploader: Owner =
    only === undefined
      ? { role: "suspect", holder: `report:${id}` }
      : { role: "suspect", person: only.key, holder: holderOf(id, only) };
  const keys = new Set(suspects.map(({ key }) => key));
  return distinct([
    ...report.persons.flatMap((person, index) =>
      personKeys(id, person, `/report/persons/${index}`, known, rules),
    ),
    ...report.evidence.flatMap((item, index) =>
      evidenceKeys(item, `/report/evidence/${index}`, uploader, known),
    ),
    ...referenceKeys(report, uploader, keys),
  ]);
}

/** The account, whatever the order in which several are listed; without one, the person of this report. */
function holderOf(id: ReportId, person: Person): string {
  const [account] = person.identifiers
    .flatMap(({ kind, platform, value }) =>
      kind === "account" && platform !== undefined ? [accountValue(platform, value)] : [],
    )
    .sort();
  return account === undefined ? `report:${id}#${person.key}` : `account:${account}`;
}

/** Suspects and victims have keys; a reporter, a recipient or a contact is not looked for. */
function personKeys(
  id: ReportId,
  person: Person,
  path: string,
  known: Knowledge,
  rules: LinkRules,
): LinkingKey[] {
  if (person.role !== "suspect" && person.role !== "victim") return [];
  const owner: Owner = { role: person.role, person: person.key, holder: holderOf(id, person) };
  return [
    ...person.identifiers.map((item, index) => ({
      ...identifierKey(item, rules),
      ...owner,
      path: `${path}/identifiers/${index}`,
    })),
    ...eventKeys(person.events, `${path}/events`, owner, known),
    ...installationKeys(person, path, owner),
  ];
}

/**
 * A resolved installation address. Only from places that an operator's answer gave, with street and postcode: a postcode alone
 * is a street of some fifteen doors.
 */
function installationKeys(person: Person, path: string, owner: Owner): LinkingKey[] {
  return person.places.flatMap((place, index): LinkingKey[] => {
    if (place.basis !== "resolved" || place.addressKind !== "installation") return [];
    if (place.street === undefined || place.postcode === undefined) return [];
    const value = [place.street, place.postcode, place.country ?? ""]
      .map((part) =>
        part
          .normalize("NFKC")
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}]+/gu, ""),
      )
      .join("|");
    return [
      {
        kind: "installation",
        value,
        strength: "strong",
        why: "the same resolved installation address",
        ...owner,
        path: `${path}/places/${index}`,
      },
    ];
  });
}

function eventKeys(events: readonly Event[], path: string, owner: Owner, known: Knowledge): LinkingKey[] {
  const days = new Map<string, LinkingKey>();
  const devices: LinkingKey[] = [];
  events.forEach((event, index) => {
    const where = `${path}/${index}`;
    if (event.device !== undefined)
      devices.push({
        ...deviceKey(event.device.kind, event.device.value),
        ...owner,
        path: `${where}/device`,
      });
    const key = addressKey(event, known);
    if (key === undefined) return;
    const at = epochMs(event.moment);
    const day = at === undefined ? "" : Math.floor(at / DAY_MS);
    const slot = `${key.kind} ${key.value} ${key.strength} ${day}`;
    const held = days.get(slot);
    if (held === undefined)
      days.set(slot, {
        ...key,
        ...owner,
        path: `${where}/ip`,
        ...(at === undefined ? {} : { from: at, to: at }),
      });
    else if (at !== undefined) {
      held.from = Math.min(held.from ?? at, at);
      held.to = Math.max(held.to ?? at, at);
    }
  });
  return [...days.values(), ...devices];
}

function addressKey(event: Event, known: Knowledge): KeyOf | undefined {
  const address = event.ip?.address;
  if (address === undefined || isPlaceholderIp(address)) return undefined;
  const prefix = ipv6Prefix(address, 64);
  const key =
    prefix === undefined
      ? { kind: "address-v4" as const, value: address }
      : { kind: "address-v6-prefix" as const, value: prefix };
  const network = networkStrength(address, event, known);
  if (network.strength === "never") return { ...key, ...network };
  const zone = event.moment?.zone;
  if (epochMs(event.moment) === undefined || zone === "assumed")
    return { ...key, strength: "never", why: "an address without a certain time" };
  return { ...key, ...network };
}

/** An address that many share links nobody (law 5); one whose network is not known is taken for shared until a table says otherwise. */
function networkStrength(
  address: string,
  event: Event,
  known: Knowledge,
): { strength: Strength; why: string } {
  if (event.possibleProxy === true)
    return { strength: "never", why: "the sender says that the address may be a proxy" };
  const networks = known.networks.get(address) ?? new Set<NetworkClass>();
  for (const shared of ["tor", "vpn", "hosting", "carrier-nat"] as const)
    if (networks.has(shared)) return { strength: "never", why: `an address of a shared network (${shared})` };
  return networks.has("access")
    ? { strength: "medium", why: "the same address of an access network at nearly the same time" }
    : { strength: "weak", why: "the same address; its network is not known" };
}

function evidenceKeys(item: Evidence, path: string, owner: Owner, known: Knowledge): LinkingKey[] {
  if (item.kind === "wire-document") return [];
  const events = eventKeys(item.events, `${path}/events`, owner, known);
  if (item.kind !== "file" || item.received === undefined) return events;
  const key = {
    kind: "file" as const,
    value: item.received.sha256,
    ...owner,
    path: `${path}/received/sha256`,
  };
  // Law 5: a viral item makes a campaign and never a subject.
  if (known.viral.has(item.id))
    return [...events, { ...key, strength: "never", why: "a viral item: many people have it" }];
  if (known.listed.has(item.id))
    return [...events, { ...key, strength: "weak", why: "the same known item, which others have too" }];
  return [...events, { ...key, strength: "medium", why: "the same new file" }];
}

function referenceKeys(report: Report, uploader: Owner, suspects: ReadonlySet<PersonKey>): LinkingKey[] {
  return report.references.map(({ kind, issuer, value, person }, index): LinkingKey => {
    const owner = person !== undefined && suspects.has(person) ? { ...uploader, person } : uploader;
    const number = accountValue(issuer.normalize("NFKC").trim().toLowerCase(), value.trim());
    const path = `/report/references/${index}`;
    return kind === "case"
      ? {
          kind: "case-number",
          value: number,
          strength: "medium",
          why: "the same case, which may have several suspects",
          ...owner,
          path,
        }
      : {
          kind: "report-number",
          value: number,
          strength: "strong",
          why: "one report names the other, or both name the same earlier one",
          ...owner,
          path,
        };
  });
}

/** What the claims say that linking needs. */
interface Knowledge {
  networks: ReadonlyMap<string, ReadonlySet<NetworkClass>>;
  viral: ReadonlySet<string>;
  listed: ReadonlySet<string>;
}

/**
 * Whoever says it, "shared network" and "viral" keep a value from linking. That a network is an access network helps a link, so a
 * sender's word does not make it one.
 */
function knowledgeOf(report: Report, claims: readonly Claim[]): Knowledge {
  const networks = new Map<string, Set<NetworkClass>>();
  const viral = new Set<string>();
  const listed = new Set<string>();
  const read = ({ about, source, states }: Claim, bySender: boolean) => {
    if (about.kind === "ip" && states.kind === "network") {
      if (states.network === "access" && (bySender || source.kind === "sender")) return;
      const address = parseIp(about.address)?.address ?? about.address;
      networks.set(address, (networks.get(address) ?? new Set()).add(states.network));
    }
    if (about.kind !== "evidence") return;
    if (states.kind === "hash-match") listed.add(about.id);
    if (
      states.kind === "flag" &&
      states.value &&
      (states.flag === "viral" || states.flag === "potential-meme")
    )
      viral.add(about.id);
  };
  for (const claim of report.claims) read(claim, report.sender.kind !== "peer");
  for (const claim of claims) read(claim, false);
  return { networks, viral, listed };
}

/** One key for each value and day, with the strongest reading of it, except that `never` beats everything. */
function distinct(keys: readonly LinkingKey[]): LinkingKey[] {
  const order: readonly Strength[] = ["weak", "medium", "strong", "never"];
  const held = new Map<string, LinkingKey>();
  for (const key of keys) {
    const day = key.from === undefined ? "" : Math.floor(key.from / DAY_MS);
    const slot = JSON.stringify([key.kind, key.value, key.role, key.person ?? "", day]);
    const other = held.get(slot);
    if (other === undefined || order.indexOf(key.strength) > order.indexOf(other.strength))
      held.set(slot, key);
  }
  return [...held.values()];
}
