import type { BundleItem, ProviderRecords, ReportBundle, SignedBundle } from "../../src/bundle/types.ts";
import { type Evidence, type Finding, finding } from "./input.ts";
import { entriesOf, isValidAt } from "./message-steps.ts";
import { isSignedAs } from "./primitives.ts";

/** e2ee.md 4.3 (c) and V2. */
export function checkReporter(
  { bundle: bytes, signature }: SignedBundle,
  { reporter, createdAt }: ReportBundle,
  records: ProviderRecords,
): Finding {
  const entries = entriesOf(records, reporter.uri, reporter.deviceId);
  const valid = entries.filter((entry) => isValidAt(entry, createdAt));
  const isMember = records.rosters.some(({ members }) => members.some(({ uri }) => uri === reporter.uri));
  const isRight = valid.some(({ publicKey }) => isSignedAs("CSFReport", publicKey, bytes, signature));
  return finding("V2", [
    entries.length === 0 && "reporter.device-unknown",
    valid.length === 0 && "reporter.device-revoked",
    !isRight && "reporter.signature",
    !isMember && "reporter.not-a-member",
  ]);
}

/** Two clocks differ by so much at most. */
const APART_MS = 10n * 60_000n;

/** e2ee.md V13, for the report. */
export function checkTimes({ isRepeated, now }: Evidence, { createdAt, items }: ReportBundle): Finding {
  return finding("V13", [
    isRepeated && "time.repeated",
    createdAt > BigInt(now) + APART_MS && "time.future",
    items.some(({ acceptedAt }) => acceptedAt > createdAt + APART_MS) && "time.future",
  ]);
}

/** e2ee.md V13, for a message: its time against those of all others. */
export function checkOrder({ items }: ReportBundle, item: BundleItem): Finding {
  const at = items.indexOf(item);
  const isBackwards = items.some((other, place) =>
    place < at ? other.acceptedAt > item.acceptedAt : other.acceptedAt < item.acceptedAt && place > at,
  );
  return finding("V13", [isBackwards && "time.order"]);
}
