import { zoneClock, type ZoneClock } from "@fairlead/report";

/** What a station may set about doubts. */
export interface DoubtRules {
  /** Clocks by which times without a zone may have been written: the country's own, and those of its senders. */
  clocks: readonly ZoneClock[];
  /** First day of a platform, by `platformKey` of its name. Nothing happened there before. */
  platformsSince: ReadonlyMap<string, { day: string; source: string }>;
  /** The newest of those days, in milliseconds since 1970: of later times no platform has to be looked up. */
  platformsBefore: number;
  /** Times of one event may differ by this much: two machines wrote them down. */
  sameEventSeconds: number;
}

/**
 * First days of the public services with the most reports. Each is the day on which the service opened to anybody at all, so
 * that no true time lies before it. Review with the rule set.
 */
const PLATFORMS: ReadonlyArray<readonly [name: string, day: string, source: string]> = [
  ["facebook", "2004-02-04", "Meta, company history: launched at Harvard on 4 February 2004"],
  ["instagram", "2010-10-06", "Meta, company history: iOS application of 6 October 2010"],
  ["whatsapp", "2009-02-24", "WhatsApp Inc. was incorporated on 24 February 2009"],
  ["snapchat", "2011-07-08", "Snap Inc., prospectus of 2017: first released in July 2011 as Picaboo"],
  ["discord", "2015-05-13", "Discord, company history: public launch on 13 May 2015"],
  ["tiktok", "2016-09-01", "ByteDance: first released as A.me in September 2016"],
];

export function defaultDoubtRules(): DoubtRules {
  return {
    clocks: [zoneClock("Europe/London")],
    platformsBefore: Math.max(...PLATFORMS.map(([, day]) => Date.parse(day))),
    platformsSince: new Map(PLATFORMS.map(([name, day, source]) => [name, { day, source }])),
    // Honest clocks differ by seconds; an hour, twelve, or a day is a mistake in writing and lies far outside this.
    sameEventSeconds: 120,
  };
}
