import { t } from "../messages/catalogue.ts";
import { formatDay } from "../time/instant.ts";

const DAY_MS = 86_400_000;

/** Time zones that the desk offers; whatever the person's own computer has comes first. */
const ZONES = ["Europe/London", "America/New_York", "America/Los_Angeles", "UTC"];

/** The zone of the person’s computer. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** @param own the zone of the person's computer */
export function zonesFor(own: string): string[] {
  return [own, ...ZONES.filter((zone) => zone !== own)];
}

/** The day after so many days by the calendar of a zone, `YYYY-MM-DD`. @param now milliseconds since 1970 */
export function dayAfter(now: number, days: number, zone: string): string {
  // The Canadian way of writing a date is that of ISO 8601.
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(now);
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A last day and its zone in words. */
export function lastDayWords({ day, zone }: { day: string; zone: string }): string {
  return t("keeping.day-in", { day: formatDay(day), zone });
}
