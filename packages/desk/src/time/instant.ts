import { t } from "../messages/catalogue.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(?:Z|\+00:00)$/;

/**
 * An instant as the desk shows it: `14 Mar 2026, 09:12 UTC`. Always UTC and always says so: a time read in the wrong zone has
 * led police to the wrong door. The text is taken apart, not computed, so no digit of the original is rounded away.
 * @param iso UTC, ISO 8601; anything else is shown as it stands
 */
export function formatInstant(iso: string, precision: "minute" | "second" = "minute"): string {
  const match = INSTANT.exec(iso);
  if (match === null) return iso;
  const [, year = "", month = "", day = "", hour = "", minute = "", second = "00", fraction = ""] = match;
  const time =
    precision === "minute" ? `${hour}:${minute}` : `${hour}:${minute}:${second}${trimmed(fraction)}`;
  return t("time.instant", { date: dateWords(year, month, day), time });
}

/**
 * A day of the calendar as the desk shows it: `14 Mar 2026`.
 * @param day `YYYY-MM-DD`; anything else is shown as it stands
 */
export function formatDay(day: string): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (match === null) return day;
  const [, year = "", month = "", date = ""] = match;
  return dateWords(year, month, date);
}

function dateWords(year: string, month: string, day: string): string {
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** `.000` says nothing; `.120` is `.12`. */
function trimmed(fraction: string): string {
  const digits = fraction.replace(/\.?0+$/, "");
  return digits === "." ? "" : digits;
}
