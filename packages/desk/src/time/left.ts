import { t } from "../messages/catalogue.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How near the end of a clock is. `soon` is the fortnight in which urgency rises by a tier (agency.md 4.4). */
export type Nearness = "over" | "today" | "soon" | "far";

export function nearness(endsAt: string, now: number): Nearness {
  const left = Date.parse(endsAt) - now;
  if (left <= 0) return "over";
  if (left < DAY) return "today";
  return left < 14 * DAY ? "soon" : "far";
}

/** `3 days left`, `1 day 4 h left`, `25 min left`, `ended 2 days ago`: rounded down, so that nobody is promised time. */
export function timeLeft(endsAt: string, now: number): string {
  const left = Date.parse(endsAt) - now;
  return left <= 0 ? t("time.ended", { span: span(-left) }) : t("time.left", { span: span(left) });
}

/** `12 min ago`, `5 hours ago`; an instant ahead of this computer's clock reads as just now. */
export function timeAgo(iso: string, now: number): string {
  const gone = now - Date.parse(iso);
  return gone < MINUTE ? t("time.just-now") : t("time.ago", { span: span(coarse(gone)) });
}

/** What is past needs no more than its largest unit. */
function coarse(milliseconds: number): number {
  const unit = [DAY, HOUR].find((size) => milliseconds >= size) ?? MINUTE;
  return Math.floor(milliseconds / unit) * unit;
}

function span(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY);
  const hours = Math.floor((milliseconds % DAY) / HOUR);
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  if (days >= 3 || (days > 0 && hours === 0)) return t("time.days", { days });
  if (days > 0) return t("time.days-hours", { days, hours });
  if (hours > 0 && minutes > 0 && hours < 6) return t("time.hours-minutes", { hours, minutes });
  if (hours > 0) return t("time.hours", { hours });
  return minutes === 0 ? t("time.under-a-minute") : t("time.minutes", { minutes });
}
