import { pointer, reportSchema, type Claim, type Report } from "@fairlead/report";
import { caseOf } from "../input/case.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";
import type { AssessmentInput } from "./arbitrary-report.ts";
import { TEST_NOW } from "./arbitrary-parts.ts";

const rules = defaultRuleSet();

/** One thing taken out of a report or out of the claims beside it. */
export interface Omission {
  /** JSON Pointer into `{ report, claims }`. */
  path: string;
  /**
   * `supports`: it can only help a grade, so without it no grade is higher.
   * `weighs`: it can hold a grade down (see `weighs` below), so without it a grade may be higher.
   */
  pull: "supports" | "weighs";
  input: AssessmentInput;
}

/**
 * Every way to take one optional field, one element of a list, or one claim out of an input so that it is still a report.
 * What refers to a thing that was taken out goes with it.
 */
export function omissions(input: AssessmentInput): Omission[] {
  const doubters = doubtersIn(input);
  const inReport = paths(input.report).flatMap((path): Omission[] => {
    const report = structuredClone(input.report);
    remove(report, path);
    const parsed = reportSchema.safeParse(report);
    if (!parsed.success) return [];
    const { report: whole, claims } = withoutDangling(parsed.data, input.claims);
    const place = `/report${pointer(path)}`;
    const raisesDoubt = doubters.some((doubter) => doubter === place || doubter.startsWith(`${place}/`));
    return [
      {
        path: place,
        pull: raisesDoubt || weighsInReport(path, input.report) ? "weighs" : "supports",
        input: { ...input, report: whole, claims },
      },
    ];
  });
  const beside = input.claims.map(
    (claim, index): Omission => ({
      path: `/claims/${index}`,
      pull: weighs(claim) ? "weighs" : "supports",
      input: { ...input, claims: input.claims.toSpliced(index, 1) },
    }),
  );
  return [...inReport, ...beside];
}

/** All network claims about one address taken out at once: together they are one statement about that address. */
export function withoutNetworks(input: AssessmentInput, address: string): AssessmentInput {
  const keep = ({ about, states }: Claim) =>
    !(states.kind === "network" && about.kind === "ip" && about.address === address);
  return {
    ...input,
    report: { ...input.report, claims: input.report.claims.filter(keep) },
    claims: input.claims.filter(keep),
  };
}

/**
 * Statements that can hold a grade down. This list is closed: everything else can only support.
 * - a network (a VPN, or two tables that disagree about an address)
 * - an operator's answer (a second one may disagree with the first)
 * - a no (the same source may have said yes)
 * - a failed check of origin
 * - a compromised account
 */
export function weighs({ states }: Claim): boolean {
  return (
    states.kind === "network" ||
    states.kind === "resolution" ||
    (states.kind === "flag" && (!states.value || states.flag === "compromised-account")) ||
    (states.kind === "franking" && !states.verified)
  );
}

/**
 * What another time or address of the report is doubted for: without it nobody would see that the two do not fit, such as a second
 * time of one event, or an address with two digits exchanged.
 */
function doubtersIn({ report, claims, context }: AssessmentInput): string[] {
  return caseOf(report, claims, context, rules, TEST_NOW).doubts.all.flatMap(({ against }) => against);
}

/**
 * In the report also: a statement that an address may be a proxy; a declared hash, which may differ from the content; one of
 * several suspects, because with one suspect the upload is that suspect's.
 */
function weighsInReport(path: readonly PropertyKey[], report: Report): boolean {
  const [top, index] = path;
  if (path.includes("possibleProxy") || path.includes("declaredHashes")) return true;
  if (top === "claims") {
    const claim = report.claims[Number(index)];
    return claim !== undefined && weighs(claim);
  }
  return (
    top === "persons" &&
    path.length === 2 &&
    report.persons.filter(({ role }) => role === "suspect").length > 1
  );
}

/** Every path below a value, parents before children. */
function paths(value: unknown, above: readonly PropertyKey[] = []): PropertyKey[][] {
  if (typeof value !== "object" || value === null) return [];
  const keys: PropertyKey[] = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return keys.flatMap((key) => {
    const path = [...above, key];
    return [path, ...paths((value as Record<PropertyKey, unknown>)[key], path)];
  });
}

function remove(value: object, path: readonly PropertyKey[]): void {
  const last = path.at(-1);
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], value);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (last !== undefined) delete (parent as Record<PropertyKey, unknown>)[last];
}

function withoutDangling(report: Report, beside: readonly Claim[]): { report: Report; claims: Claim[] } {
  const persons = new Set<string>(report.persons.map(({ key }) => key));
  const evidence = new Set<string>(report.evidence.map(({ id }) => id));
  const stands = ({ about }: Claim) =>
    !(about.kind === "person" && !persons.has(about.key)) &&
    !(about.kind === "evidence" && !evidence.has(about.id));
  return {
    report: {
      ...report,
      claims: report.claims.filter(stands),
      statements: report.statements.filter(
        (each) =>
          (each.person === undefined || persons.has(each.person)) &&
          (each.evidence === undefined || evidence.has(each.evidence)),
      ),
      persons: report.persons.map((person) => {
        if (person.associatedWith === undefined || persons.has(person.associatedWith.key)) return person;
        const { associatedWith: _gone, ...rest } = person;
        return rest;
      }),
    },
    claims: beside.filter(stands),
  };
}
