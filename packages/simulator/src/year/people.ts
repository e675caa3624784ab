import { UK_AREAS, UNUSED_LETTERS, type Area } from "../areas.ts";
import { pick } from "../draw.ts";
import type { Account, Person } from "../person.ts";
import type { Random } from "../random.ts";
import { ADJECTIVES, NOUNS } from "../words.ts";
import { addressesIn, hiddenAddress } from "./address-space.ts";
import { chooser } from "./chooser.ts";
import type { Keyed } from "./keyed.ts";
import { DRAMA_NUMBERS, dramaNumber } from "./phone-numbers.ts";
import type { YearPlatform, YearProfile } from "./year-profile.ts";

/** Somebody of a year's stream, made from seed and number each time. */
export interface YearPerson extends Person {
  number: number;
  /** Number of the force's area in `UK_AREAS`, or -1. */
  area: number;
  /** Places in the profile's list of platforms; the first is the usual one. */
  platforms: readonly number[];
}

/** An account of somebody, by numbers. */
export interface YearAccount extends Account {
  /** Unique in the year: person, platform and place among the person's accounts there. */
  number: number;
  phone: string | null;
  device: string | null;
  payment: string | null;
  /** The sender never says more of this person than the name on the screen. */
  thin: boolean;
}

/** A year's people and their accounts. */
export interface People {
  person(number: number): YearPerson;
  /** The account that a report is about. @param pick from 0 up to 1 @param reports how many reports the person has */
  account(person: YearPerson, platform: number, pick: number, reports: number): YearAccount;
  /** How many accounts the person has on the platform. */
  accountsOf(person: number, platform: number, reports: number): number;
}

const HOSTS = ["example.com", "example.org", "example.net", "mail.example", "post.example"] as const;
/** Half of the people whom a number could be given to have one. */
const WITH_PHONE = 0.5;
/** Account numbers leave this much room for platforms and places. */
const PLACES = 16;
const PLATFORMS = 32;

/** @param count how many people the year has @param areas where people of the United Kingdom may live */
export function peopleOf(draw: Keyed, profile: YearProfile, count: number, areas = UK_AREAS): People {
  const { accounts: rates } = profile;
  const country = chooser(profile.countries);
  const platform = chooser(
    profile.platforms.map((_, index) => [index, profile.platforms[index]?.share ?? 0]),
  );
  const intent = chooser(profile.intents);
  const weight = profile.countries.reduce((sum, [, share]) => sum + share, 0);
  const peers = new Map(
    profile.countries.map(([name, share]) => [name, Math.max(1, (count * share) / weight)]),
  );
  const area = chooser(areas.map((found) => [found, found.weight]));
  const crowded = { ...profile.addresses, mostCrowded: Math.min(profile.addresses.mostCrowded, count / 20) };
  const { households } = rates;
  /** Every second person may live with the one before. */
  const householdOf = (number: number): number =>
    number % 2 === 1 && draw.unit("household", number) < households.share ? number - 1 : number;
  const countryOf = (number: number) => country(draw.unit("country", householdOf(number)));
  /** So many people in a row have one telephone number between them, which the first from the United Kingdom gets. */
  const perPhone = Math.max(1, Math.ceil(count / DRAMA_NUMBERS));
  const phoneOf = (number: number): string | null => {
    if (draw.unit("phone", number) >= WITH_PHONE) return null;
    const start = number - (number % perPhone);
    for (let other = start; other < number; other += 1) if (countryOf(other) === "GB") return null;
    return dramaNumber(start / perPhone);
  };

  const accountsOf = (person: number, on: number, reports: number): number => {
    if (reports < 2) return 1;
    const random = draw.unit("aliases", person * PLATFORMS + on);
    if (random >= rates.aliases) return 1;
    // Two of three such people have two accounts, one of six three, and so on: a geometric tail that ends.
    const more = 1 + Math.floor(Math.log(Math.max(random / rates.aliases, 1e-9)) / Math.log(1 / 3));
    return Math.min(1 + more, rates.mostAliases, Math.max(1, Math.ceil(reports / 2)) + 1);
  };

  const mailOf = (number: number): string => {
    const random = draw.random("mail", number);
    const name = `${pick(random, ADJECTIVES)}.${pick(random, NOUNS)}`;
    return `${name}.${(countryOf(number) ?? "XX").toLowerCase()}${number}@${pick(random, HOSTS)}`;
  };

  return {
    accountsOf,
    person(number) {
      const random = draw.random("person", number);
      const where = countryOf(number);
      const place = where ?? "XX";
      const usual = platform(random.unit());
      const platforms = [usual];
      if (random.unit() < rates.manyPlatforms)
        platforms.push(platform(random.unit()), platform(random.unit()));
      const household = householdOf(number);
      const home =
        where === "GB" ? homeOf(draw.random("home", household), area(draw.unit("area", household))) : null;
      return {
        number,
        id: `${place}-${number}`,
        country: where,
        home,
        area: home === null ? -1 : UK_AREAS.findIndex(({ force }) => force === home.force),
        intent: intent(random.unit()),
        email: mailOf(number),
        phone: where === "GB" ? phoneOf(number) : null,
        addresses: addressesOf(draw, number, household, where, crowded, peers.get(where) ?? 1),
        platforms,
      };
    },
    account(person, on, part, reports) {
      const count = accountsOf(person.number, on, reports);
      // The first account has most of the reports; the others share the rest alike.
      const { firstAccount } = rates;
      const place =
        count === 1 || part < firstAccount
          ? 0
          : 1 + Math.min(count - 2, Math.floor(((part - firstAccount) / (1 - firstAccount)) * (count - 1)));
      const number = (person.number * PLATFORMS + on) * PLACES + place;
      const random = draw.random("account", number);
      const first = place === 0 && on === person.platforms[0];
      const share = (rate: { first: number; further: number }) =>
        random.unit() < (first ? rate.first : rate.further);
      const [adjective, noun] = [pick(random, ADJECTIVES), pick(random, NOUNS)];
      const ownMail = share(rates.ownMail);
      const verified = random.unit();
      const hasPhone = random.unit() < rates.phone;
      const hasDevice = share(rates.device);
      const hasPayment = share(rates.payment);
      const sender: YearPlatform | undefined = profile.platforms[on];
      // A family has a tablet, a card and now and then a mailbox in common.
      const household = householdOf(person.number);
      const common = (rate: number) => (random.unit() < rate ? household : person.number);
      const [device, payment, mail] = [
        common(households.device),
        common(households.payment),
        common(households.mail),
      ];
      return {
        number,
        id: accountId(random, number),
        screenName: `${adjective}_${noun}${random.below(100)}`,
        displayName: `${adjective.charAt(0).toUpperCase()}${adjective.slice(1)} ${noun}`,
        email: ownMail ? mailOf(mail) : `${adjective}.${noun}.${number}@${pick(random, HOSTS)}`,
        emailVerified:
          verified < rates.mailVerified
            ? "yes"
            : verified < rates.mailVerified + (1 - rates.mailVerified) / 3
              ? "no"
              : "unknown",
        phone: hasPhone ? person.phone : null,
        device: hasDevice ? testImei(device) : null,
        payment: hasPayment ? `token-${String(payment).padStart(10, "0")}` : null,
        thin: draw.unit("thin", person.number * PLATFORMS + on) < (sender?.thinShare ?? 0),
      };
    },
  };
}

