import type { Claim, Evidence, Person, Report, ReportId } from "@fairlead/report";
import { openAddresses, putEventKeys, type Addresses } from "./address-keys.ts";
import { accountValue, identifierKey } from "./identifier-key.ts";
import { keyHeldBy, type LinkingKey, type Owner, type Strength } from "./key.ts";
import type { LinkRules } from "./link-rules.ts";

const DAY_MS = 86_400_000;

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
  const keys: LinkingKey[] = [];
  for (const [index, person] of report.persons.entries())
    putPersonKeys(keys, id, person, `/report/persons/${index}`, known, rules);
  for (const [index, item] of report.evidence.entries())
    putEvidenceKeys(keys, item, `/report/evidence/${index}`, uploader, known);
  if (report.references.length > 0) putReferenceKeys(keys, id, report, uploader, suspects);
  return distinct(keys);
}

/** The account, whatever the order in which several are listed; without one, the person of this report. */
function holderOf(id: ReportId, person: Person): string {
  let first: string | undefined;
  for (const { kind, platform, value } of person.identifiers) {
    if (kind !== "account" || platform === undefined) continue;
    const account = accountValue(platform, value);
    if (first === undefined || account < first) first = account;
  }
  return first === undefined ? `report:${id}#${person.key}` : `account:${first}`;
}

/** Suspects and victims have keys; a reporter, a recipient or a contact is not looked for. */
function putPersonKeys(
  keys: LinkingKey[],
  id: ReportId,
  person: Person,
  path: string,
  known: Knowledge,
  rules: LinkRules,
): void {
  if (person.role !== "suspect" && person.role !== "victim") return;
  const owner: Owner = { role: person.role, person: person.key, holder: holderOf(id, person) };
  for (const [index, item] of person.identifiers.entries())
    keys.push(keyHeldBy(owner, identifierKey(item, rules), `${path}/identifiers/${index}`));
  putEventKeys(keys, person.events, `${path}/events`, owner, known.addresses);
  putInstallationKeys(keys, person, path, owner);
}

/**
 * A resolved installation address. Only from places that an operator's answer gave, with street and postcode: a postcode alone
 * is a street of some fifteen doors.
 */
function putInstallationKeys(keys: LinkingKey[], person: Person, path: string, owner: Owner): void {
  for (const [index, place] of person.places.entries()) {
    if (place.basis !== "resolved" || place.addressKind !== "installation") continue;
    if (place.street === undefined || place.postcode === undefined) continue;
    const value = [place.street, place.postcode, place.country ?? ""]
      .map((part) =>
        part
          .normalize("NFKC")
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}]+/gu, ""),
      )
      .join("|");
    const key = {
      kind: "installation",
      value,
      strength: "strong",
      why: "the same resolved installation address",
    } as const;
    keys.push(keyHeldBy(owner, key, `${path}/places/${index}`));
  }
}

function putEvidenceKeys(
  keys: LinkingKey[],
  item: Evidence,
  path: string,
  owner: Owner,
  known: Knowledge,
): void {
  if (item.kind === "wire-document") return;
  putEventKeys(keys, item.events, `${path}/events`, owner, known.addresses);
  if (item.kind !== "file" || item.received === undefined) return;
  const key = { kind: "file" as const, value: item.received.sha256, ...fileStrength(item, known) };
  keys.push(keyHeldBy(owner, key, `${path}/received/sha256`));
}

/** Law 5: a viral item makes a campaign and never a subject. */
function fileStrength({ id }: Evidence, { viral, listed }: Knowledge): { strength: Strength; why: string } {
  if (viral.has(id)) return { strength: "never", why: "a viral item: many people have it" };
  if (listed.has(id)) return { strength: "weak", why: "the same known item, which others have too" };
  return { strength: "medium", why: "the same new file" };
}

function putReferenceKeys(
  keys: LinkingKey[],
  id: ReportId,
  report: Report,
  uploader: Owner,
  suspects: readonly Person[],
): void {
  for (const [index, { kind, issuer, value, person }] of report.references.entries()) {
    const about = suspects.find(({ key }) => key === person);
    const owner: Owner =
      about === undefined ? uploader : { role: "suspect", person: about.key, holder: holderOf(id, about) };
    const number = accountValue(issuer.normalize("NFKC").trim().toLowerCase(), value.trim());
    const key =
      kind === "case"
        ? ({
            kind: "case-number",
            value: number,
            strength: "medium",
            why: "the same case, which may have several suspects",
          } as const)
        : ({
            kind: "report-number",
            value: number,
            strength: "strong",
            why: "one report names the other, or both name the same earlier one",
          } as const);
    keys.push(keyHeldBy(owner, key, `/report/references/${index}`));
  }
}

/** What the claims say that linking needs. */
interface Knowledge {
  addresses: Addresses;
  viral: ReadonlySet<string>;
  listed: ReadonlySet<string>;
}

/**
 * Whoever says it, "shared network" and "viral" keep a value from linking. That a network is an access network helps a link, so a
 * sender's word does not make it one.
 */
function knowledgeOf(report: Report, claims: readonly Claim[]): Knowledge {
  const addresses = openAddresses(report);
  const viral = new Set<string>();
  const listed = new Set<string>();
  const read = ({ about, source, states }: Claim, bySender: boolean) => {
    if (about.kind === "ip" && states.kind === "network") {
      if (states.network === "access" && (bySender || source.kind === "sender")) return;
      addresses.note(about.address, states.network);
    } else if (about.kind === "evidence") {
      if (states.kind === "hash-match") listed.add(about.id);
      else if (
        states.kind === "flag" &&
        states.value &&
        (states.flag === "viral" || states.flag === "potential-meme")
      )
        viral.add(about.id);
    }
  };
  for (const claim of report.claims) read(claim, report.sender.kind !== "peer");
  for (const claim of claims) read(claim, false);
  return { addresses, viral, listed };
}

/** One key for each value and day, with the strongest reading of it, except that `never` beats everything. */
function distinct(keys: readonly LinkingKey[]): LinkingKey[] {
  const kept: LinkingKey[] = [];
  // Nearly every value comes once, or again as it came first; only what differs then needs a name of its own.
  const firsts = new Map<string, number>();
  const others = new Map<string, number>();
  for (const key of keys) {
    const first = firsts.get(key.value);
    const slot = first === undefined || isSameSlot(kept[first], key) ? undefined : slotOf(key);
    const place = slot === undefined ? first : others.get(slot);
    const held = place === undefined ? undefined : kept[place];
    if (place === undefined || held === undefined) {
      const next = kept.push(key) - 1;
      if (slot === undefined) firsts.set(key.value, next);
      else others.set(slot, next);
    } else if (SAYS_MORE[key.strength] > SAYS_MORE[held.strength]) kept[place] = key;
  }
  return kept;
}

/** Of two keys of one value. */
function isSameSlot(a: LinkingKey | undefined, b: LinkingKey): boolean {
  return a?.kind === b.kind && a.role === b.role && a.person === b.person && dayOf(a) === dayOf(b);
}

function slotOf(key: LinkingKey): string {
  // The value comes last: it is the only part that may hold a space.
  return `${key.kind} ${key.role} ${key.person ?? ""} ${dayOf(key) ?? ""} ${key.value}`;
}

function dayOf({ from }: LinkingKey): number | undefined {
  return from === undefined ? undefined : Math.floor(from / DAY_MS);
}

const SAYS_MORE: Readonly<Record<Strength, number>> = { weak: 0, medium: 1, strong: 2, never: 3 };
