import { type Effect, isSettled, needsPerson } from "./effect.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long an effect may stand still before its task sounds; each time in a wider circle: its owner, those who lead, everybody. */
export const ALARMS_AFTER_MS = [15 * MINUTE_MS, 4 * HOUR_MS, 24 * HOUR_MS] as const;
/** How often the task of an effect has sounded. */
export type AlarmLevel = 0 | 1 | 2 | 3;

/** The alarm that is due for what has stood still since `movedAt`; what only a person can mend is due at once. */
export function alarmDue(
  { movedAt, forPerson }: { movedAt: number; forPerson: boolean },
  now: number,
): AlarmLevel {
  const passed = ALARMS_AFTER_MS.filter((afterMs) => now - movedAt >= afterMs).length as AlarmLevel;
  return passed === 0 && forPerson ? 1 : passed;
}

/** When the next one comes, or `undefined` after the last. */
export function nextAlarmAt({ movedAt }: { movedAt: number }, now: number): number | undefined {
  return ALARMS_AFTER_MS.map((afterMs) => movedAt + afterMs).find((at) => at > now);
}

/** Why effects stand still, as one thing that a person sees to: many that wait for one peer are one task. */
export interface Cause {
  readonly key: string;
  /** Since when the one that waits longest has stood still; milliseconds since 1970. */
  readonly since: number;
  readonly forPerson: boolean;
  /** How often it has sounded by now, where it has other clocks than what stands still. */
  readonly alarm?: AlarmLevel;
}

/** A task that is open. */
export interface OpenTask {
  readonly id: string;
  readonly cause: string;
  readonly alarm: AlarmLevel;
  readonly owner: string | null;
  /** It stands for something that a person must see to even though nothing waits: only a person closes it. */
  readonly stays: boolean;
}

export type TaskAct =
  | { readonly kind: "open"; readonly cause: Cause; readonly alarm: AlarmLevel }
  | { readonly kind: "sound"; readonly task: OpenTask; readonly cause: Cause; readonly alarm: AlarmLevel }
  /** What it was about has gone through, or was done elsewhere. */
  | { readonly kind: "end"; readonly task: OpenTask };

/**
 * What is to be done about the tasks of a station now: open what stands still and has none, sound again what still does, end those about
 * nothing. Doing it twice does nothing the second time.
 * @param causes everything that stands still for 15 minutes or needs a person
 */
export function tasksDue(causes: readonly Cause[], tasks: readonly OpenTask[], now: number): TaskAct[] {
  const open = new Map(tasks.map((task) => [task.cause, task]));
  const acts: TaskAct[] = [];
  for (const cause of causes) {
    const alarm = cause.alarm ?? alarmDue({ movedAt: cause.since, forPerson: cause.forPerson }, now);
    const task = open.get(cause.key);
    open.delete(cause.key);
    if (alarm === 0) {
      if (task !== undefined && !task.stays) acts.push({ kind: "end", task });
    } else if (task === undefined) acts.push({ kind: "open", cause, alarm });
    else if (alarm > task.alarm) acts.push({ kind: "sound", task, cause, alarm });
  }
  for (const task of open.values()) if (!task.stays) acts.push({ kind: "end", task });
  return acts;
}

/** Whether an effect belongs to a cause at all: it stands still or needs a person. */
export function standsStill(effect: Effect, now: number): boolean {
  if (isSettled(effect)) return false;
  return alarmDue({ movedAt: effect.movedAt, forPerson: needsPerson(effect) }, now) > 0;
}

export interface Candidate {
  readonly id: string;
  readonly leads: boolean;
  readonly openTasks: number;
}

/**
 * Who answers for a task that nobody has yet: whoever decided what does not go through, else the one of those who lead that has the
 * fewest, else anybody. A named person in any case, as long as the station has one.
 */
export function ownerFor(candidates: readonly Candidate[], decidedBy: string | null): string | null {
  if (candidates.some(({ id }) => id === decidedBy)) return decidedBy;
  const order = (a: Candidate, b: Candidate) =>
    Number(b.leads) - Number(a.leads) || a.openTasks - b.openTasks || (a.id < b.id ? -1 : 1);
  return candidates.toSorted(order)[0]?.id ?? null;
}