/** Person, platform and place among the accounts there, of an account's number. */
export function accountParts(number: number): { person: number; platform: number; place: number } {
  const rest = Math.floor(number / PLACES);
  return { person: Math.floor(rest / PLATFORMS), platform: rest % PLATFORMS, place: number % PLACES };
}

function homeOf(random: Random, area: Area): { force: string; postcode: string } {
  const letters = () => pick(random, UNUSED_LETTERS);
  return {
    force: area.force,
    postcode: `${pick(random, area.outcodes)} ${random.below(10)}${letters()}${letters()}`,
  };
}

function addressesOf(
  draw: Keyed,
  number: number,
  household: number,
  country: string | null,
  rates: YearProfile["addresses"],
  peers: number,
): Person["addresses"] {
  if (country !== null) return addressesIn(draw, rates, number, household, country, peers);
  // Half of those whose country nobody knows hide behind a network; of the others nobody kept an address.
  const hidden = hiddenAddress(draw, number);
  return draw.unit("kept", number) < 0.5 ? { own: hidden, shared: hidden, hidden } : null;
}

/** Ids that look like numbers have lost their noughts in other people's clients, so a third of ours look so. */
function accountId(random: Random, number: number): string {
  const [a, b, c] = [random.word(), random.word(), random.below(65_536)];
  if (a % 3 === 0) return `00${String(number).padStart(11, "0")}${String(b % 1000).padStart(3, "0")}`;
  return `${a.toString(16).padStart(8, "0")}${b.toString(16).padStart(8, "0")}${c.toString(16).padStart(4, "0")}`;
}

/**
 * A device number that no device has: those that begin with 00 are for test equipment (GSMA TS.06, reporting body identifier 00),
 * with a check digit that is right (3GPP TS 23.003, annex B).
 */
export function testImei(number: number): string {
  const body = `0010${String(number).padStart(10, "0")}`;
  let sum = 0;
  for (let i = 0; i < body.length; i += 1) {
    const digit = body.charCodeAt(i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${body}${(10 - (sum % 10)) % 10}`;
}
