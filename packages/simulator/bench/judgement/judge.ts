import {
  gradeOf,
  linkingKeys,
  type AssessmentContext,
  type Grade,
  type HeldReport,
  type RuleSet,
} from "@fairlead/assessment";
import { reportIdSchema, type Claim, type Report, type ReportId } from "@fairlead/report";
import { UK_AREAS } from "../../src/areas.ts";
import { errorBits } from "../../src/year/compact.ts";
import type { ErrorKind } from "../../src/profile.ts";
import type { Judged } from "../../src/scores/judgement-tally.ts";
import { yearNetworkOf } from "../../src/year/address-space.ts";
import type { YearReport } from "../../src/year/simulate-year.ts";

/** The errors in times and addresses that somebody must see, with the codes of a grade that name them or what keeps it down for them. */
export const TIME_AND_ADDRESS_ERRORS: Readonly<Partial<Record<ErrorKind, readonly string[]>>> = {
  "twelve-hour": ["doubt.zone-missing", "doubt.twelve-hour"],
  "dst-fold": ["doubt.zone-missing", "doubt.shown-twice"],
  "no-zone": ["doubt.zone-missing"],
  "day-month-swapped": [
    "doubt.day-month-swapped",
    "doubt.day-month-order",
    "doubt.wrong-year",
    "doubt.times-disagree",
    "doubt.future",
    "doubt.before-account",
  ],
  "wrong-year": ["doubt.wrong-year", "doubt.times-disagree", "doubt.future", "doubt.before-account"],
  "ip-digits-transposed": ["doubt.digits-transposed", "doubt.other-country"],
  "billing-for-installation": ["route.not-installation"],
};

/**
 * Of those, the codes that say that a report has the error itself. A wrong year is caught by "before the account" too, which does not say that
 * the year is wrong; and an exchanged date that is named as a wrong year is caught, while a wrong year named so is no exchanged date.
 */
const NAMED_BY: Readonly<Partial<Record<ErrorKind, readonly string[]>>> = {
  "twelve-hour": ["doubt.twelve-hour"],
  "dst-fold": ["doubt.shown-twice"],
  "no-zone": ["doubt.zone-missing"],
  "day-month-swapped": ["doubt.day-month-swapped", "doubt.day-month-order"],
  "wrong-year": ["doubt.wrong-year"],
  "ip-digits-transposed": ["doubt.digits-transposed"],
  "billing-for-installation": ["route.not-installation"],
};

const FORCES: ReadonlyMap<string, number> = new Map(UK_AREAS.map(({ force }, place) => [force, place]));

/** The id under which the bench's station holds a report of this number. */
export function heldAs(index: number): ReportId {
  return reportIdSchema.parse(`00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`);
}

/** Number of the report that is held under this id. */
export function numberOf(id: string): number {
  return Number.parseInt(id.slice(24), 16);
}

/** What the station's network table says about the report's addresses. */
export function networkClaims(report: Report): Claim[] {
  const addresses = new Set(
    [...report.persons, ...report.evidence].flatMap(({ events }) =>
      events.flatMap(({ ip }) => ip?.address ?? []),
    ),
  );
  return [...addresses].flatMap((address): Claim[] => {
    const row = yearNetworkOf(address);
    if (row === undefined) return [];
    return [
      {
        about: { kind: "ip", address },
        source: { kind: "list", name: "Example Network Table" },
        states: { kind: "network", network: row.network, country: row.country },
      },
    ];
  });
}

/** What links the report. */
export function heldReport(
  { index, report, receivedAt }: YearReport,
  claims: readonly Claim[],
  rules: RuleSet,
): HeldReport {
  const id = heldAs(index);
  return { report: id, receivedAt, keys: linkingKeys(id, report, claims, rules.linking) };
}

/** Grades the report as it comes in, and again with what the provider answers to an enquiry. */
export function judge(one: YearReport, claims: readonly Claim[], rules: RuleSet): Judged {
  const { index, report, receivedAt, truth } = one;
  const iso = new Date(receivedAt).toISOString();
  const context: AssessmentContext = {
    station: { id: "example-agency", name: "Example Agency", profile: "national-agency" },
    receivedAt: iso,
    firstReportedAt: iso,
    senderAuthenticated: true,
    handOffs: "signed",
    custody: "intact",
  };
  const grade = (all: readonly Claim[]) => gradeOf(heldAs(index), report, all, context, rules, receivedAt);
  const first = grade(claims);
  const { resolution } = truth().plan;
  const answered = resolution === null ? undefined : grade([...claims, answer(resolution)]);
  const force = forceOf(answered ?? first);
  const codes = new Set([...first.codes, ...(answered?.codes ?? [])]);
  return {
    tier: Number(first.tier.slice(1)),
    force: answered === undefined || resolution?.addressKind === "installation" ? force : -1,
    // A report that geolocation alone sends to a force does so before anybody has answered.
    basis:
      forceOf(first) >= 0 && first.routeBasis === "geolocation"
        ? "geolocation"
        : (answered ?? first).routeBasis,
    caught: kindsIn(codes, TIME_AND_ADDRESS_ERRORS),
    named: kindsIn(codes, NAMED_BY),
  };
}

function answer({
  person,
  ...answered
}: NonNullable<ReturnType<YearReport["truth"]>["plan"]["resolution"]>): Claim {
  const key = person as Report["persons"][number]["key"];
  return {
    about: { kind: "person", key },
    source: { kind: "person", id: "example-analyst", role: "analyst" },
    states: { kind: "resolution", ...answered },
  };
}

function forceOf({ agency }: Grade): number {
  return FORCES.get(agency ?? "") ?? -1;
}

function kindsIn(codes: ReadonlySet<string>, by: typeof NAMED_BY): number {
  return errorBits(
    (Object.keys(by) as ErrorKind[]).filter((kind) => (by[kind] ?? []).some((code) => codes.has(code))),
  );
}
