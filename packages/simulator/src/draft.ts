import type { Flag, IncidentType, NetworkClass } from "@fairlead/report";
import type { Catalogue, Novelty } from "./catalogue.ts";
import type { Crowd } from "./crowd.ts";
import { chance, logNormal, pick, weighted } from "./draw.ts";
import type { Item } from "./material.ts";
import { accountsOf, personOf, type Account, type Person, type Setting } from "./person.ts";
import type { ErrorKind, Habit, Platform, Profile, Slot } from "./profile.ts";
import { randomStream, type Random } from "./random.ts";
import { chooseErrors } from "./mistakes.ts";
import { DAY, HOUR, inFold, lastSwappable, ownStyle, type TimeStyle } from "./time.ts";
import type { Tier } from "./truth.ts";
import { intendedTier } from "./tier.ts";

/** Something that happened at a time, from an address, before anybody wrote it down. */
export interface DraftEvent {
  kind: "upload" | "login";
  at: number;
  address: string;
  network: NetworkClass;
  country: string | null;
  port: number | null;
}

export interface DraftFile {
  item: Item;
  novelty: Novelty;
  /** A person at the platform looked at all of it. */
  viewed: boolean;
  upload: DraftEvent | null;
  /** A perceptual hash (PDQ) that the sender states. */
  perceptual?: string;
}

/** Everything that is decided about a report before it is written: the same draft written twice is the same case sent twice. */
export interface Draft {
  /** Place in the stream at which it was decided. */
  index: number;
  slot: Slot;
  platform: Platform;
  habit: Habit;
  incident: IncidentType;
  person: Person;
  account: Account;
  accounts: Account[];
  /** The report names the person by the name on the screen alone. */
  nameless: boolean;
  declared: boolean;
  at: number;
  files: DraftFile[];
  /** Events of the account, beside the uploads of the files. */
  events: DraftEvent[];
  errors: ErrorKind[];
  time: TimeStyle;
  /** Only the incident's time is written so, because a person typed it; the others are a machine's. */
  typed?: boolean;
  urgency: Tier;
  urgentBy: "escalation" | "flag" | null;
  /** Instead of asking for haste, the sender ticks this. */
  urgentFlag?: Flag;
  /** The report is about nobody. */
  nobody?: boolean;
  /** Numbers of earlier reports that the sender names as being about the same person. */
  names?: readonly string[];
}

/** Every event of the draft, of files and account alike. */
export function eventsOfDraft({ files, events }: Pick<Draft, "files" | "events">): DraftEvent[] {
  return [...files.flatMap(({ upload }) => (upload === null ? [] : [upload])), ...events];
}

export interface Drawer {
  setting: Setting;
  startAt: number;
  crowd: Crowd;
  catalogue: Catalogue;
}

/** Incident types that are about what somebody did, where there may be no file at all. */
export const CONDUCT: ReadonlySet<IncidentType> = new Set([
  "enticement",
  "obscene-to-child",
  "trafficking",
  "contact-abuse",
  "travel",
]);

/** Decides everything about the report with this index. */
export function drawDraft(drawer: Drawer, index: number, slot: Slot): Draft {
  const { setting } = drawer;
  const { profile } = setting;
  const random = (part: string) => randomStream(setting.seed, "report", index, part);
  const platform = weighted(random("platform"), profile.platforms);
  const { habit, incident } = natureOf(random("nature"), profile, slot, platform);
  const country = weighted(random("country"), slot.countries);
  const person = personOf(setting, country, drawer.crowd.next(random("person"), country, platform.id));
  const accounts = accountsOf(setting, person, platform.id);
  const errors = chooseErrors(random("errors"), profile.errorShare, slot, habit, country);
  const at = whenOf(random("time"), drawer, errors);
  const nameless = chance(random("nameless"), slot.namelessShare);
  const networks = networksOf(random("network"), profile, slot, person);
  const files = filesOf(drawer, random, { slot, habit, incident, platform, networks, at });
  const events = eventsOf(random("events"), habit, networks, at, files.length);
  const urgent = random("urgent").unit();
  const { r1, r2 } = profile.urgent;
  const urgentBy = urgent < r1 ? "escalation" : urgent < r1 + r2 ? "flag" : null;
  return {
    index,
    slot,
    platform,
    habit,
    incident,
    person,
    account: pick(random("account"), accounts),
    accounts,
    nameless,
    declared: person.home !== null && chance(random("declared"), slot.declaredShare),
    at,
    files,
    events,
    errors,
    time: styleOf(errors, habit, platform),
    urgentBy,
    urgency: intendedTier(incident, urgentBy, files),
  };
}

/** What the report is about and how it is written; what rests on behaviour alone is always about what somebody did. */
function natureOf(
  random: Random,
  profile: Profile,
  slot: Slot,
  platform: Platform,
): Pick<Draft, "habit" | "incident"> {
  const habit = weighted(random, slot.habits ?? platform.habits);
  if (habit === "behaviour-only") return { habit, incident: "enticement" };
  const incident = weighted(random, profile.incidents);
  const alone = incident === "enticement" && chance(random, profile.behaviourShare);
  return { habit: alone ? "behaviour-only" : habit, incident };
}

