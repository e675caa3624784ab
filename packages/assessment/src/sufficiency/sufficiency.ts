import type { EvidenceId, Person, PersonKey } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import { shorten, type Reason } from "../input/reason.ts";
import {
  rank,
  type AttributeName,
  type Attributes,
  type Graded,
  type Integrity,
  type Offence,
  type PlaceGrade,
} from "./attribute.ts";
import { attributionOf, type GradedAttribution } from "./attribution.ts";
import { clockAt, shortestClock, type Clock } from "./clock.ts";
import { groupsOf } from "./group.ts";
import { integrityOf } from "./integrity.ts";
import { bindingOf, gapOf, isSafeguard, levelNumber, levelOf, type Level, type LevelFlags } from "./level.ts";
import { because, UNKNOWN_CODES } from "./messages.ts";
import { offenceOfEvidence, offenceOfReport } from "./offence.ts";
import { placeOf } from "./place.ts";
import { PRESERVE } from "./requests.ts";
import { timeOf, type GradedTime } from "./time.ts";
import { wouldRaise, type NextRequest } from "./would-raise.ts";

/** What a report can support, and why. Decision support: a person signs. */
export interface Sufficiency {
  level: Level;
  attributes: Attributes;
  /** What proves each value, and what holds it down. */
  graded: { [Name in AttributeName]: Graded<Attributes[Name]> };
  /** The evidence and the person that these values belong to: the strongest line of proof in the report. */
  line: { evidence?: EvidenceId; person?: PersonKey };
  /** A child can be looked for although little points to a suspect. */
  safeguard: boolean;
  flags: LevelFlags;
  /** Attributes whose rise by one step changes the level. */
  binding: AttributeName[];
  /** Attributes short of the next level, and the rank that each needs. */
  gap: Partial<Record<AttributeName, number>>;
  /** Questions that would raise the level; the first is the best single one. */
  wouldRaise: NextRequest[];
  /** What to ask so that nothing is lost. */
  wouldHold: {
    id: string;
    askWhom: string;
    askFor: string;
    route: { uk: string; us: string };
    clock: Clock;
  }[];
  reasons: Reason[];
  /** What is not known. Unknown is never no. */
  unknown: Reason[];
  clocks: Clock[];
  /** The clock that runs out first. */
  clock?: Clock;
  ruleVersion: string;
}

interface EvidenceSide {
  evidence?: EvidenceId;
  offence: Graded<Offence>;
  integrity: Graded<Integrity>;
}

interface PersonSide {
  person?: PersonKey;
  attribution: GradedAttribution;
  place: Graded<PlaceGrade>;
  time: GradedTime;
  current: boolean;
  newest?: number;
}

interface Line {
  evidence: EvidenceSide;
  person: PersonSide;
  attributes: Attributes;
  flags: LevelFlags;
  level: Level;
}

/**
 * Grades a report (agency.md 4.1, 4.2).
 *
 * A warrant needs an offence and a person, so each level is a conjunction over one line of proof: one piece of evidence and one
 * person. The report has the level of its strongest line. A viewed file and another file's intact hash do not add up.
 */
export function sufficiencyOf(the: Case): Sufficiency {
  const victims = the.report.persons.flatMap((person, index) =>
    person.role === "victim" && isIdentified(person) ? [`/report/persons/${index}`] : [],
  );
  const line = strongest(evidenceSides(the), personSides(the), victims.length > 0);
  const { attributes, flags, level } = line;
  const graded = {
    offence: trimmed(line.evidence.offence),
    attribution: trimmed(line.person.attribution),
    place: trimmed(line.person.place),
    time: trimmed(line.person.time),
    integrity: trimmed(line.evidence.integrity),
  };
  const clocks = [...line.person.time.clocks, ...currencyClock(line, the)];
  const clock = shortestClock(clocks);
  const retention = shortestClock(line.person.time.clocks);
  return {
    level,
    attributes,
    graded,
    line: {
      ...(line.evidence.evidence === undefined ? {} : { evidence: line.evidence.evidence }),
      ...(line.person.person === undefined ? {} : { person: line.person.person }),
    },
    safeguard: isSafeguard(attributes, flags),
    flags,
    binding: bindingOf(attributes, flags),
    gap: gapOf(attributes, flags),
    wouldRaise: wouldRaise({ attributes, flags, graded, nearMisses: line.person.attribution.nearMisses }),
    wouldHold:
      retention !== undefined && retention.daysLeft < the.rules.preserveBelowDays
        ? [{ ...PRESERVE, clock: retention }]
        : [],
    reasons: levelReasons(line, victims, the),
    unknown: unknowns(graded, victims, the),
    clocks,
    ...(clock === undefined ? {} : { clock }),
    ruleVersion: the.rules.version,
  };
}

