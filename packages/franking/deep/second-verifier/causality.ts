import type { BundleItem, ReportBundle } from "../../src/bundle/types.ts";
import { headsOf } from "./chain.ts";
import type { Content } from "./content.ts";
import { type Finding, finding } from "./input.ts";
import { equal } from "./tls.ts";

/** A message that is shown, with its content where that could be read. */
export interface Told {
  readonly item: BundleItem;
  readonly content: Content | null;
}

export interface CausalityOpinion {
  readonly finding: Finding;
  readonly seen: string | null;
  readonly replaces: readonly string[];
}

/** e2ee.md 4.2 (sender causality, edits) and V11. */
export function checkCausality(bundle: ReportBundle, all: readonly Told[], told: Told): CausalityOpinion {
  const { content, item } = told;
  if (content === null) return { finding: finding("V11", ["content.invalid"]), seen: null, replaces: [] };
  const seen = content.causality?.seen ?? null;
  const head = seen === null ? undefined : headsOf(bundle).get(seen.roomSeq);
  const isSeenFalse =
    seen !== null && (seen.roomSeq >= item.ext.roomSeq || (head !== undefined && !equal(head, seen.head)));
  const replaced = all.filter(
    (one) => content.replaces !== null && one.content?.messageId === content.replaces,
  );
  const earlier = all.slice(0, all.indexOf(told));
  const outcome = finding("V11", [
    earlier.some((one) => one.content?.messageId === content.messageId) && "causality.duplicate",
    isSeenFalse && "causality.seen",
    !isCountRight(earlier, told) && "causality.order",
    replaced.some((one) => one.item.senderUri !== item.senderUri) && "causality.replaces",
  ]);
  // What one thing contradicts is not told as proven about another.
  if (outcome.result === "failed") return { finding: outcome, seen: null, replaces: [] };
  return {
    finding: outcome,
    seen: seen === null ? null : String(seen.roomSeq),
    replaces: replaced.map((one) => String(one.item.ext.roomSeq)),
  };
}

/** Against the device's nearest message before this one that can be read. */
function isCountRight(earlier: readonly Told[], { item, content }: Told): boolean {
  const readable = earlier.filter((one) => one.content !== null);
  const before = readable.findLast(
    (one) => one.item.senderUri === item.senderUri && equal(one.item.deviceId, item.deviceId),
  );
  const [own, last] = [content?.causality ?? null, before?.content?.causality ?? null];
  if (own === null || before === undefined || last === null) return true;
  const step = own.count - last.count;
  if (step === 1n) return own.previous === before.content?.messageId;
  // More than one: then something of the device stands at a place in between of which nothing can be read.
  const [from, to] = [before.item.ext.roomSeq, item.ext.roomSeq];
  const between = readable.filter((one) => one.item.ext.roomSeq > from);
  return step > 1n && BigInt(between.length) < to - from - 1n;
}
