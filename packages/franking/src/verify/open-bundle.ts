import { decodeBundle } from "../bundle/bundle.ts";
import { verifyBundleSignature } from "../bundle/sign.ts";
import type { ReportBundle } from "../bundle/types.ts";
import { equalBytes } from "../crypto/bytes.ts";
import { decodeContent } from "../content/content.ts";
import { messageIdWithin } from "../content/message-id.ts";
import type { MimiContent } from "../content/types.ts";
import { FrankingError } from "../error.ts";
import { nextHead } from "../hub/chain.ts";
import { tagUnder } from "../wire/franking-tag.ts";
import type { OpenedBundle, OpenedItem } from "./item.ts";
import { check, failed, passed } from "./step.ts";
import type { StepResult, VerifyInput } from "./types.ts";
import { deviceAt } from "./directory.ts";

/** Step V1: the report is complete and canonical, and the records are about its conversation. */
export function readBundle(input: VerifyInput): { bundle: ReportBundle | null; step: StepResult } {
  let bundle: ReportBundle;
  try {
    bundle = decodeBundle(input.signed.bundle);
  } catch (error) {
    if (!(error instanceof FrankingError)) throw error;
    return { bundle: null, step: failed("V1", "bundle.unreadable") };
  }
  if (bundle.reportId !== input.reportId) return { bundle: null, step: failed("V1", "bundle.other-report") };
  if (bundle.roomUri !== input.records.roomUri)
    return { bundle: null, step: failed("V1", "records.other-room") };
  return { bundle, step: passed("V1") };
}

/** Step V2: a device of the person who reports signed it, and the person was a member. Rule R5. */
export async function checkReporter(input: VerifyInput, bundle: ReportBundle): Promise<StepResult> {
  const { uri, deviceId } = bundle.reporter;
  const { devices } = input.records;
  if (!devices.some((entry) => entry.uri === uri && equalBytes(entry.deviceId, deviceId)))
    return failed("V2", "reporter.device-unknown");
  // A device that was linked anew has an entry for each of its keys.
  const device = deviceAt(devices, uri, deviceId, bundle.createdAt);
  if (device === null) return failed("V2", "reporter.device-revoked");
  if (!(await verifyBundleSignature(input.crypto, device.publicKey, input.signed)))
    return failed("V2", "reporter.signature");
  const wasMember = input.records.rosters.some(({ members }) => members.some((member) => member.uri === uri));
  return check("V2", wasMember ? null : "reporter.not-a-member");
}

/** Works out once what the steps of each message need. */
export async function openItems(input: VerifyInput, bundle: ReportBundle): Promise<OpenedBundle> {
  const { crypto, records } = input;
  const bySeq = new Map(records.items.map((item) => [item.record.roomSeq, item]));
  const items: OpenedItem[] = [];
  for (const [index, item] of bundle.items.entries()) {
    const content = decodeOrNull(item.content);
    items.push({
      index,
      item,
      roomSeq: item.ext.roomSeq,
      content,
      messageId: content === null ? new Uint8Array() : await messageIdWithin(crypto, item.content, content),
      tag: content === null ? new Uint8Array(32) : await tagUnder(crypto, content.salt, item.content),
      provider: bySeq.get(item.ext.roomSeq) ?? null,
    });
  }
  const heads = new Map<bigint, Uint8Array>();
  for (const { roomSeq, prevHead, recHash } of linksOf(bundle)) {
    // What stands before the window, or before a gap in it, is known by the head that the next record continues.
    if (!heads.has(roomSeq - 1n)) heads.set(roomSeq - 1n, prevHead);
    heads.set(roomSeq, await nextHead(crypto, prevHead, recHash));
  }
  return { input, bundle, records, items, heads };
}

/** Every place of the window that the report names, shown or withheld, in order. */
export function linksOf(
  bundle: ReportBundle,
): Array<{ roomSeq: bigint; prevHead: Uint8Array; recHash: Uint8Array }> {
  return [...bundle.items.map(({ ext }) => ext), ...bundle.withheld].toSorted((one, other) =>
    one.roomSeq < other.roomSeq ? -1 : one.roomSeq > other.roomSeq ? 1 : 0,
  );
}

function decodeOrNull(bytes: Uint8Array): MimiContent | null {
  try {
    return decodeContent(bytes);
  } catch (error) {
    if (error instanceof FrankingError) return null;
    throw error;
  }
}
