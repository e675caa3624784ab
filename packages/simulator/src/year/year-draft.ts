import type { Flag } from "@fairlead/report";
import { chance, logNormal, pick } from "../draw.ts";
import {
  CONDUCT,
  eventsOf,
  networksOf,
  styleOf,
  type Draft,
  type DraftFile,
  type NetworkDraw,
} from "../draft.ts";
import { chooseErrors } from "../mistakes.ts";
import { ERROR_KINDS, type ErrorKind, type Habit, type Slot } from "../profile.ts";
import type { Random } from "../random.ts";
import { intendedTier } from "../tier.ts";
import { DAY, HOUR, inFold, lastSwappable } from "../time.ts";
import { chooser } from "./chooser.ts";
import { encryptedShare } from "./encryption.ts";
import { perceptualHash } from "./items.ts";
import type { YearAccount, YearPerson } from "./people.ts";
import type { Surface, YearPlatform } from "./year-profile.ts";
import type { World } from "./world.ts";

/** Everything that is decided about a report of a year before it is written. */
export interface YearDraft extends Draft {
  person: YearPerson;
  account: YearAccount;
  platform: YearPlatform;
  surface: Surface;
  receivedAt: number;
  /** Reports about nobody: there is no person, and everything about one is made up for the shape of it. */
  nobody: boolean;
}

/** What any of the rules of agency.md 4.4 for R1 may rest on, beside the sender's own asking. */
const R1_FLAGS: readonly Flag[] = [
  "live-abuse",
  "threat-to-life",
  "child-suicide-risk",
  "meeting-within-72h",
  "abduction",
  "adult-with-child",
];
/** Senders ask for haste in words more often than they tick why. Our choice. */
const R1_IN_WORDS = 0.6;
/** Where a time is wrong, a person typed the incident's time wrong, or the whole export is wrong, with even chances. */
const TYPED = 0.5;
/** A time of the hour that clocks show twice is reported within some weeks, or the age of events would come out wrong. */
const FOLD_DAYS = 45;

const SLOT: Slot = {
  name: "year",
  countries: [],
  declaredShare: 0,
  resolvable: false,
  namelessShare: 0,
  errors: ERROR_KINDS,
};

/** Draws a report that repeats no other. @param index its number in the year */
export function drawYearDraft(world: World, index: number): YearDraft {
  const { draw, profile } = world;
  const { person, platform: on, account, reports, occasion, receivedAt } = world.who(index);
  const random = draw.random("report", index);
  const nobody = occasion.kind === "dump";
  const platform = world.platformAt(on);
  const { habit, incident } = nobody
    ? { habit: "hash-only" as const, incident: "abuse-material" as const }
    : natureOf(world, random, on);
  const thin = account.thin || nobody;
  const errors = nobody ? [] : errorsOf(world, index, habit, person, receivedAt);
  const at = whenOf(world, random, receivedAt, errors);
  const networks = networksOf(draw.random("network", index), profile, SLOT, person);
  const files = filesOf(world, index, random, { habit, incident, platform, networks, at, nobody });
  const events = thin ? [] : eventsOf(draw.random("events", index), habit, networks, at, files.length);
  const urgent = nobody ? 1 : draw.unit("urgent", index);
  const { r1, r2 } = profile.urgent;
  const urgentBy = urgent < r1 ? "escalation" : urgent < r1 + r2 ? "flag" : null;
  const inWords = random.unit() < R1_IN_WORDS;
  const urgentFlag = urgentBy === "escalation" && !inWords ? pick(random, R1_FLAGS) : undefined;
  const time = styleOf(errors, habit, platform);
  const misdated = time === "day-month-swapped" || time === "wrong-year";
  const names = thin ? [] : world.earlierNumbers(index, person, reports);
  return {
    index,
    slot: SLOT,
    platform,
    habit,
    incident,
    person: { ...person, phone: account.phone },
    account,
    accounts: [account],
    nameless: thin,
    declared: person.home !== null && !thin && chance(random, profile.declaredShare),
    at,
    files: thin && !nobody ? files.map((file) => ({ ...file, upload: null })) : files,
    events,
    errors,
    time,
    ...(misdated && random.unit() < TYPED ? { typed: true } : {}),
    urgentBy,
    ...(urgentFlag === undefined ? {} : { urgentFlag }),
    urgency: intendedTier(incident, urgentBy, files),
    ...(names.length === 0 ? {} : { names }),
    surface: surfaceOf(platform, receivedAt, random),
    receivedAt,
    nobody,
  };
}

