import type { Assessment, Doubt, Reason } from "@fairlead/assessment";
import { ATTRIBUTE_NAMES, DOUBTS } from "@fairlead/assessment";
import type { Station } from "../context.ts";
import type { AssessmentView } from "../desk-api/contract.ts";
import { levelText, tierText } from "../desk-api/words.ts";
import { sourceText } from "../desk-api/claim-words.ts";

/** What an assessment attribute's value means, in plain words (agency.md 4.1). */
const ATTRIBUTE_TEXT: Record<string, string> = {
  O0: "No offence stated",
  O1: "Inference only",
  O2: "Content nobody has viewed, or an unauthenticated statement",
  O3: "Viewed in full, exactly matched to graded material, or proven by message franking",
  O4: "Viewed and graded by trained staff",
  A0: "Nobody named",
  A1: "A name that somebody chose for themselves",
  A2: "An account, or an address that cannot name a subscriber yet",
  A3: "An event that can name a subscriber",
  A4: "Resolved to one installation address",
  P0: "Place unknown",
  P1: "Country known",
  P2: "A hint at a force",
  P3: "Resolved address",
  T0: "No time",
  T1: "Time is ambiguous",
  T2: "Exact, but outside the time that data is kept",
  T3: "Exact, and data is still kept",
  I0: "Hearsay copy",
  I1: "Received, not matching what was declared",
  I2: "Recorded at receipt from a known sender",
  I3: "Proven back to its origin",
};

/** One from before doubts were kept has none. */
type StoredAssessment = Omit<Assessment, "doubts"> & Partial<Pick<Assessment, "doubts">>;

/** An assessment as the desk shows it. */
export function assessmentView(
  station: Station,
  { sufficiency, urgency, assessedAt, ruleVersion, doubts }: StoredAssessment,
): AssessmentView {
  return {
    at: assessedAt,
    ruleVersion,
    level: sufficiency.level,
    levelText: levelText(sufficiency.level),
    attributes: ATTRIBUTE_NAMES.map((attribute) => {
      const { value, reasons, holds } = sufficiency.graded[attribute];
      return {
        attribute,
        value,
        text: ATTRIBUTE_TEXT[value] ?? value,
        binding: sufficiency.binding.includes(attribute),
        reasons: [...reasons, ...holds].map(reasonView),
      };
    }),
    wouldRaise: sufficiency.wouldRaise.map((request) => ({
      attribute: request.attribute,
      from: request.from,
      to: request.to,
      ask: request.askWhom,
      what: request.askFor,
      route: request.route.uk,
      expectedLevel: request.expectedLevel,
    })),
    tier: urgency.tier,
    tierText: tierText(urgency.tier),
    tierReasons: urgency.reasons.map(reasonView),
    doubts: (doubts ?? []).map(doubtView),
    unknown: [...urgency.unknown, ...sufficiency.unknown].map((reason) => reason.text),
    ...clockOf(station, sufficiency.clock),
  };
}

/** What a doubt about a time or an address holds down, as the grade's attributes are called. */
const HELD = { time: "time", address: "attribution", nothing: undefined } as const;

function doubtView({ code, path, stated, couldBe, text, ask }: Doubt): AssessmentView["doubts"][number] {
  const attribute = HELD[DOUBTS[code].holds];
  const held = attribute === undefined ? {} : { attribute };
  return { code, ...held, path, stated, couldBe: [...couldBe], text, whom: ask.whom, what: ask.what };
}

function reasonView(reason: Reason): AssessmentView["tierReasons"][number] {
  return { code: reason.code, path: reason.path, text: reason.text, source: sourceText(reason.source) };
}

/** The clock that ends first, in words of the rule that it runs by. */
export function clockOf(
  station: Station,
  clock: Assessment["sufficiency"]["clock"],
): { clock?: { endsAt: string; what: string } } {
  if (clock === undefined) return {};
  const rule = station.rules.retention.find((found) => found.id === clock.id);
  return {
    clock: {
      endsAt: clock.expiresAt,
      what: rule?.text ?? "The newest activity must be recent for a warrant.",
    },
  };
}
