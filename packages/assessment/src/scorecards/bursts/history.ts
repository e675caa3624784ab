import type { Filled, ScoredField } from "../fields.ts";
import { together, type Share } from "../../share.ts";

/** One report of a sender: what it fills of what applies to it. */
export interface ReportFill {
  report: string;
  /** When it came; UTC, ISO 8601. */
  at: string;
  filled: Filled;
}

/** What a sender's reports of one hour add up to. */
export interface HourFill {
  /** The start of the hour; UTC, ISO 8601. */
  hour: string;
  fields: Partial<Record<ScoredField, Share>>;
}

/** What is known of how a sender fills its reports. In any order: only what they say of themselves is read. */
export interface FillHistory {
  /** Hours that ended before the first of `recent` came. */
  hours: readonly HourFill[];
  /** The latest reports. */
  recent: readonly ReportFill[];
}

/** A time of a field that is no measure of the others: a burst that is over, or whatever came before a change that a person accepted. */
export interface Stretch {
  field: ScoredField;
  /** UTC, ISO 8601; from the beginning without one. */
  from?: string | undefined;
  /** Up to and with this time. */
  until: string;
}

/** A field's own history, in order, without the stretches that do not count. */
export interface FieldHistory {
  hours: readonly Share[];
  reports: readonly FieldReport[];
}

export interface FieldReport {
  report: string;
  at: string;
  isFilled: boolean;
}

const HOUR_MS = 3_600_000;

/** What the history says of one field. */
export function historyOf(
  field: ScoredField,
  { hours, recent }: FillHistory,
  cut: readonly Stretch[],
): FieldHistory {
  const stretches = cut
    .filter((stretch) => stretch.field === field)
    .map(({ from, until }) => ({
      from: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
      until: Date.parse(until),
    }));
  const isCut = (begins: number, ends: number) =>
    stretches.some(({ from, until }) => begins <= until && ends >= from);
  return {
    hours: hours.flatMap(({ hour, fields }) => {
      const share = fields[field];
      const begins = Date.parse(hour);
      return share === undefined || share.of === 0 || isCut(begins, begins + HOUR_MS - 1) ? [] : [share];
    }),
    reports: recent
      .flatMap(({ report, at, filled }) => {
        const isFilled = filled[field];
        const came = Date.parse(at);
        return isFilled === undefined || isCut(came, came) ? [] : [{ report, at, isFilled }];
      })
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.report < b.report ? -1 : 1)),
  };
}

/** The field in these reports. */
export function shareOf(reports: readonly FieldReport[]): Share {
  return { count: reports.filter(({ isFilled }) => isFilled).length, of: reports.length };
}

/** The same hour by hour. */
export function hourly(reports: readonly FieldReport[]): Share[] {
  return [...Map.groupBy(reports, ({ at }) => at.slice(0, 13)).values()].map(shareOf);
}

export function sumOf(shares: readonly Share[]): Share {
  return shares.reduce(together, { count: 0, of: 0 });
}

/** Hours that a sender's own variation can be judged by. */
const ENOUGH_HOURS = 10;

/**
 * How much more the shares of hours differ from each other than chance would make them: Pearson's chi-square over its degrees of freedom
 * (the dispersion of quasi-likelihood; Wedderburn, Biometrika 61, 1974). 1 where it does not certainly exceed chance. A hundred
 * reports of a sender whose reports come in batches of a kind say as much as a hundred over this of one whose reports do not
 * (the design effect; Kish, Survey Sampling, 1965).
 */
export function clumpingOf(hours: readonly Share[], most: number): number {
  const { count, of } = sumOf(hours);
  const share = count / of;
  if (hours.length < ENOUGH_HOURS || share === 0 || share === 1) return 1;
  const square = hours.reduce((sum, each) => sum + (each.count - each.of * share) ** 2 / each.of, 0);
  const free = hours.length - 1;
  const dispersion = square / (share * (1 - share)) / free;
  return dispersion > 1 + 2 * Math.sqrt(2 / free) ? Math.min(dispersion, most) : 1;
}