function evidenceSides(the: Case): EvidenceSide[] {
  const items = the.report.evidence.map((item, index) => ({ item, path: `/report/evidence/${index}` }));
  const documents = items
    .filter(({ item }) => item.kind === "wire-document")
    .map(({ item, path }) => integrityOf(item, path, the));
  const none = because("integrity.not-received", "/report/evidence", the.sender);
  // The report's own words are as well held as the document that they came in.
  const asDocument = documents.sort((a, b) => rank(b.value) - rank(a.value))[0] ?? {
    value: "I0" as const,
    reasons: [none],
    holds: [none],
  };
  return [
    { offence: offenceOfReport(the), integrity: asDocument },
    ...items
      .filter(({ item }) => item.kind !== "wire-document")
      .map(({ item, path }) => ({
        evidence: item.id,
        offence: offenceOfEvidence(item, path, the),
        integrity: integrityOf(item, path, the),
      })),
  ];
}

function personSides(the: Case): PersonSide[] {
  const { currencyDays } = the.rules;
  const linked = the.context.lastLinkedActivityAt;
  return groupsOf(the.report).map((group) => {
    const time = timeOf(group, the);
    const own = time.newestActivity;
    const elsewhere = linked === undefined ? Number.NaN : Date.parse(linked);
    const usable = elsewhere <= the.now + the.rules.clockToleranceSeconds * 1000;
    const newest = usable ? Math.max(own ?? elsewhere, elsewhere) : own;
    return {
      ...(group.key === undefined ? {} : { person: group.key }),
      attribution: attributionOf(group, the),
      place: placeOf(group, the),
      time,
      current: newest !== undefined && the.now - newest <= currencyDays * 86_400_000,
      ...(newest === undefined ? {} : { newest }),
    };
  });
}

/** The line with the highest level; among equals the one with more offence, then more attribution, time, integrity, place. */
function strongest(
  evidence: readonly EvidenceSide[],
  persons: readonly PersonSide[],
  victimIdentified: boolean,
): Line {
  const order = ["offence", "attribution", "time", "integrity", "place"] as const;
  const better = (a: Line, b: Line) => {
    if (a.level !== b.level) return levelNumber(a.level) > levelNumber(b.level);
    const name = order.find((each) => a.attributes[each] !== b.attributes[each]);
    return name !== undefined && rank(a.attributes[name]) > rank(b.attributes[name]);
  };
  let best: Line | undefined;
  for (const person of distinct(persons, personRanks))
    for (const item of distinct(evidence, evidenceRanks)) {
      const attributes: Attributes = {
        offence: item.offence.value,
        attribution: person.attribution.value,
        place: person.place.value,
        time: person.time.value,
        integrity: item.integrity.value,
      };
      const flags = { victimIdentified, current: person.current };
      const line: Line = { evidence: item, person, attributes, flags, level: levelOf(attributes, flags) };
      if (best === undefined || better(line, best)) best = line;
    }
  if (best === undefined) throw new Error("sufficiency: a report has at least one line of proof");
  return best;
}

/** The first side of each set of ranks: at most 20 for evidence and 160 for persons, however large the report. */
function distinct<Side>(sides: readonly Side[], ranks: (side: Side) => string): Side[] {
  const first = new Map<string, Side>();
  for (const side of sides) {
    const key = ranks(side);
    if (!first.has(key)) first.set(key, side);
  }
  return [...first.values()];
}

const evidenceRanks = (side: EvidenceSide) => side.offence.value + side.integrity.value;
const personRanks = (side: PersonSide) =>
  `${side.attribution.value}${side.place.value}${side.time.value}${side.current}`;

/** Enough to look for the child: a handle, a name, a school, or an address. */
function isIdentified(person: Person): boolean {
  return (
    person.identifiers.some(({ kind }) => kind !== "group") ||
    person.lastName !== undefined ||
    person.school !== undefined ||
    person.places.some((place) => place.street !== undefined || place.postcode !== undefined)
  );
}

function currencyClock({ level, person }: Line, { now, rules }: Case): Clock[] {
  if (level !== "L4" || person.newest === undefined) return [];
  const clock = clockAt("currency", person.newest + rules.currencyDays * 86_400_000, "", now);
  return clock === undefined ? [] : [clock];
}

function levelReasons(
  { attributes, flags, person, evidence }: Line,
  victims: readonly string[],
  the: Case,
): Reason[] {
  const [victim] = victims;
  return [
    ...(attributes.offence === "O1" ? [because("level.metadata-alone", "", the.rule)] : []),
    ...(isSafeguard(attributes, flags) && victim !== undefined
      ? [because("level.safeguard", victim, the.sender)]
      : []),
    ...(attributes.attribution === "A4" && !flags.current
      ? [because("level.not-current", "", the.rule, { days: the.rules.currencyDays })]
      : []),
    ...shorten([
      ...evidence.offence.reasons,
      ...person.attribution.reasons,
      ...person.place.reasons,
      ...person.time.reasons,
      ...evidence.integrity.reasons,
    ]),
  ];
}

function unknowns(graded: Sufficiency["graded"], victims: readonly string[], the: Case): Reason[] {
  return [
    ...Object.values(graded).flatMap(({ holds }) => holds.filter(({ code }) => UNKNOWN_CODES.has(code))),
    ...(victims.length === 0 ? [because("victim.unknown", "/report/persons", the.sender)] : []),
  ];
}

function trimmed<Value extends Attributes[AttributeName]>({
  value,
  reasons,
  holds,
}: Graded<Value>): Graded<Value> {
  return { value, reasons: shorten(reasons), holds: shorten(holds) };
}
