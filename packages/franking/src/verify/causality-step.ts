import { equalBytes, hexOf } from "../crypto/bytes.ts";
import { causalityOf } from "../content/causality.ts";
import type { Causality } from "../content/types.ts";
import type { DetailCode } from "./details.ts";
import type { OpenedBundle, OpenedItem } from "./item.ts";
import { check, failed } from "./step.ts";
import type { StepResult } from "./types.ts";

/** What a message says about what came before it, as far as the window lets it be compared. */
export interface CausalityFinding {
  readonly step: StepResult;
  /** The place in the conversation that the sending device had seen. */
  readonly seen: bigint | null;
  /** Places of the messages in the window that this one replaces. */
  readonly replaces: readonly bigint[];
}

/** Step V11. Inside the sender-committed bytes: what the device had received, and its own count of its messages. */
export function checkCausality(opened: OpenedBundle, one: OpenedItem): CausalityFinding {
  if (one.content === null) return { step: failed("V11", "content.invalid"), seen: null, replaces: [] };
  const says = causalityOf(one.content);
  const replaced = replacedBy(opened, one);
  const wrong =
    duplicateIn(opened, one) ??
    (says === null ? null : (seenWrong(opened, one, says) ?? orderWrong(opened, one, says))) ??
    (replaced.some(({ item }) => item.senderUri !== one.item.senderUri) ? "causality.replaces" : null);
  // What does not agree with the other messages is told as failed, and stands nowhere as if it were proven.
  return {
    step: check("V11", wrong),
    seen: wrong === null ? (says?.seen?.roomSeq ?? null) : null,
    replaces: wrong === null ? replaced.map(({ roomSeq }) => roomSeq) : [],
  };
}

function duplicateIn({ items }: OpenedBundle, one: OpenedItem): DetailCode | null {
  const isTwice = items.some(
    (other) => other.index < one.index && equalBytes(other.messageId, one.messageId),
  );
  return isTwice ? "causality.duplicate" : null;
}

function seenWrong({ heads }: OpenedBundle, one: OpenedItem, { seen }: Causality): DetailCode | null {
  if (seen === null) return null;
  if (seen.roomSeq >= one.roomSeq) return "causality.seen";
  const head = heads.get(seen.roomSeq);
  return head !== undefined && !equalBytes(head, seen.head) ? "causality.seen" : null;
}

/**
 * A device's count grows with the room's; where it grows by one, the message names the one before it. It is compared with the
 * device's nearest earlier message that is shown.
 */
function orderWrong(opened: OpenedBundle, one: OpenedItem, says: Causality): DetailCode | null {
  const before = opened.items
    .filter(
      (other) =>
        other.roomSeq < one.roomSeq &&
        other.content !== null &&
        other.item.senderUri === one.item.senderUri &&
        equalBytes(other.item.deviceId, one.item.deviceId),
    )
    .toSorted((a, b) => (a.roomSeq < b.roomSeq ? 1 : -1))[0];
  const earlier = before === undefined || before.content === null ? null : causalityOf(before.content);
  if (before === undefined || earlier === null) return null;
  if (says.deviceSeq <= earlier.deviceSeq) return "causality.order";
  if (says.deviceSeq > earlier.deviceSeq + 1) {
    // Something of this device stood in between: then there is a place of which nothing can be read, kept back or left out or spoilt.
    const between = opened.items.filter(
      (other) => other.content !== null && other.roomSeq > before.roomSeq && other.roomSeq < one.roomSeq,
    );
    const isRoomForIt = BigInt(between.length) < one.roomSeq - before.roomSeq - 1n;
    return isRoomForIt ? null : "causality.order";
  }
  return says.previousOwn !== null && equalBytes(says.previousOwn, before.messageId)
    ? null
    : "causality.order";
}

function replacedBy({ items }: OpenedBundle, { content }: OpenedItem): readonly OpenedItem[] {
  const replaces = content?.replaces ?? null;
  if (replaces === null) return [];
  const wanted = hexOf(replaces);
  return items.filter(({ messageId }) => hexOf(messageId) === wanted);
}
