import type { IncidentType } from "@fairlead/report";
import type { UrgencyFacts } from "./facts.ts";
import { onFlags, type Sighting, type UrgencyRule } from "./trigger.ts";

/**
 * The urgency rules of agency.md 4.4, from public sources only; where that table is silent, the comment says what was chosen.
 * Every rule looks for something that is there and none for something that is absent. So no statement can lower a tier: neither a
 * viral mark, nor "made by AI", nor age, nor a no. Only a person lowers.
 */
export const URGENCY_RULES: readonly UrgencyRule[] = [
  onFlags("r1.live-abuse", "R1", "Abuse is said to be going on, or was streamed live.", [
    "live-abuse",
    "live-stream",
  ]),
  onFlags("r1.threat-to-life", "R1", "There is a threat to life.", ["threat-to-life"]),
  onFlags("r1.child-suicide-risk", "R1", "A child may take their own life.", ["child-suicide-risk"]),
  onFlags("r1.meeting", "R1", "A meeting with a child is arranged within 72 hours.", ["meeting-within-72h"]),
  onFlags("r1.abduction", "R1", "A child may have been abducted.", ["abduction"]),
  onFlags("r1.adult-with-child", "R1", "An adult of concern is with a child now.", ["adult-with-child"]),
  {
    id: "r1.escalated",
    tier: "R1",
    text: "The sender asks for immediate attention and says why.",
    find: (facts) => facts.kind("escalation"),
  },

  onFlags("r2.home-production", "R2", "The material looks as if it was made at home.", ["home-production"]),
  onFlags("r2.contact-admission", "R2", "The person is said to have admitted contact abuse.", [
    "contact-admission",
  ]),
  // Chosen: the sender's own incident type "contact abuse" says as much as an admission.
  onIncident("r2.contact-abuse", "R2", "The sender reports contact abuse of a child.", ["contact-abuse"]),
  {
    id: "r2.enticement-of-identified-child",
    tier: "R2",
    text: "A child who can be identified is being enticed.",
    find: identifiedChildEnticed,
  },
  // Chosen: a child under threat is being harmed now, whether or not the threat is about money.
  onFlags("r2.sextortion", "R2", "A child is being blackmailed with images.", ["sextortion"]),
  onFlags("r2.contact-record", "R2", "The person is known for contact offences.", ["contact-record"]),
  {
    id: "r2.trust-with-access",
    tier: "R2",
    text: "The person holds a position of trust and has access to children.",
    find: (facts) => both(facts.yes("position-of-trust"), facts.yes("access-to-children")),
  },
  onFlags("r2.infant", "R2", "The material shows an infant.", ["infant"]),
  onFlags("r2.sadistic", "R2", "The abuse is sadistic or does bodily harm.", ["sadistic", "physical-harm"]),
  onFlags("r2.repeat-target", "R2", "The child has been targeted before.", ["repeat-target"]),

  onFlags("r3.grooming", "R3", "A child is being groomed or solicited.", ["grooming", "solicitation"]),
  onIncident("r3.enticement", "R3", "The sender reports enticement of a child.", [
    "enticement",
    "obscene-to-child",
  ]),
  // Chosen: trafficking and travel for abuse are named by no tier; the commercial rule is the nearest.
  onIncident("r3.trafficking-or-travel", "R3", "The sender reports trafficking or travel for abuse.", [
    "trafficking",
    "travel",
  ]),
  onFlags("r3.distribution", "R3", "Material is being passed on.", ["distribution"]),
  // Animal and sadistic content are category A in the United Kingdom (Sentencing Council, 2014).
  onFlags("r3.category-a-content", "R3", "The content would be of the gravest category.", [
    "violence",
    "animal",
  ]),
  {
    id: "r3.category-a",
    tier: "R3",
    text: "Graded category A.",
    find: (facts) => facts.kind("uk-category").filter(({ states }) => states.category === "A"),
  },
  onFlags("r3.group-hosting", "R3", "The person runs or hosts a group.", ["group-hosting"]),
  onFlags("r3.commercial", "R3", "It is done for money.", ["commercial"]),
  onFlags("r3.multiple-platforms", "R3", "The person is active on several platforms.", [
    "multiple-platforms",
  ]),
  onFlags("r3.access-to-children", "R3", "The person is known to have access to children.", [
    "access-to-children",
  ]),
  // Chosen: trust without known access is less than trust with access; unknown access is not no access.
  onFlags("r3.position-of-trust", "R3", "The person holds a position of trust.", ["position-of-trust"]),
  onFlags("r3.coercion", "R3", "There is coercion.", ["coercion"]),

  {
    id: "r4.several-items",
    tier: "R4",
    text: "More than one item of material.",
    find: severalItems,
  },
  onFlags("r4.several-events", "R4", "It happened several times.", ["several-events"]),
  onFlags("r4.escalating", "R4", "It is getting worse.", ["escalating"]),
  {
    id: "r4.graded",
    tier: "R4",
    // Chosen: somebody who judged the material found it to be abuse; that is more than a list's match.
    text: "Somebody has graded the material as abuse.",
    find: (facts) => [...facts.kind("industry-grade"), ...facts.kind("uk-category")],
  },

  {
    id: "r5.reported",
    tier: "R5",
    text: "A report with no other signal.",
    find: (facts) => [{ path: "/report", source: facts.the.sender }],
  },
];

function onIncident(
  id: string,
  tier: UrgencyRule["tier"],
  text: string,
  types: readonly IncidentType[],
): UrgencyRule {
  return {
    id,
    tier,
    text,
    find: ({ the }) =>
      types.includes(the.report.incident.type) ? [{ path: "/report/incident/type", source: the.sender }] : [],
  };
}

function identifiedChildEnticed(facts: UrgencyFacts): readonly Sighting[] {
  const { report, sender } = facts.the;
  const enticed: readonly Sighting[] = [
    ...(report.incident.type === "enticement" ? [{ path: "/report/incident/type", source: sender }] : []),
    ...facts.yes("grooming"),
    ...facts.yes("solicitation"),
  ];
  const identified = facts.sufficiency.flags.victimIdentified
    ? [{ path: "/report/persons", source: sender }]
    : facts.yes("identified-child");
  return both(enticed, identified);
}

/** Supplemental files and the wire's own document are not items of material. */
function severalItems({ the }: UrgencyFacts): readonly Sighting[] {
  let items = 0;
  for (const [index, item] of the.report.evidence.entries()) {
    if (item.kind !== "file" || item.relevance !== "reported") continue;
    items += 1;
    if (items === 2) return [{ path: `/report/evidence/${index}`, source: the.sender }];
  }
  return [];
}

/** Fires with every sighting of either when there is at least one of each. */
function both(a: readonly Sighting[], b: readonly Sighting[]): readonly Sighting[] {
  return a.length > 0 && b.length > 0 ? [...a, ...b] : [];
}
