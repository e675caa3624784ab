import { HOUR, DAY } from "../time.ts";
import { rowOf } from "./crowd.ts";
import type { Keyed } from "./keyed.ts";

/** What makes a report come at its time, beside the ordinary run of things. */
export type Occasion =
  | { kind: "ordinary" }
  /** A day on which everybody shares one item: reports beyond the ordinary are about it. */
  | { kind: "viral-day"; day: number }
  /** One sender sends many times as much as it does on other days. */
  | { kind: "surge"; surge: number }
  /** One sender hands in many reports about nobody, at one go. */
  | { kind: "dump" };

/** When the reports of a year come in. */
export interface Arrivals {
  /** Reports of the year, those of surges included. */
  total: number;
  /** Milliseconds since 1970 at which the report with this number is received; never earlier than the one before. */
  at(index: number): number;
  /** Why it comes. */
  occasion(index: number): Occasion;
}

/** A sender that sends `factor` times its ordinary number on one day. */
export interface Surge {
  platform: string;
  /** `YYYY-MM-DD`, UTC. */
  day: string;
  factor: number;
}

export interface ArrivalRates {
  year: number;
  /** Reports of the year without surges. */
  total: number;
  viralDays: { count: number; least: number; most: number };
  /** Surges with the sender's share of all reports. */
  surges: ReadonlyArray<Surge & { share: number }>;
  /** Days on which a sender hands in its reports about nobody, and their share of `total`. */
  dump: { days: readonly string[]; share: number };
}

/**
 * How busy each hour of a day (UTC) and each day of a week is, against the mean. Nobody publishes either for the whole world: flat at
 * night over the Pacific, highest in the Asian and European evening, a little more at weekends. Our choice.
 */
const HOURS = [
  0.86, 0.82, 0.8, 0.8, 0.84, 0.9, 0.95, 1, 1.03, 1.05, 1.06, 1.07, 1.09, 1.12, 1.16, 1.2, 1.22, 1.2, 1.14,
  1.07, 1, 0.95, 0.92, 0.89,
] as const;
const WEEKDAYS = [1.06, 0.97, 0.96, 0.97, 0.99, 1.01, 1.04] as const;

/** Computes when reports arrive. It holds five numbers for each hour of the year. */
export function arrivalsOf(draw: Keyed, rates: ArrivalRates): Arrivals {
  const start = Date.UTC(rates.year, 0, 1);
  const hours = (Date.UTC(rates.year + 1, 0, 1) - start) / HOUR;
  const rhythm = new Float64Array(hours);
  for (let hour = 0; hour < hours; hour += 1)
    rhythm[hour] = (HOURS[hour % 24] ?? 1) * (WEEKDAYS[new Date(start + hour * HOUR).getUTCDay()] ?? 1);
  const viral = viralFactors(draw, rates, hours / 24);
  const dumpDays = new Set(rates.dump.days.map((day) => (Date.parse(day) - start) / DAY));
  const ordinary = rates.total * (1 - rates.dump.share);
  const busy = rhythm.reduce((sum, value, hour) => sum + value * (viral.get(Math.floor(hour / 24)) ?? 1), 0);
  const [starts, exact] = [new Float64Array(hours + 1), new Float64Array(hours + 1)];
  /** For each hour the shares of its reports that come for an occasion; the rest is ordinary. */
  const [viralShare, surgeShare, dumpShare] = [
    new Float64Array(hours),
    new Float64Array(hours),
    new Float64Array(hours),
  ];
  const surgeOf = new Map(rates.surges.map(({ day }, surge) => [(Date.parse(day) - start) / DAY, surge]));
  for (let hour = 0; hour < hours; hour += 1) {
    const day = Math.floor(hour / 24);
    const plain = (ordinary * (rhythm[hour] ?? 1)) / busy;
    const usual = plain * (viral.get(day) ?? 1);
    const surge = rates.surges[surgeOf.get(day) ?? -1];
    const surged = surge === undefined ? 0 : plain * surge.share * (surge.factor - 1);
    const dumped = dumpDays.has(day) ? (rates.total * rates.dump.share) / (dumpDays.size * 24) : 0;
    const all = usual + surged + dumped;
    viralShare[hour] = (usual - plain) / all;
    surgeShare[hour] = surged / all;
    dumpShare[hour] = dumped / all;
    exact[hour + 1] = (exact[hour] ?? 0) + all;
    starts[hour + 1] = Math.round(exact[hour + 1] ?? 0);
  }
  const total = starts[hours] ?? 0;
  return {
    total,
    at(index) {
      const hour = rowOf(starts, index);
      const [from, to] = [starts[hour] ?? 0, starts[hour + 1] ?? 0];
      const part = (index - from + draw.unit("arrival", index)) / Math.max(1, to - from);
      return Math.floor(start + (hour + Math.min(part, 0.999_999)) * HOUR);
    },
    occasion(index) {
      const hour = rowOf(starts, index);
      const day = Math.floor(hour / 24);
      let left = draw.unit("occasion", index) - (viralShare[hour] ?? 0);
      if (left < 0) return { kind: "viral-day", day };
      left -= surgeShare[hour] ?? 0;
      if (left < 0) return { kind: "surge", surge: surgeOf.get(day) ?? 0 };
      left -= dumpShare[hour] ?? 0;
      return left < 0 ? { kind: "dump" } : { kind: "ordinary" };
    },
  };
}

/** Days with how many times the ordinary number of reports they have. */
function viralFactors(draw: Keyed, { viralDays }: ArrivalRates, days: number): Map<number, number> {
  return new Map(
    Array.from({ length: viralDays.count }, (_, number): [number, number] => [
      // One in each equal part of the year, so that no two fall together.
      Math.floor(((number + draw.unit("viral-day", number)) * days) / viralDays.count),
      viralDays.least + draw.unit("viral-factor", number) * (viralDays.most - viralDays.least),
    ]),
  );
}
