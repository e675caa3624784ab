import { DAY } from "../time.ts";
import type { Surface } from "./year-profile.ts";

/**
 * End-to-end encryption of one surface of one platform, as dated data: it is switched on for a place and at a time, never for "a
 * platform". What was published about Messenger, Instagram and WhatsApp is given to the platforms that have their shares.
 */
export interface EncryptionSetting {
  platform: string;
  surfaces: readonly Surface[];
  /** `YYYY-MM-DD`. */
  from: string;
  /** Days in which it reaches nineteen of twenty conversations, on a logistic curve; 0 for at once. */
  rollOutDays: number;
  /** Share of conversations in the end. */
  share: number;
  until?: string;
  source: string;
}

export const ENCRYPTION: readonly EncryptionSetting[] = [
  {
    platform: "example-messenger",
    surfaces: ["message"],
    from: "2016-04-05",
    rollOutDays: 0,
    share: 1,
    source: "default for all private messages before the first simulated year; the day from memory",
  },
  {
    platform: "example-social",
    surfaces: ["message"],
    from: "2023-12-06",
    rollOutDays: 365,
    share: 0.95,
    source: "default from December 2023, over months; the length of the roll-out and its end are our choice",
  },
  {
    platform: "example-pictures",
    surfaces: ["message"],
    from: "2023-12-06",
    rollOutDays: 0,
    share: 0.02,
    until: "2026-05-08",
    source: "only for those who chose it, withdrawn on 8 May 2026; the share who chose it is our choice",
  },
];

/** Share of conversations on a platform's surface that are encrypted from end to end at a time (milliseconds since 1970). */
export function encryptedShare(platform: string, surface: Surface, at: number): number {
  return ENCRYPTION.filter((setting) => setting.platform === platform && setting.surfaces.includes(surface))
    .filter(({ from, until }) => at >= Date.parse(from) && (until === undefined || at < Date.parse(until)))
    .reduce((most, setting) => Math.max(most, coverage(setting, at)), 0);
}

/** From one in twenty on the first day to nineteen in twenty on the last: a logistic curve's middle. */
function coverage({ from, rollOutDays, share }: EncryptionSetting, at: number): number {
  if (rollOutDays === 0) return share;
  const passed = (at - Date.parse(from)) / (rollOutDays * DAY);
  return share / (1 + Math.exp(-Math.log(19) * 2 * (passed - 0.5)));
}
