import { t } from "../messages/catalogue.ts";
import { formatInstant } from "./instant.ts";

/** A point in time as somebody stated it: the queue's and the report's moments share these fields. */
export interface StatedMoment {
  raw: string;
  at?: string;
  zone: string;
  offset?: string;
}

export interface StatedTime {
  /** What to read first: the instant in UTC, or the sender's own text where the instant is not certain. */
  text: string;
  /** How we know the zone. */
  how: string;
  certain: boolean;
  /** The sender's text, where it differs from what is shown. */
  raw?: string;
  at?: string;
}

/** Puts a moment into words. A time without a zone is never shown as an instant, because ambiguity blocks (law 4). */
export function statedTime(moment: StatedMoment, precision: "minute" | "second" = "second"): StatedTime {
  if (moment.at === undefined) return { text: moment.raw, how: t("time.zone.none"), certain: false };
  const text = formatInstant(moment.at, precision);
  return {
    text,
    how: zoneWords(moment),
    // An assumed zone is somebody's guess, so its instant is no better than that guess.
    certain: moment.zone !== "assumed",
    at: moment.at,
    ...(moment.raw === moment.at ? {} : { raw: moment.raw }),
  };
}

function zoneWords(moment: StatedMoment): string {
  const offset = moment.offset === undefined || moment.offset === "Z" ? t("time.utc") : moment.offset;
  switch (moment.zone) {
    case "stated":
      return t("time.zone.stated", { offset });
    case "sender-default":
      return t("time.zone.sender-default", { offset });
    case "assumed":
      return t("time.zone.assumed", { offset });
    default:
      return t("time.zone.none");
  }
}
