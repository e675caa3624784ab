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
  const { attribute, at, cures, heldBy } = rule;
  if (!at.includes(rank(attributes[attribute]))) return false;
  if (cures !== undefined && !nearMisses.some((holds) => holds.every((code) => isAmong(cures, code))))
    return false;
  return heldBy === undefined || graded[attribute].holds.some(({ code }) => isAmong(heldBy, code));
}

function isAmong(codes: readonly string[], code: string): boolean {
  return codes.includes(code);
}

function requestFor(rule: RequestRule, { attributes, flags, graded }: Standing): NextRequest {
  const relevant: readonly string[] | undefined = rule.cures ?? rule.heldBy;
  const holds = new Set<string>();
  for (const { code } of graded[rule.attribute].holds)
    if (relevant === undefined || relevant.includes(code)) holds.add(code);
  return {
    ...wording(rule),
    from: attributes[rule.attribute],
    to: SCALES[rule.attribute][rule.to] ?? attributes[rule.attribute],
    expectedLevel: levelOf(answered(rule, attributes), flags),
    because: [...holds],
  };
}

/** The attributes after a good answer. */
function answered({ attribute, to, also = [] }: RequestRule, attributes: Attributes): Attributes {
  return also.reduce((raised, more) => raisedTo(raised, more), raisedTo(attributes, { attribute, to }));
}

function raisedTo(
  attributes: Attributes,
  { attribute, to }: { attribute: AttributeName; to: number },
): Attributes {
  return to > rank(attributes[attribute]) ? withRank(attributes, attribute, to) : attributes;
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