function natureOf({ profile, choose }: World, random: Random, on: number): Pick<Draft, "habit" | "incident"> {
  const habit = choose.habit[on]?.(random.unit()) ?? "good";
  const drawn = random.unit();
  if (habit !== "behaviour-only") return { habit, incident: choose.incident(drawn) };
  return { habit, incident: drawn < profile.behaviourIsEnticement ? "enticement" : "abuse-material" };
}

function errorsOf(
  { draw, profile }: World,
  index: number,
  habit: Habit,
  person: YearPerson,
  receivedAt: number,
): ErrorKind[] {
  const chosen = chooseErrors(draw.random("errors", index), profile.errorShare, SLOT, habit, person.country);
  return chosen.filter((kind) => kind !== "dst-fold" || nearFold(receivedAt));
}

function nearFold(receivedAt: number): boolean {
  return receivedAt - inFold(receivedAt - DAY, 0) < FOLD_DAYS * DAY;
}

/** Days between what happened and its report. */
function whenOf(
  { profile }: World,
  random: Random,
  receivedAt: number,
  errors: readonly ErrorKind[],
): number {
  const { mu, sigma, most } = profile.age;
  const days = Math.min(most, Math.max(0.01, logNormal(random, mu, sigma)));
  const at = Math.floor(receivedAt - days * DAY);
  if (errors.includes("dst-fold")) return inFold(receivedAt - DAY, random.unit());
  // A date that would lie in the future is refused at the door, so what comes in never does.
  if (errors.includes("day-month-swapped")) return lastSwappable(at, receivedAt - DAY);
  return at;
}

function filesOf(
  world: World,
  index: number,
  random: Random,
  about: {
    habit: Habit;
    incident: Draft["incident"];
    platform: YearPlatform;
    networks: NetworkDraw;
    at: number;
    nobody: boolean;
  },
): DraftFile[] {
  const { profile, items, draw } = world;
  const { files } = profile;
  if (about.habit === "behaviour-only") return [];
  const none = CONDUCT.has(about.incident) ? files.none.conduct : files.none.material;
  if (random.unit() < none && about.habit !== "hash-only") return [];
  const number = Math.min(files.most, Math.max(1, Math.round(logNormal(random, files.mu, files.sigma))));
  const states = about.habit !== "login-ip-only" && about.habit !== "hash-only";
  const [what, from] = [draw.random("items", index), draw.random("uploads", index)];
  const platform = about.platform.id;
  const { occasion, receivedAt } = world.who(index);
  return Array.from({ length: number }, (_, place) => {
    const { item, novelty } = items.next(what, { index, place, platform, at: receivedAt, occasion });
    const through = states ? about.networks(from) : null;
    // The last upload is the incident; each one before it lies up to an hour further back.
    const at = about.at - Math.floor((place + from.unit()) * HOUR * (place === 0 ? 0 : 1));
    const viewed = from.unit() < about.platform.viewedShare && about.habit !== "hash-only";
    const hashed = from.unit() < profile.items.perceptualShare && item.kind !== "other";
    return {
      item,
      novelty,
      viewed,
      upload: through === null ? null : { kind: "upload", at, ...through },
      ...(hashed ? { perceptual: perceptualHash(item) } : {}),
    };
  });
}

/** Encrypted messages come to a platform's notice only where somebody in them reports them: one in ten. Our choice. */
const REPORTED_BY_USERS = 0.1;

function surfaceOf(platform: YearPlatform, at: number, random: Random): Surface {
  const encrypted = encryptedShare(platform.id, "message", at);
  const seen = 1 - encrypted * (1 - REPORTED_BY_USERS);
  if (encrypted === 0 || platform.id === "example-messenger")
    return chooser(platform.surfaces)(random.unit());
  const weights = platform.surfaces.map(
    ([surface, weight]) => [surface, surface === "message" ? weight * seen : weight] as const,
  );
  return chooser(weights)(random.unit());
}
