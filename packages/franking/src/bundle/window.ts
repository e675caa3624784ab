import { isRising, malformed } from "./fields.ts";
import type { ReportBundle } from "./types.ts";

/**
 * What a report says of its place in the conversation must agree with itself: in order, no place twice, nothing outside of the
 * window, and at least one message that was picked. Whether a place in between is missing is step V7's question.
 * @throws FrankingError `bundle.malformed`
 */
export function assertWindow({ items, withheld, window }: ReportBundle): void {
  const { from, to, firstSeq, headAtReport } = window;
  if (from < 1n || firstSeq < 1n || from > to || from < firstSeq || to > headAtReport.roomSeq)
    throw malformed("window", "is not one within what the reporter's device could have received");
  if (!items.some(({ selected }) => selected)) throw malformed("items", "has no message that was picked");
  const shown = items.map(({ ext }) => ext.roomSeq);
  const kept = withheld.map(({ roomSeq }) => roomSeq);
  if (!isRising(shown))
    throw malformed("items", "is not in the order of the conversation, or has a place twice");
  if (!isRising(kept))
    throw malformed("withheld", "is not in the order of the conversation, or has a place twice");
  if ([...shown, ...kept].some((seq) => seq < from || seq > to))
    throw malformed("window", "does not hold every message that the report names");
  const places = new Set(shown);
  if (kept.some((seq) => places.has(seq))) throw malformed("withheld", "names a message that is shown");
}