function whenOf(random: Random, { setting, startAt }: Drawer, errors: readonly ErrorKind[]): number {
  const { mu, sigma, most } = setting.profile.age;
  const days = Math.min(most, Math.max(0.01, logNormal(random, mu, sigma)));
  const at = Math.floor(startAt - days * DAY);
  if (errors.includes("dst-fold")) return inFold(startAt - DAY, random.unit());
  if (errors.includes("day-month-swapped")) return lastSwappable(at, startAt - DAY);
  return at;
}

export function styleOf(
  errors: readonly ErrorKind[],
  habit: Habit,
  platform: Pick<Platform, "localTime">,
): TimeStyle {
  if (errors.includes("twelve-hour")) return "twelve-hour";
  if (errors.includes("no-zone") || errors.includes("dst-fold") || habit === "no-time-zone") return "no-zone";
  if (errors.includes("day-month-swapped")) return "day-month-swapped";
  if (errors.includes("wrong-year")) return "wrong-year";
  return ownStyle(platform);
}

export type NetworkDraw = (
  random: Random,
) => Pick<DraftEvent, "address" | "network" | "country" | "port"> | null;

/** Which networks a report's events come through: mostly the same one, now and then another. */
export function networksOf(
  random: Random,
  profile: Pick<Profile, "networks" | "portShare">,
  slot: Pick<Slot, "resolvable">,
  person: Pick<Person, "addresses" | "country">,
): NetworkDraw {
  const { addresses, country } = person;
  if (addresses === null) return () => null;
  const draw = (from: Random): "access" | "carrier-nat" | "vpn" => {
    const { carrierNat, vpn } = profile.networks;
    if (country === null) return "vpn";
    // Where all must be resolvable nobody hides, and the other two keep their proportion.
    const drawn = from.unit() * (slot.resolvable ? 1 - vpn : 1);
    return drawn < carrierNat ? "carrier-nat" : drawn < 1 - vpn ? "access" : "vpn";
  };
  const usual = draw(random);
  return (from) => {
    const network = chance(from, 0.85) ? usual : draw(from);
    const withPort = chance(from, profile.portShare) || (slot.resolvable && network === "carrier-nat");
    const port = withPort ? 1024 + from.below(64_512) : null;
    if (network === "access") return { address: addresses.own, network, country, port };
    if (network === "carrier-nat") return { address: addresses.shared, network, country, port };
    return { address: addresses.hidden, network, country: null, port };
  };
}

function filesOf(
  drawer: Drawer,
  random: (part: string) => Random,
  about: {
    slot: Slot;
    habit: Habit;
    incident: IncidentType;
    platform: Platform;
    networks: NetworkDraw;
    at: number;
  },
): DraftFile[] {
  const { files } = drawer.setting.profile;
  const [count, what, viewing, events] = [
    random("count"),
    random("items"),
    random("viewing"),
    random("uploads"),
  ];
  if (about.habit === "behaviour-only") return [];
  const none = CONDUCT.has(about.incident) ? files.none.conduct : files.none.material;
  // A report of hashes has one to report, and one that can be resolved has an upload to resolve.
  if (chance(count, none) && about.habit !== "hash-only" && !about.slot.resolvable) return [];
  const number = Math.min(files.most, Math.max(1, Math.round(logNormal(count, files.mu, files.sigma))));
  const states = about.habit !== "login-ip-only" && about.habit !== "hash-only";
  return Array.from({ length: number }, (_, place) => {
    const drawn = drawer.catalogue.next(what, weighted(what, files.kinds));
    const from = states ? about.networks(events) : null;
    // The last upload is the incident; each one before it lies up to an hour further back.
    const at = about.at - Math.floor((place + events.unit()) * HOUR * (place === 0 ? 0 : 1));
    return {
      item: drawn.item,
      novelty: drawn.novelty,
      viewed: about.habit !== "hash-only" && chance(viewing, about.platform.viewedShare),
      upload: from === null ? null : { kind: "upload", at, ...from },
    };
  });
}

export function eventsOf(
  random: Random,
  habit: Habit,
  networks: NetworkDraw,
  at: number,
  files: number,
): DraftEvent[] {
  const one = (kind: DraftEvent["kind"], when: number): DraftEvent[] => {
    const from = networks(random);
    return from === null ? [] : [{ kind, at: Math.floor(when), ...from }];
  };
  const logins = Array.from({ length: 1 + random.below(3) }, () =>
    one("login", at - random.unit() * 10 * DAY),
  ).flat();
  const quiet =
    habit === "login-ip-only" || habit === "behaviour-only" || habit === "hash-only" || files === 0;
  // An earlier upload by the same account: the second, independent fact that an attribution needs.
  const earlier = !quiet && chance(random, 0.6) ? one("upload", at - (1 + random.unit() * 5) * DAY) : [];
  return [...earlier, ...logins];
}
