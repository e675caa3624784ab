import { rank, SCALES, withRank, type AttributeName, type Attributes, type Graded } from "./attribute.ts";
import { gapOf, levelNumber, levelOf, type Level, type LevelFlags } from "./level.ts";
import { FLAG_REQUESTS, REQUEST_RULES, type RequestRule } from "./requests.ts";

/** One question that would raise the level, with what a good answer would give. */
export interface NextRequest {
  id: string;
  attribute: AttributeName;
  from: string;
  to: string;
  askWhom: string;
  askFor: string;
  route: { uk: string; us: string };
  /** The level that a good answer would give; the same as now where it takes more than this one answer. */
  expectedLevel: Level;
  /** The reasons that it answers. */
  because: string[];
}

/** Where a report stands, as far as questions are concerned. */
export interface Standing {
  attributes: Attributes;
  flags: LevelFlags;
  graded: { [Name in AttributeName]: Graded<Attributes[Name]> };
  /** See `GradedAttribution.nearMisses`. */
  nearMisses: readonly (readonly string[])[];
}

/**
 * The questions worth asking, best first: the highest level that one answer would give, then those that close a gap to the next
 * level, then the cheapest. Whenever one step of one attribute would raise the level, the first question does.
 */
export function wouldRaise(standing: Standing): NextRequest[] {
  const { attributes, flags } = standing;
  const level = levelNumber(levelOf(attributes, flags));
  const gap = gapOf(attributes, flags);
  const candidates = [
    ...REQUEST_RULES.filter((rule) => applies(rule, standing)).map((rule) => requestFor(rule, standing)),
    ...FLAG_REQUESTS.filter((rule) => rule.sets !== undefined && !flags[rule.sets]).map((rule) =>
      flagRequest(rule, standing),
    ),
  ];
  const worth = (request: NextRequest) => levelNumber(request.expectedLevel);
  const closes = (request: NextRequest) => (gap[request.attribute] === undefined ? 1 : 0);
  return candidates
    .filter(
      (request) =>
        worth(request) > level || (request.from !== request.to && gap[request.attribute] !== undefined),
    )
    .sort((a, b) => worth(b) - worth(a) || closes(a) - closes(b));
}

function applies(rule: RequestRule, { attributes, graded, nearMisses }: Standing): boolean {
  if (!rule.at.includes(rank(attributes[rule.attribute]))) return false;
  const cures: ReadonlySet<string> = new Set(rule.cures);
  if (rule.cures !== undefined && !nearMisses.some((holds) => holds.every((code) => cures.has(code))))
    return false;
  const heldBy: ReadonlySet<string> = new Set(rule.heldBy);
  return rule.heldBy === undefined || graded[rule.attribute].holds.some(({ code }) => heldBy.has(code));
}

function requestFor(rule: RequestRule, { attributes, flags, graded }: Standing): NextRequest {
  const answered = [{ attribute: rule.attribute, to: rule.to }, ...(rule.also ?? [])].reduce(
    (raised, { attribute, to }) => (to > rank(raised[attribute]) ? withRank(raised, attribute, to) : raised),
    attributes,
  );
  const relevant: ReadonlySet<string> = new Set(rule.cures ?? rule.heldBy);
  const holds = graded[rule.attribute].holds.map(({ code }) => code);
  return {
    ...wording(rule),
    from: attributes[rule.attribute],
    to: SCALES[rule.attribute][rule.to] ?? attributes[rule.attribute],
    expectedLevel: levelOf(answered, flags),
    because: [...new Set(relevant.size === 0 ? holds : holds.filter((code) => relevant.has(code)))],
  };
}

function flagRequest(rule: RequestRule, { attributes, flags }: Standing): NextRequest {
  const value = attributes[rule.attribute];
  return {
    ...wording(rule),
    from: value,
    to: value,
    expectedLevel: levelOf(attributes, rule.sets === undefined ? flags : { ...flags, [rule.sets]: true }),
    because: [rule.sets === "current" ? "level.not-current" : "victim.unknown"],
  };
}

function wording({ id, attribute, askWhom, askFor, route }: RequestRule) {
  return { id, attribute, askWhom, askFor, route };
}
