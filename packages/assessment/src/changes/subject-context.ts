import type { AssessmentContext } from "../input/context.ts";
import { moreUrgent, type Tier } from "../urgency/tier.ts";

/** A report as a member of a subject: what the other members' assessments read of it. */
export interface Member {
  report: string;
  /** Absent while it has not been assessed. */
  tier?: Tier;
  /** When its incident happened (UTC, ISO 8601); absent where that is not certain. */
  activityAt?: string;
}

/** What a report's assessment reads of its subject. */
export type SubjectContext = Pick<AssessmentContext, "linkedTier" | "lastLinkedActivityAt">;

/**
 * What each member's assessment reads of the others: the most urgent tier and the newest activity, its own left out. The two best of
 * each are enough for all, so a subject of thousands costs one pass.
 * @returns by report id
 */
export function subjectContexts(members: readonly Member[]): Map<string, SubjectContext> {
  const tiers = bestTwo(
    members,
    ({ tier }) => tier,
    (a, b) => a !== b && moreUrgent(a, b) === a,
  );
  const times = bestTwo(
    members,
    ({ activityAt }) => activityAt,
    (a, b) => Date.parse(a) > Date.parse(b),
  );
  return new Map(
    members.map(({ report }) => {
      const linkedTier = otherThan(report, tiers);
      const lastLinkedActivityAt = otherThan(report, times);
      return [
        report,
        {
          ...(linkedTier === undefined ? {} : { linkedTier }),
          ...(lastLinkedActivityAt === undefined ? {} : { lastLinkedActivityAt }),
        },
      ];
    }),
  );
}

interface Held<Value> {
  report: string;
  value: Value;
}

/** The best two values that different reports have. */
function bestTwo<Value>(
  members: readonly Member[],
  valueOf: (member: Member) => Value | undefined,
  isBetter: (a: Value, b: Value) => boolean,
): Held<Value>[] {
  let [first, second]: (Held<Value> | undefined)[] = [];
  for (const member of members) {
    const value = valueOf(member);
    if (value === undefined) continue;
    const held = { report: member.report, value };
    if (first === undefined || isBetter(value, first.value)) [first, second] = [held, first];
    else if (second === undefined || isBetter(value, second.value)) second = held;
  }
  return [first, second].filter((held) => held !== undefined);
}

function otherThan<Value>(report: string, held: readonly Held<Value>[]): Value | undefined {
  return held.find((each) => each.report !== report)?.value;
}

/**
 * The reports whose assessment a change of subjects can change: those that read something else of their subject than before. A report
 * that left a subject reads nothing of it any more; one that joined reads all of it.
 * @param before the subjects that the change touched, as they stood; a report stands in one subject at most
 * @param after the same reports as they stand now, however they are grouped
 * @returns report ids, in the order of `after`, those that stand alone now last
 */
export function readersOf(
  before: readonly (readonly Member[])[],
  after: readonly (readonly Member[])[],
): string[] {
  const read = contextsOf(before);
  const reads = contextsOf(after);
  const ids = [...new Set([...reads.keys(), ...read.keys()])];
  return ids.filter((id) => !isSame(read.get(id), reads.get(id)));
}

function contextsOf(subjects: readonly (readonly Member[])[]): Map<string, SubjectContext> {
  return new Map(subjects.flatMap((members) => [...subjectContexts(members)]));
}

function isSame(a: SubjectContext = {}, b: SubjectContext = {}): boolean {
  return a.linkedTier === b.linkedTier && a.lastLinkedActivityAt === b.lastLinkedActivityAt;
}
