import { epochMs, type Claim, type Report } from "@fairlead/report";
import { caseOf } from "../input/case.ts";
import type { AssessmentContext } from "../input/context.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { ATTRIBUTE_NAMES, type AttributeName, type Attributes } from "../sufficiency/attribute.ts";
import { levelNumber, type Level } from "../sufficiency/level.ts";
import { sufficiencyOf } from "../sufficiency/sufficiency.ts";
import { EVENT_ITEMS } from "./event-items.ts";
import { FILE_ITEMS } from "./file-items.ts";
import { type Item, ITEM_IDS, type ItemId, type Stated } from "./item.ts";
import { PERSON_ITEMS } from "./person-items.ts";

/** Something that a report lacks, and what it would be worth alone, with everything else as it is. */
export interface MissingItem {
  id: ItemId;
  text: string;
  /** JSON Pointers into `{ report, claims }` to where it is missing. */
  paths: string[];
  level: Level;
  /** The attributes that rise with it. */
  lifts: { attribute: AttributeName; from: string; to: string }[];
}

/** What a report is graded, and what its sender could have sent. */
export interface WhatIsMissing {
  level: Level;
  /** In the order of `ITEM_IDS`. */
  items: MissingItem[];
  /** The fewest items that together give a higher level; of as few, the ones that cost a sender least. Absent where none do. */
  next?: { level: Level; items: ItemId[] };
  /** With everything on the list. */
  whole: Level;
}

const ITEMS = [...FILE_ITEMS, ...EVENT_ITEMS, ...PERSON_ITEMS].toSorted(
  (a, b) => ITEM_IDS.indexOf(a.id) - ITEM_IDS.indexOf(b.id),
);

/** More than that at once is no next step. */
const TOGETHER = 4;
const HOUR_MS = 3_600_000;

/**
 * What each missing item costs in level (agency.md 4.2, 4.3), found by grading the report as if it were there. It is a statement about
 * the report, never about the case: what would be in the item nobody knows.
 * @param now milliseconds since 1970
 */
export function whatIsMissing(
  report: Report,
  claims: readonly Claim[],
  context: AssessmentContext,
  rules: RuleSet,
  now: number,
): WhatIsMissing {
  const at = uploadOf(report, context, now);
  const gradeOf = (stated: Stated) =>
    sufficiencyOf(caseOf(stated.report, stated.claims, context, rules, now));
  const before = gradeOf({ report, claims });
  const lacking = ITEMS.flatMap((item) => {
    const { paths, ...filled } = item.supply({ report, claims }, at);
    if (paths.length === 0) return [];
    const { level, attributes } = gradeOf(filled);
    return [
      {
        item,
        missing: {
          id: item.id,
          text: item.text,
          paths,
          level,
          lifts: liftsOf(before.attributes, attributes),
        },
      },
    ];
  });
  const items = lacking.map(({ missing }) => missing);
  const having = (some: readonly Item[]) =>
    gradeOf(some.reduce<Stated>((stated, item) => item.supply(stated, at), { report, claims })).level;
  const next = fewest(
    lacking.map(({ item }) => item),
    (some) => levelNumber(having(some)) > levelNumber(before.level),
  );
  return {
    level: before.level,
    items,
    ...(next === undefined ? {} : { next: { level: having(next), items: next.map(({ id }) => id) } }),
    whole: having(lacking.map(({ item }) => item)),
  };
}

/** When the upload may have been: at the time of the incident, or, where that is not certain, shortly before the report. */
function uploadOf(
  { incident }: Report,
  { firstReportedAt, receivedAt }: AssessmentContext,
  now: number,
): number {
  const reported = Date.parse(firstReportedAt ?? receivedAt);
  const latest = Number.isNaN(reported) ? now : Math.min(reported, now);
  const occurred = epochMs(incident.occurred);
  return occurred !== undefined && occurred < latest ? occurred : latest - HOUR_MS;
}

function liftsOf(before: Attributes, after: Attributes): MissingItem["lifts"] {
  return ATTRIBUTE_NAMES.flatMap((attribute) =>
    after[attribute] > before[attribute]
      ? [{ attribute, from: before[attribute], to: after[attribute] }]
      : [],
  );
}

/** The first of the smallest choices that is enough. */
function fewest(items: readonly Item[], isEnough: (some: readonly Item[]) => boolean): Item[] | undefined {
  for (let size = 1; size <= Math.min(TOGETHER, items.length); size += 1)
    for (const some of choices(items, size)) if (isEnough(some)) return some;
  return undefined;
}

/** All choices of so many, in the order of the list. */
function* choices(items: readonly Item[], size: number): Generator<Item[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [index, item] of items.entries())
    for (const rest of choices(items.slice(index + 1), size - 1)) yield [item, ...rest];
}
