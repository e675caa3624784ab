import type { EvidenceId, PersonKey } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import { shorten, type Reason } from "../input/reason.ts";
import type { AttributeName, Attributes, Graded } from "./attribute.ts";
import { clockAt, shortestClock, type Clock } from "./clock.ts";
import { bindingOf, gapOf, isSafeguard, type Level, type LevelFlags } from "./level.ts";
import { strongestLine, type Line } from "./line.ts";
import { because, UNKNOWN_CODES } from "./messages.ts";
import { PRESERVE } from "./requests.ts";
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

/** Grades a report by its strongest line of proof, and explains the grade (agency.md 4.1, 4.2). */
export function sufficiencyOf(the: Case): Sufficiency {
  return explained(strongestLine(the), the);
}

/** A line of proof in words: what proves it, what holds it down, what to ask next. */
export function explained(line: Line, the: Case): Sufficiency {
  const { attributes, flags, level } = line;
  const graded = {
    offence: trimmed(line.evidence.offence),
    attribution: trimmed(line.person.attribution),
    place: trimmed(line.person.place),
    time: trimmed(line.person.time),
    integrity: trimmed(line.evidence.integrity),
  };
  const clocks = clocksOf(line, the);
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
    reasons: levelReasons(line, the),
    unknown: unknowns(graded, line, the),
    clocks,
    ...(clock === undefined ? {} : { clock }),
    ruleVersion: the.rules.version,
  };
}

/** The clocks that run: of the data behind the line and, for an L4, of its own freshness. */
export function clocksOf({ level, person }: Line, { now, rules }: Case): Clock[] {
  const { clocks } = person.time;
  if (level !== "L4" || person.newest === undefined) return clocks;
  const currency = clockAt("currency", person.newest + rules.currencyDays * 86_400_000, "", now);
  return currency === undefined ? clocks : [...clocks, currency];
}

/** Why the line has its level, its proofs last. */
export function levelReasons({ attributes, flags, person, evidence, victims }: Line, the: Case): Reason[] {
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

function unknowns(graded: Sufficiency["graded"], { victims }: Line, the: Case): Reason[] {
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
