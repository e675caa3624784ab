import type { ReviewItem } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";

type Found = ReviewItem["matches"][number];

/** How a posted file matched an item of a bank. */
export function foundWords(found: Found): string {
  return found.match === "exact"
    ? t("review.match.exact", { kind: found.kind, bank: found.bankName })
    : t("review.match.alike", { bits: found.distance, bank: found.bankName });
}

/** What was looked for to find it, where that is not the file as it is. */
export function lookedForWords({ probe, frames }: Found): string | null {
  if (frames !== undefined)
    return t("review.match.frames", {
      alike: frames.alike,
      of: frames.of,
      seconds: frames.seconds.join(", "),
    });
  return probe === "plain" ? null : t("review.match.probe", { probe });
}
