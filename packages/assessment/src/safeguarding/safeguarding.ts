import type { Case } from "../input/case.ts";
import { shorten, type Reason } from "../input/reason.ts";
import { agencyFor } from "../routing/directory.ts";
import { leadsOf, type Lead } from "../routing/lead.ts";
import type { Agency } from "../routing/agency.ts";
import { strongestLine } from "../sufficiency/line.ts";
import { isSafeguard } from "../sufficiency/level.ts";
import { urgencyFacts } from "../urgency/facts.ts";
import { moreUrgent, type Tier } from "../urgency/tier.ts";
import { rulingOf } from "../urgency/urgency.ts";
import { childOf, type ChildKnown } from "./child.ts";
import { laneOf, type Lane } from "./lane.ts";
import { safeguardingReason } from "./messages.ts";

/** How soon a child's own authorities must hear of it, from the most pressing. */
export const SAFEGUARDING_URGENCIES = ["at-once", "harm", "help"] as const;
export type SafeguardingUrgency = (typeof SAFEGUARDING_URGENCIES)[number];

/** A referral for a child, apart from anything that happens to a suspect. A person makes it; this says what is known. */
export interface Safeguarding {
  /** Whether a person should consider a referral. False only means that nothing here calls for one. */
  called: boolean;
  child: ChildKnown;
  urgency: SafeguardingUrgency;
  /** By when (UTC, ISO 8601): counted from this station's receipt, whatever the arrest waits for. */
  by: string;
  /** Content shows an offence and the child can be looked for: L2 although nothing points to a suspect (agency.md 4.2). */
  victimLed: boolean;
  area: SafeguardingArea;
  lane: Lane;
  reasons: Reason[];
}

/** In whose area the child is. Absent agency: not known, or the places disagree. */
export interface SafeguardingArea {
  country?: string;
  agency?: Agency;
  /** A hint for a person to check: the child's places are the sender's word. */
  basis: Lead["basis"] | "unknown";
}

/**
 * What a case means for a child (agency.md 1.3, jobs 13 and 19; HMICFRS 2023 found late sharing with social care).
 *
 * Its clock is its own: it starts at receipt and never waits for a level, a warrant or an arrest.
 */
export function safeguardingOf(the: Case): Safeguarding {
  const line = strongestLine(the);
  const victimLed = isSafeguard(line.attributes, line.flags);
  // Without the evidential clock: data that will soon be gone are news about the suspect, not about the child.
  const facts = urgencyFacts(the, { flags: line.flags, safeguard: victimLed });
  const { tier, ruledTier } = rulingOf(facts);
  const child = childOf(the);
  const lane = laneOf(the);
  // A person who lowers the tier has weighed the case against others, not the child's need to be seen.
  const urgency = urgencyOfChild(moreUrgent(tier, ruledTier));
  const area = areaOf(the);
  return {
    called: urgency === "at-once" || child.known !== "unknown" || lane.lane !== "standard",
    child: child.known,
    urgency,
    by: new Date(
      Date.parse(the.context.receivedAt) + the.rules.safeguardingHours[urgency] * 3_600_000,
    ).toISOString(),
    victimLed,
    area: area.area,
    lane,
    reasons: shorten([
      urgencyReason(urgency, the),
      ...(victimLed
        ? [safeguardingReason("safeguarding.victim-led", line.victims[0] ?? "", the.sender)]
        : []),
      ...child.reasons,
      ...lane.reasons,
      ...area.reasons,
    ]),
  };
}

/** R1 is a child at risk now and R2 a child who is being harmed (agency.md 4.4); the rest is help that must not wait for a case. */
function urgencyOfChild(tier: Tier): SafeguardingUrgency {
  if (tier === "R1") return "at-once";
  return tier === "R2" ? "harm" : "help";
}

function urgencyReason(urgency: SafeguardingUrgency, { rule }: Case): Reason {
  const codes = {
    "at-once": "safeguarding.now",
    harm: "safeguarding.harm",
    help: "safeguarding.help",
  } as const;
  return safeguardingReason(codes[urgency], "", rule);
}

function areaOf(the: Case): { area: SafeguardingArea; reasons: Reason[] } {
  const leads = leadsOf(the).filter(({ about }) => about === "victim");
  const [first] = leads;
  if (first === undefined)
    return {
      area: { basis: "unknown" },
      reasons: [safeguardingReason("safeguarding.area-unknown", "/report/persons", the.rule)],
    };
  const day = new Date(the.now).toISOString().slice(0, 10);
  const firm = leads.filter(({ basis }) => basis !== "geolocation");
  const deciding = firm.length > 0 ? firm : leads;
  const agencies = new Map<string | undefined, Agency | undefined>();
  for (const lead of deciding) {
    const agency = agencyOf(lead, the, day);
    agencies.set(agency?.id, agency);
  }
  const countries = new Set(deciding.map(({ country }) => country));
  const [country] = countries.size === 1 ? countries : [];
  const [agency] = agencies.size === 1 ? agencies.values() : [];
  const [leading = first] = deciding;
  const code = agency === undefined ? "safeguarding.area-disagrees" : "safeguarding.area";
  return {
    area: {
      basis: leading.basis,
      ...(country === undefined ? {} : { country }),
      ...(agency === undefined ? {} : { agency }),
    },
    reasons:
      agencies.size === 1 && agency === undefined
        ? [safeguardingReason("safeguarding.area-unknown", leading.path, the.rule)]
        : [safeguardingReason(code, leading.path, leading.source)],
  };
}

/** A force by an outward code, else the national agency of a country: geolocation passes no further (agency.md 7.2). */
function agencyOf(
  { outcode, country }: Lead,
  { rules: { directory } }: Case,
  day: string,
): Agency | undefined {
  const local = outcode === undefined ? undefined : agencyFor(directory, "uk-outcode", outcode, day);
  if (local?.kind === "found") return local.agency;
  const national = country === undefined ? undefined : agencyFor(directory, "country", country, day);
  return national?.kind === "found" ? national.agency : undefined;
}
