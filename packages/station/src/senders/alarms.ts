import { emptyCard, formatAlarms, merged, type FormatAlarm, type Scorecard } from "@fairlead/assessment";

/** The sum of one hour of a sender. */
export interface Part {
  /** UTC, ISO 8601, the start of the hour. */
  hour: string;
  card: Scorecard;
}

export interface SenderAlarm extends FormatAlarm {
  /** The start of the first hour since which the field has been empty as it is now. */
  since: string;
}

const DAY_MS = 86_400_000;

/**
 * The fields that a sender used to fill and has not for a day (agency.md 1.3, job 18), with since when: more likely a changed format or
 * a broken parser than a changed sender. Pure.
 * @param parts the sender's hours, oldest first: the last day's, and as many before as are to be searched for the beginning
 * @param earlier its cards of earlier months
 * @param now milliseconds since 1970
 */
export function alarmsOf(
  sender: string,
  parts: readonly Part[],
  earlier: readonly Scorecard[],
  now: number,
): SenderAlarm[] {
  const begins = now - DAY_MS;
  const sumOf = (some: readonly Part[], month: string) =>
    some.reduce((sum, { card }) => merged(sum, { ...card, month }), emptyCard(sender, month));
  const month = new Date(now).toISOString().slice(0, 7);
  const burst = sumOf(
    parts.filter(({ hour }) => Date.parse(hour) > begins - 3_600_000),
    month,
  );
  const before = sumOf(
    parts.filter(({ hour }) => Date.parse(hour) <= begins - 3_600_000),
    month,
  );
  return formatAlarms(burst, [...earlier, before]).map((alarm) => ({
    ...alarm,
    since: sinceWhen(alarm, parts),
  }));
}

/** Back from the newest hour for as long as the field is filled less than half as often as it used to be. */
function sinceWhen({ field, before }: FormatAlarm, parts: readonly Part[]): string {
  let since = parts.at(-1)?.hour ?? "";
  for (const { hour, card } of parts.toReversed()) {
    const { count, of } = card.fields[field];
    if (of > 0 && count / of >= (before.share ?? 0) / 2) break;
    since = hour;
  }
  return since;
}
