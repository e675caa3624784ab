import { chance, digits, pick, uuid, weighted, type Weighted } from "./draw.ts";
import { UK_AREAS, UNUSED_LETTERS, type Area } from "./areas.ts";
import { homeAddress, hidingAddress, sharedAddress } from "./network.ts";
import type { Intent, Profile } from "./profile.ts";
import { randomStream, type Random } from "./random.ts";
import { ADJECTIVES, NOUNS } from "./words.ts";

/** Somebody whose doing the stream reports. Made anew from seed, country and number each time, so that nobody is stored. */
export interface Person {
  /** Such as `GB-17`; `XX` where the country is unknown. */
  id: string;
  country: string | null;
  home: { force: string; postcode: string } | null;
  intent: Intent;
  email: string;
  phone: string | null;
  addresses: { own: string; shared: string; hidden: string } | null;
}

/** One account of a person on one platform. */
export interface Account {
  id: string;
  screenName: string;
  displayName: string;
  /** The person's own address, or one that only this account has. */
  email: string;
  emailVerified: "yes" | "no" | "unknown";
  /** IMEI of the device that uses it, and the token of a means of payment. */
  device?: string | null;
  payment?: string | null;
}

const HOSTS = ["example.com", "example.org", "example.net", "mail.example", "post.example"] as const;
const ACCOUNTS: ReadonlyArray<Weighted<number>> = [
  [1, 0.7],
  [2, 0.2],
  [3, 0.1],
];

/** Ofcom's numbers for drama: a thousand mobile numbers, and a thousand of a landline exchange that does not exist. */
const DRAMA_NUMBERS = ["07700900", "01632960"] as const;
const NUMBERS_EACH = 1000;
const PEOPLE_PER_PHONE = 10;

export interface Setting {
  seed: string;
  profile: Profile;
  /** Where people of the United Kingdom may live. */
  areas: readonly Area[];
}

/** The person with this number in this country. */
export function personOf(setting: Setting, country: string | null, number: number): Person {
  const place = country ?? "XX";
  const random = (part: string) => randomStream(setting.seed, "person", place, number, part);
  const name = random("name");
  return {
    id: `${place}-${number}`,
    country,
    home: country === "GB" ? homeOf(random("home"), setting.areas) : null,
    intent: weighted(random("intent"), setting.profile.intents),
    email: `${pick(name, ADJECTIVES)}.${pick(name, NOUNS)}.${place.toLowerCase()}${number}@${pick(name, HOSTS)}`,
    phone: phoneOf(setting.seed, country, number),
    addresses: addressesOf(random, country),
  };
}

/** Half of those whose country nobody knows hide behind a network; of the others nobody kept an address. */
function addressesOf(random: (part: string) => Random, country: string | null): Person["addresses"] {
  const hidden = hidingAddress(random("hidden"));
  if (country === null) return chance(random("kept"), 0.5) ? { own: hidden, shared: hidden, hidden } : null;
  return {
    own: homeAddress(random("address"), country),
    shared: sharedAddress(random("shared"), country),
    hidden,
  };
}

function homeOf(random: Random, areas: readonly Area[]): { force: string; postcode: string } {
  const area = weighted(
    random,
    areas.map((found): Weighted<Area> => [found, found.weight]),
  );
  return { force: area.force, postcode: postcodeIn(random, area) };
}

/** A postcode of an area that can be routed and that nobody has. */
export function postcodeIn(random: Random, area: Area): string {
  return `${pick(random, area.outcodes)} ${random.below(10)}${pick(random, UNUSED_LETTERS)}${pick(random, UNUSED_LETTERS)}`;
}

/**
 * One in ten people of the United Kingdom has a telephone, until the two thousand drama numbers are given out: a number is
 * never given twice, because a verified number names one person.
 */
function phoneOf(seed: string, country: string | null, number: number): string | null {
  const group = Math.floor(number / PEOPLE_PER_PHONE);
  const range = DRAMA_NUMBERS[Math.floor(group / NUMBERS_EACH)];
  if (country !== "GB" || range === undefined) return null;
  if (number % PEOPLE_PER_PHONE !== randomStream(seed, "phone", group).below(PEOPLE_PER_PHONE)) return null;
  return `${range}${String(group % NUMBERS_EACH).padStart(3, "0")}`;
}

/** The accounts that the person has on a platform, one to three. */
export function accountsOf(setting: Setting, person: Person, platform: string): Account[] {
  const random = randomStream(setting.seed, "accounts", person.id, platform);
  return Array.from({ length: weighted(random, ACCOUNTS) }, (_, index) => {
    const [adjective, noun] = [pick(random, ADJECTIVES), pick(random, NOUNS)];
    const own = `${adjective}.${digits(random, 6)}.${person.id.toLowerCase()}.${index}@${pick(random, HOSTS)}`;
    return {
      // Ids that look like numbers have lost their noughts in other people's clients, so a third of ours look so.
      id: chance(random, 1 / 3) ? `00${digits(random, 14)}` : uuid(random).slice(0, 23).replaceAll("-", ""),
      screenName: `${adjective}_${noun}${random.below(100)}`,
      displayName: `${adjective.charAt(0).toUpperCase()}${adjective.slice(1)} ${noun}`,
      email: chance(random, 0.8) ? person.email : own,
      emailVerified: weighted(random, [
        ["yes", 7],
        ["no", 1],
        ["unknown", 2],
      ] as const),
    };
  });
}

/** The areas with these names. */
export function areasOf(forces: readonly string[] | undefined): readonly Area[] {
  const areas = forces === undefined ? UK_AREAS : UK_AREAS.filter((area) => forces.includes(area.force));
  if (areas.length === 0)
    throw new RangeError(`simulate: none of these forces exists: ${forces?.join(", ")}`);
  return areas;
}
