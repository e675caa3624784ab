import { LOCALE, t } from "../messages/catalogue.ts";

const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat(LOCALE, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: "long" });
const shortDay = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const longDay = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long" });
const dayWithYear = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", year: "numeric" });

/** `14:03` in the zone of this device. */
export function clockTime(at: number): string {
  return clock.format(at);
}

/** The whole instant, with its zone: a time without one has led people astray before. */
export function fullTime(at: number): string {
  return full.format(at);
}

/** Whether two instants are on the same day of this device's calendar. */
export function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** What stands between the days of a conversation: `Today`, `Yesterday`, `Monday 16 November`, `3 May 2025`. */
export function dayLabel(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return t("time.today");
  if (days === 1) return t("time.yesterday");
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? longDay.format(at)
    : dayWithYear.format(at);
}

/** What stands beside a conversation in the list: a time today, then a word, then a date. */
export function listTime(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return clockTime(at);
  if (days === 1) return t("time.yesterday");
  if (days > 1 && days < 7) return weekday.format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? shortDay.format(at)
    : dayWithYear.format(at);
}

/** `22 November 2026 at 14:03`. */
export function dayAndTime(at: number): string {
  return t("time.day-and-time", { day: dayWithYear.format(at), time: clockTime(at) });
}

/** A disappearing timer in words: `5 minutes`, `1 day`. */
export function spanWords(seconds: number): string {
  const units = [
    ["time.weeks", 604_800],
    ["time.days", 86_400],
    ["time.hours", 3_600],
    ["time.minutes", 60],
  ] as const;
  const [key, size] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? [
    "time.seconds" as const,
    1,
  ];
  return t(key, { count: seconds / size });
}

function daysBetween(at: number, now: number): number {
  const start = (instant: number) => {
    const day = new Date(instant);
    return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
  };
  return Math.round((start(now) - start(at)) / 86_400_000);
}
