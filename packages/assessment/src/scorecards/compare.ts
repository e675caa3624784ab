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
