import type { OpenedBundle, OpenedItem } from "./item.ts";
import { check } from "./step.ts";
import type { StepResult } from "./types.ts";

/** Clocks of devices and hubs differ by seconds; a wrong zone or year differs by far more. */
const CLOCK_TOLERANCE_MS = 10n * 60n * 1000n;

/** Step V13, for the report: its time has come, and its messages were there before it. */
export function checkReportTimes({ input, bundle }: OpenedBundle): StepResult {
  if (input.isRepeated === true) return check("V13", "time.repeated");
  const now = BigInt(input.now) + CLOCK_TOLERANCE_MS;
  const isInFuture =
    bundle.createdAt > now ||
    bundle.items.some(({ acceptedAt }) => acceptedAt > bundle.createdAt + CLOCK_TOLERANCE_MS);
  return check("V13", isInFuture ? "time.future" : null);
}

/** Step V13, for one message: the hub's times never run backwards along the chain. */
export function checkMessageTime({ items }: OpenedBundle, one: OpenedItem): StepResult {
  const isBackwards = items.some(
    ({ roomSeq, item }) =>
      (roomSeq < one.roomSeq && item.acceptedAt > one.item.acceptedAt) ||
      (roomSeq > one.roomSeq && item.acceptedAt < one.item.acceptedAt),
  );
  return check("V13", isBackwards ? "time.order" : null);
}
