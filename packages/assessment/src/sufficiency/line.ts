import type { EvidenceId, PersonKey } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { Reason } from "../input/reason.ts";
import {
  rank,
  type Attributes,
  type Graded,
  type Integrity,
  type Offence,
  type PlaceGrade,
} from "./attribute.ts";
import { isIdentified } from "../safeguarding/child.ts";
import { attributionOf, type GradedAttribution } from "./attribution.ts";
import { readGroup } from "./event-address.ts";
import { groupsOf } from "./group.ts";
import { integrityOf } from "./integrity.ts";
import { levelNumber, levelOf, type Level, type LevelFlags } from "./level.ts";
import { because } from "./messages.ts";
import { offenceOfEvidence, offenceOfReport } from "./offence.ts";
import { placeOf } from "./place.ts";
import { timeOf, type GradedTime } from "./time.ts";

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

/** One line of proof: one piece of evidence, or the report's own words, and one person. */
export interface Line {
  evidence: EvidenceSide;
  person: PersonSide;
  attributes: Attributes;
  flags: LevelFlags;
  level: Level;
  /** JSON Pointers to the victims that somebody can look for. */
  victims: readonly string[];
}

/**
 * The strongest line of proof in a report (agency.md 4.2). A warrant needs an offence and a person, so each level is a conjunction
 * over one line: a viewed file and another file's intact hash do not add up.
 */
export function strongestLine(the: Case): Line {
  const victims = the.report.persons.flatMap((person, index) =>
    person.role === "victim" && isIdentified(person) ? [`/report/persons/${index}`] : [],
  );
  return strongest(evidenceSides(the), personSides(the), victims);
}

function evidenceSides(the: Case): EvidenceSide[] {
  const sides: EvidenceSide[] = [];
  let document: Graded<Integrity> | undefined;
  the.report.evidence.forEach((item, index) => {
    const path = `/report/evidence/${index}`;
    const integrity = integrityOf(item, path, the);
    if (item.kind !== "wire-document")
      sides.push({ evidence: item.id, offence: offenceOfEvidence(item, path, the), integrity });
    else if (document === undefined || rank(integrity.value) > rank(document.value)) document = integrity;
  });
  const none = because("integrity.not-received", "/report/evidence", the.sender);
  // The report's own words are as well held as the document that they came in.
  const words = { offence: offenceOfReport(the), integrity: document ?? notReceived(none) };
  return [words, ...sides];
}

function notReceived(none: Reason): Graded<Integrity> {
  return { value: "I0", reasons: [none], holds: [none] };
}

function personSides(the: Case): PersonSide[] {
  const { currencyDays } = the.rules;
  const linked = the.context.lastLinkedActivityAt;
  const { answers = [] } = the.context;
  return (answers.length === 0 ? the.groups : groupsOf(the.report, answers)).map((each) => {
    const group = readGroup(each, the);
    const time = timeOf(group, the);
    const own = time.newestActivity;
    const elsewhere = linked === undefined ? Number.NaN : Date.parse(linked);
    const usable = elsewhere <= the.now + the.rules.clockToleranceSeconds * 1000;
    const newest = usable ? Math.max(own ?? elsewhere, elsewhere) : own;
    const side: PersonSide = {
      attribution: attributionOf(group, the),
      place: placeOf(group, the),
      time,
      current: newest !== undefined && the.now - newest <= currencyDays * 86_400_000,
    };
    if (group.key !== undefined) side.person = group.key;
    if (newest !== undefined) side.newest = newest;
    return side;
  });
}

/** The line with the highest level; among equals the one with more offence, then more attribution, time, integrity, place. */
function strongest(
  evidence: readonly EvidenceSide[],
  persons: readonly PersonSide[],
  victims: readonly string[],
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
      const flags = { victimIdentified: victims.length > 0, current: person.current };
      const level = levelOf(attributes, flags);
      const line: Line = { evidence: item, person, attributes, flags, level, victims };
      if (best === undefined || better(line, best)) best = line;
    }
  if (best === undefined) throw new Error("sufficiency: a report has at least one line of proof");
  return best;
}

/** The first side of each set of ranks: at most 20 for evidence and 160 for persons, however large the report. */
function distinct<Side>(sides: readonly Side[], ranks: (side: Side) => string): readonly Side[] {
  if (sides.length === 1) return sides;
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
