import { differs, together, wilson, type Estimate, type Share } from "../share.ts";
import { SCORED_FIELDS, type ScoredField } from "./fields.ts";
import { SHARE_NAMES, type Scorecard, type ShareName } from "./scorecard.ts";

/** A share that is certainly another than in the sender's own earlier months. */
export interface Shift {
  name: ScoredField | ShareName;
  now: Estimate;
  before: Estimate;
  direction: "up" | "down";
}

/**
 * What changed against the sender's own earlier months. Senders differ in kind, so each is measured by itself; what differs only by
 * chance is not named.
 * @throws Error when an earlier card is another sender's
 */
export function shiftsOf(now: Scorecard, earlier: readonly Scorecard[]): Shift[] {
  for (const { sender, month } of earlier)
    if (sender !== now.sender)
      throw new Error(
        `scorecard: ${sender} of ${month} cannot be compared with ${now.sender}; give its own cards`,
      );
  const past = earlier.filter(({ month }) => month < now.month);
  return [
    ...SCORED_FIELDS.flatMap((field) =>
      shift(
        field,
        now.fields[field],
        past.map(({ fields }) => fields[field]),
      ),
    ),
    ...SHARE_NAMES.flatMap((name) =>
      shift(
        name,
        now[name],
        past.map((card) => card[name]),
      ),
    ),
  ];
}

function shift(name: Shift["name"], now: Share, past: readonly Share[]): Shift[] {
  const before = past.reduce(together, { count: 0, of: 0 });
  if (!differs(now, before)) return [];
  const up = now.count * before.of > before.count * now.of;
  return [{ name, now: wilson(now), before: wilson(before), direction: up ? "up" : "down" }];
}

/** A field that a sender used to fill and now does not: more likely a changed format or a broken parser than a changed sender. */
export interface FormatAlarm {
  field: ScoredField;
  now: Estimate;
  before: Estimate;
}

export interface AlarmLimits {
  /** Reports in the burst before it says anything. Chosen: fewer say little, and an hour of a large sender has more. */
  reports: number;
  /** A fall is loud when the new share is certainly below this part of the old one. Chosen: half. */
  part: number;
}

export const defaultAlarmLimits: AlarmLimits = { reports: 20, part: 0.5 };

/**
 * Fails loud when a sender's fill rate collapses against its own past (agency.md 1.3, job 18: parsers fail silently with empty
 * fields). Feed it a card of the last hour or day: a month hides a burst.
 * @returns the fields that fell, the deepest fall first; empty when there is nothing to say
 */
export function formatAlarms(
  burst: Scorecard,
  past: readonly Scorecard[],
  limits: AlarmLimits = defaultAlarmLimits,
): FormatAlarm[] {
  if (burst.reports < limits.reports) return [];
  const alarms = SCORED_FIELDS.flatMap((field): FormatAlarm[] => {
    const before = wilson(past.map(({ fields }) => fields[field]).reduce(together, { count: 0, of: 0 }));
    const now = wilson(burst.fields[field]);
    const fell = before.of >= limits.reports && now.of > 0 && now.high < before.low * limits.part;
    return fell ? [{ field, now, before }] : [];
  });
  const left = ({ now, before }: FormatAlarm) => (now.share ?? 0) / (before.share ?? 1);
  return alarms.toSorted((a, b) => left(a) - left(b));
}
