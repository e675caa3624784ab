import type { Report } from "@fairlead/report";
import type { ErrorKind } from "../profile.ts";
import type { YearDraft } from "./year-draft.ts";
import { eventsOfDraft } from "../draft.ts";
import type { InjectedError } from "../truth.ts";
import { DAY } from "../time.ts";

/** A date that is wrong by more than this lies visibly apart from the other dates of its report. */
const APART_DAYS = 14;

/**
 * The errors that nobody can see in the report, because nothing in it speaks against them: all its dates are wrong alike, or its only
 * address is the mistyped one. They are in the truth, so that what cannot be caught is counted and not left out.
 */
export function silentErrors(
  draft: YearDraft,
  report: Report,
  errors: readonly InjectedError[],
): ErrorKind[] {
  const kinds = new Set(errors.map(({ kind }) => kind));
  const silent: ErrorKind[] = [];
  for (const kind of ["day-month-swapped", "wrong-year"] as const)
    if (kinds.has(kind) && !datesDisagree(draft, errors, kind)) silent.push(kind);
  if (kinds.has("ip-digits-transposed") && !rightAddressStands(report, errors))
    silent.push("ip-digits-transposed");
  return silent;
}

/** Whether one of the dates that are stated wrongly lies apart from one that is stated rightly, or a year from the receipt. */
function datesDisagree(draft: YearDraft, errors: readonly InjectedError[], kind: ErrorKind): boolean {
  const wrong = errors.filter((error) => error.kind === kind);
  const stated = wrong.map((error) => Date.parse(error.stated)).filter((at) => !Number.isNaN(at));
  if (kind === "wrong-year" && stated.length > 0) {
    const newest = Math.max(...stated);
    if (draft.receivedAt - newest > 364 * DAY && draft.typed !== true) return true;
  }
  const real = new Set(wrong.map((error) => Math.floor(Date.parse(error.real) / 1000)));
  const right = [draft.at, ...eventsOfDraft(draft).map(({ at }) => at)].filter(
    (at) => draft.typed === true || !real.has(Math.floor(at / 1000)),
  );
  const others = draft.typed === true ? right.slice(1) : right;
  return stated.some((one) => others.some((other) => Math.abs(one - other) > APART_DAYS * DAY));
}

/** Whether the address that was mistyped stands rightly in another event. */
function rightAddressStands(report: Report, errors: readonly InjectedError[]): boolean {
  const right = errors.find(({ kind }) => kind === "ip-digits-transposed")?.real;
  return [...report.persons, ...report.evidence].some(({ events }) =>
    events.some(({ ip }) => ip?.raw === right),
  );
}
