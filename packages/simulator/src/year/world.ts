import { UK_AREAS, type Area } from "../areas.ts";
import { randomStream } from "../random.ts";
import type { IncidentType } from "@fairlead/report";
import type { Habit } from "../profile.ts";
import { arrivalsOf, type Arrivals, type Occasion, type Surge } from "./arrivals.ts";
import { chooser } from "./chooser.ts";
import { yearCrowd, type YearCrowd } from "./crowd.ts";
import { yearItems, type YearItems } from "./items.ts";
import { keyed, type Keyed } from "./keyed.ts";
import { peopleOf, type People, type YearAccount, type YearPerson } from "./people.ts";
import type { YearPlatform, YearProfile } from "./year-profile.ts";

/** Who a report is about and how it came. */
export interface Who {
  person: YearPerson;
  /** How many reports the person has. */
  reports: number;
  platform: number;
  account: YearAccount;
  occasion: Occasion;
  receivedAt: number;
}

export type RepeatKind = "amendment" | "second-inlet" | "retraction";

/** Everything about a year that does not depend on where in it one is. */
export interface World {
  seed: string;
  profile: YearProfile;
  draw: Keyed;
  areas: readonly Area[];
  arrivals: Arrivals;
  crowd: YearCrowd;
  people: People;
  items: YearItems;
  choose: { incident: (draw: number) => IncidentType; habit: ReadonlyArray<(draw: number) => Habit> };
  /** How many reports the year has, those of surges included. */
  total: number;
  platformAt(index: number): YearPlatform;
  who(index: number): Who;
  /** The sender's own number of a report. */
  caseNumber(index: number): string;
  /** The earlier report that the one with this number says again, or null. */
  repeatOf(index: number): { of: number; by: RepeatKind } | null;
  /** Numbers of earlier reports of the person that the sender names, if it names any. */
  earlierNumbers(index: number, person: YearPerson, reports: number): string[];
}

export interface WorldOptions {
  seed: string | number;
  profile: YearProfile;
  /** Reports of the year; as many as were published when left out. A small year keeps the proportions. */
  total?: number | undefined;
  surges?: readonly Surge[] | undefined;
}

/** A report is sent again within so many days. */
const REPEAT_DAYS = 3;
/** Of those with more reports than this no earlier ones are looked for, so that each report costs about the same. */
const NAMED_UP_TO = 64;

/** Opens a year. It costs a few milliseconds and some hundred kilobytes, whatever the year's size. */
export function openWorld(options: WorldOptions): World {
  const { profile } = options;
  const seed = String(options.seed);
  const draw = keyed(seed);
  const senders: YearPlatform[] = [...profile.platforms];
  if (profile.dump !== null) senders.push(trainingSender(profile.dump.platform));
  const surges = options.surges ?? [];
  for (const { platform } of surges)
    if (!senders.some(({ id }) => id === platform))
      throw new RangeError(`simulateYear: ${platform} is no sender of ${profile.year}`);
  const arrivals = arrivalsOf(draw, {
    year: profile.year,
    total: options.total ?? profile.total,
    viralDays: profile.viralDays,
    surges: surges.map((surge) => ({
      ...surge,
      share: profile.platforms.find(({ id }) => id === surge.platform)?.share ?? 0,
    })),
    dump: profile.dump ?? { days: [], share: 0 },
  });
  const { total } = arrivals;
  const crowd = yearCrowd(draw, total, profile.people);
  const people = peopleOf(draw, profile, crowd.people);
  const tag = randomStream(seed, "year-case-number", profile.year).word().toString(16).padStart(8, "0");
  const caseNumber = (index: number) => `CASE-${tag}-${String(index + 1).padStart(9, "0")}`;

  /** Whoever comes only with a surge or a dump has a number of their own, behind all others. */
  const alone = (index: number) => crowd.people + index;
  const surged = surges.map(({ platform }) => senders.findIndex(({ id }) => id === platform));

  const makeWho = (index: number): Who => {
    const occasion = arrivals.occasion(index);
    const receivedAt = arrivals.at(index);
    const single = occasion.kind === "surge" || occasion.kind === "dump";
    const whom = single ? { person: alone(index), reports: 1 } : crowd.whom(index);
    const person = people.person(whom.person);
    const platform =
      occasion.kind === "dump"
        ? senders.length - 1
        : occasion.kind === "surge"
          ? (surged[occasion.surge] ?? 0)
          : platformOf(index, person);
    const account = people.account(person, platform, draw.unit("account-of", index), whom.reports);
    return { person, reports: whom.reports, platform, account, occasion, receivedAt };
  };
  const { accounts } = profile;
  const platformOf = (index: number, person: YearPerson): number => {
    const [usual = 0, ...others] = person.platforms;
    const drawn = others.length === 0 ? 1 : draw.unit("platform-of", index);
    return drawn < accounts.elsewhere
      ? (others[Math.floor((drawn / accounts.elsewhere) * others.length)] ?? usual)
      : usual;
  };

  // A report is looked at several times while it is made: the last answer is kept, and nothing older.
  let last: { index: number; who: Who } | undefined;
  const who = (index: number): Who => {
    if (last?.index !== index) last = { index, who: makeWho(index) };
    return last.who;
  };

  const { repeats } = profile;
  const again = repeats.amendment + repeats.secondInlet + repeats.retraction;
  const repeatWithin = Math.max(1, Math.round((total * REPEAT_DAYS) / 365));
  const isFirst = (index: number) =>
    draw.unit("repeat", index) >= again && arrivals.occasion(index).kind === "ordinary";

  return {
    seed,
    profile,
    draw,
    areas: UK_AREAS,
    arrivals,
    crowd,
    people,
    items: yearItems(draw, profile),
    choose: {
      incident: chooser(profile.incidents),
      habit: senders.map(({ habits }) => chooser(habits)),
    },
    total,
    platformAt: (index) => {
      const found = senders[index];
      if (found === undefined) throw new RangeError(`the year has no sender ${index}`);
      return found;
    },
    who,
    caseNumber,
    repeatOf(index) {
      const drawn = draw.unit("repeat", index);
      if (drawn >= again || index < 1 || arrivals.occasion(index).kind !== "ordinary") return null;
      const back = 1 + Math.floor(draw.unit("repeat-back", index) * Math.min(repeatWithin, index));
      const of = index - back;
      if (of < 0 || !isFirst(of)) return null;
      if (drawn < repeats.amendment) return { of, by: "amendment" };
      return { of, by: drawn < repeats.amendment + repeats.secondInlet ? "second-inlet" : "retraction" };
    },
    earlierNumbers(index, person, reports) {
      if (reports < 2 || reports > NAMED_UP_TO) return [];
      if (draw.unit("names-earlier", index) >= accounts.namesEarlier) return [];
      const before = crowd.reportsOf(person.number).filter((each) => each < index && isFirst(each));
      const found = before[Math.floor(draw.unit("names-which", index) * before.length)];
      // A sender knows its own reports only.
      if (found === undefined || platformOf(found, person) !== who(index).platform) return [];
      return [caseNumber(found)];
    },
  };
}

/** A sender that found known items in a heap of training data: hashes, and nothing about anybody. */
function trainingSender(id: string): YearPlatform {
  return {
    id,
    name: "Example Models",
    habits: [["hash-only", 1]],
    viewedShare: 0,
    localTime: false,
    share: 0,
    thinShare: 1,
    surfaces: [["cloud", 1]],
  };
}
