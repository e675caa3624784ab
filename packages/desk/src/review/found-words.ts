import type { ReviewItem } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";

/** How a posted file matched an item of a bank. */
export function foundWords(found: ReviewItem["matches"][number]): string {
  return found.match === "exact"
    ? t("review.match.exact", { kind: found.kind, bank: found.bankName })
    : t("review.match.alike", { bits: found.distance, bank: found.bankName });
}
