import type { Report } from "@fairlead/report";
import { compose, type SimulatedFile, type Writing } from "../compose.ts";
import { makeErrors } from "../mistakes.ts";
import { resolutionOf, type ArrestOf } from "../plan.ts";
import { errorsIn, tellTruth, type Repeat } from "../tell-truth.ts";
import type { InjectedError, Truth } from "../truth.ts";
import type { Surge } from "./arrivals.ts";
import { errorBits, tierOf, type CompactTruth } from "./compact.ts";
import { datedOutcomes, type DatedOutcome } from "./outcomes.ts";
import { silentErrors } from "./silent.ts";
import { openWorld, type World } from "./world.ts";
import { drawYearDraft, type YearDraft } from "./year-draft.ts";
import type { Surface, YearProfile } from "./year-profile.ts";
import { yearProfiles } from "./years.ts";

export interface SimulateYearOptions {
  /** 2019 to 2025, or a profile of one's own. */
  year: number | YearProfile;
  /** The same seed and options give the same reports, wherever one begins. */
  seed: string | number;
  /** Number of the first report, and of the one after the last; the whole year when left out. */
  from?: number;
  to?: number;
  /** Reports in the whole year: as many as were published when left out. A smaller year keeps the proportions, not the density. */
  total?: number;
  /** Days on which a sender sends many times as much as usual; the year is longer by as many. */
  surges?: readonly Surge[];
}

/** What is true about a report of a year, and what came of it when. */
export interface YearTruth extends Truth {
  /** UTC, ISO 8601. */
  receivedAt: string;
  /** Where on the platform it happened. */
  surface: Surface;
  /** Kinds of error that nothing in the report speaks against. */
  silent: string[];
  /** The planned outcomes with their days, as far off as a year and a half. */
  outcomes: DatedOutcome[];
}

/** A report as its sender hands it in, without material, with its truth in numbers; the whole truth is told when it is asked for. */
export interface YearReport {
  /** Its number in the year, from 0. */
  index: number;
  caseNumber: string;
  /** Milliseconds since 1970; reports come in this order. */
  receivedAt: number;
  report: Report;
  /** Always empty: hashes are those of an item's name. */
  files: SimulatedFile[];
  compact: CompactTruth;
  truth: () => YearTruth;
}

/** How many reports a year has, those of surges included. */
export function yearTotal(options: Pick<SimulateYearOptions, "year" | "seed" | "total" | "surges">): number {
  return worldOf(options).total;
}

/**
 * A year's reports, in the order in which they come in. Each is made from its number alone, so that a stream may begin anywhere at
 * the same cost, be split among workers and be taken up again; nothing is remembered from one report to the next.
 * @throws RangeError for a year or sender that is not known, or a range outside the year
 */
export function* simulateYear(options: SimulateYearOptions): Generator<YearReport, void, undefined> {
  const world = worldOf(options);
  const { from = 0, to = world.total } = options;
  if (!(from >= 0 && from <= to && to <= world.total))
    throw new RangeError(`simulateYear: ${from} to ${to} does not lie within 0 to ${world.total}`);
  for (let index = from; index < to; index += 1) yield reportAt(world, index);
}

function worldOf({ year, seed, total, surges }: SimulateYearOptions): World {
  return openWorld({ seed, profile: typeof year === "number" ? profileOf(year) : year, total, surges });
}

function profileOf(year: number): YearProfile {
  const profile = yearProfiles.get(year);
  if (profile !== undefined) return profile;
  const known = [...yearProfiles.keys()].join(", ");
  throw new RangeError(`simulateYear: nothing is known about ${year}; there are ${known}`);
}

function reportAt(world: World, index: number): YearReport {
  const { draw, profile } = world;
  const again = world.repeatOf(index);
  const receivedAt = world.arrivals.at(index);
  const draft = draftAt(world, index, again);
  const caseNumber = world.caseNumber(index);
  const writing: Writing = {
    seed: world.seed,
    caseNumber,
    amends: again === null || again.by === "second-inlet" ? null : world.caseNumber(again.of),
    retracts: again?.by === "retraction",
    material: "stand-in",
    review: "stated",
    zoneless: "field",
    listedShare: profile.listedShare,
    random: (part) => draw.random(part, draft.index),
    sending: draw.random("sending", index),
  };
  const written = compose(draft, writing);
  const { report } = written;
  const made = makeErrors(writing.random("errors"), report, draft.errors);
  const repeat: Repeat | null = again === null ? null : { of: world.caseNumber(again.of), by: again.by };
  const planning = (part: string) => draw.random(`plan-${part}`, index);
  const told = (): Truth =>
    tellTruth({
      profile: profile.id,
      areas: world.areas,
      draft,
      written,
      made,
      repeat,
      writing,
      startAt: receivedAt,
      arrestOf: arrestsOf(world, draft),
      about: () => NOT_DRAWN,
      random: planning,
    });
  return {
    index,
    caseNumber,
    receivedAt,
    report,
    files: [],
    get compact() {
      const resolution = resolutionOf(draft, { areas: world.areas, random: planning });
      const errors = errorsIn({ draft, written, made, writing, repeat }, resolution);
      return compactOf(index, draft, report, errors, resolution?.addressKind === "installation");
    },
    truth: () => {
      const truth = told();
      return {
        ...truth,
        receivedAt: new Date(receivedAt).toISOString(),
        surface: draft.surface,
        silent: silentErrors(draft, report, truth.errors),
        outcomes: datedOutcomes(
          draw.random("outcome-days", index),
          truth.plan.outcomes,
          truth.urgency,
          receivedAt,
        ),
      };
    },
  };
}

/** What the truth says of an item: a year's items have names and hashes, and nobody draws them. */
const NOT_DRAWN = "An item without a picture.";

function draftAt(world: World, index: number, again: ReturnType<World["repeatOf"]>): YearDraft {
  if (again === null) return drawYearDraft(world, index);
  const draft = drawYearDraft(world, again.of);
  if (again.by !== "second-inlet") return draft;
  // Another system of the platform sent it too, and its clock differs by less than a minute.
  return { ...draft, at: draft.at - Math.floor(world.draw.unit("second-clock", index) * 45_000) };
}

/**
 * Somebody is arrested over one of their reports: which one is drawn for the person, and where it lies in the order of time follows
 * from the numbers of all of theirs.
 */
function arrestsOf({ draw, crowd }: World, draft: YearDraft): ArrestOf {
  return (_, __, share) => {
    const { number } = draft.person;
    const own = number < crowd.people ? crowd.reportsOf(number) : [draft.index];
    const place = own.filter((each) => each < draft.index).length;
    // After how many referrals, each of which leads to it with the same chance: a geometric draw.
    const after = Math.floor(Math.log(1 - draw.unit("arrest", number)) / Math.log(1 - share));
    if (place > after) return "earlier";
    return place === after ? "now" : "no";
  };
}

function compactOf(
  index: number,
  draft: YearDraft,
  report: Report,
  errors: readonly InjectedError[],
  resolved: boolean,
): CompactTruth {
  return {
    index,
    person: draft.person.number,
    account: draft.nameless ? null : draft.account.number,
    force: draft.person.area,
    tier: tierOf(draft.urgency),
    errors: errorBits(errors.map(({ kind }) => kind)),
    silent: errors.length === 0 ? 0 : errorBits(silentErrors(draft, report, errors)),
    resolved,
    items: draft.files.map(({ item }) => item.number),
    viral: draft.files.flatMap(({ item }) => (item.viral ? [item.number] : [])),
  };
}
