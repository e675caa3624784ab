import type { ReportBundle } from "../bundle/types.ts";
import { hexOf } from "../crypto/bytes.ts";
import { checkAttachments } from "./attachment-step.ts";
import { checkCausality } from "./causality-step.ts";
import { checkChain, checkHead } from "./chain-step.ts";
import type { DetailCode } from "./details.ts";
import type { OpenedBundle, OpenedItem } from "./item.ts";
import { checkLog, type LoggedBatches } from "./log-step.ts";
import {
  checkContent,
  checkFrankSignature,
  checkRoster,
  checkServerFrank,
  checkTag,
} from "./message-steps.ts";
import { checkReporter, openItems, readBundle } from "./open-bundle.ts";
import { checkRecord, checkSubmitSignature } from "./record-steps.ts";
import { checkMessageTime, checkReportTimes } from "./sanity-step.ts";
import { failed, notChecked, passed } from "./step.ts";
import type { BundleVerdict, ItemVerdict, ItemVerdictCode, Step, StepResult, VerifyInput } from "./types.ts";

/** Steps without which a message counts as unverified, whatever the others say. */
const DECISIVE: ReadonlySet<Step> = new Set(["V3", "V4", "V5", "V6", "V7", "V10"]);

/**
 * Verifies a report from an encrypted conversation by the steps V1 to V14 of e2ee.md 7.5. The same function runs at the verifier,
 * at a force without a network, and in the hands of the defence; only V5 needs the provider, or its attestation.
 * A report that fails is no error: its verdict says which step failed and why, and it goes on as an unauthenticated statement.
 * @returns a verdict for the report and for each message in it
 */
export async function verifyBundle(input: VerifyInput): Promise<BundleVerdict> {
  const { bundle, step: read } = readBundle(input);
  if (bundle === null) return unreadable(input.reportId, read);
  const reporter = await checkReporter(input, bundle);
  const opened = await openItems(input, bundle);
  const steps = [read, reporter, checkChain(opened), await checkHead(opened), checkReportTimes(opened)];
  const mayHold = steps.every(({ result }) => result === "passed");
  const items: ItemVerdict[] = [];
  const batches: LoggedBatches = new Map();
  for (const one of opened.items) items.push(await verifyItem(opened, one, batches, mayHold));
  const verdict = weakest(items.filter(({ selected }) => selected));
  return {
    reportId: bundle.reportId,
    verdict,
    steps: [...steps, conclude(verdict)],
    items,
    withheld: bundle.withheld.map(({ roomSeq }) => String(roomSeq)),
    window: windowOf(bundle),
    fullConversation: isWhole(bundle) && items.every((item) => item.verdict === "VERIFIED"),
  };
}

async function verifyItem(
  opened: OpenedBundle,
  one: OpenedItem,
  batches: LoggedBatches,
  mayHold: boolean,
): Promise<ItemVerdict> {
  const log = await checkLog(opened, one, batches);
  const causality = checkCausality(opened, one);
  const { step: attachmentStep, attachments } = await checkAttachments(opened, one);
  const steps = [
    checkContent(opened, one),
    checkTag(one),
    await checkServerFrank(opened, one),
    await checkFrankSignature(opened, one),
    await checkRecord(opened, one),
    log.step,
    await checkSubmitSignature(opened, one),
    checkRoster(opened, one),
    causality.step,
    attachmentStep,
    checkMessageTime(opened, one),
  ];
  const verdict = mayHold ? verdictOf(steps) : "UNVERIFIED";
  return {
    index: one.index,
    roomSeq: String(one.roomSeq),
    messageId: hexOf(one.messageId),
    senderUri: one.item.senderUri,
    deviceId: hexOf(one.item.deviceId),
    selected: one.item.selected,
    verdict,
    steps: [...steps, conclude(verdict)],
    acceptedAt: String(one.item.acceptedAt),
    existedBy: log.existedBy === null ? null : String(log.existedBy),
    seen: causality.seen === null ? null : String(causality.seen),
    replaces: causality.replaces.map(String),
    attachments,
  };
}

/** Nothing that was checked may have failed; what decides must have been checked. Each file has a result of its own. */
function verdictOf(steps: readonly StepResult[]): ItemVerdictCode {
  const isSound = steps.every(
    (step) =>
      step.result === "passed" ||
      isSendersOwnDoing(step) ||
      (step.result === "not-checked" && !DECISIVE.has(step.step)),
  );
  if (!isSound) return "UNVERIFIED";
  const isSigned = steps.some(({ step, result }) => step === "V9" && result === "passed");
  return isSigned ? "VERIFIED" : "VERIFIED_NO_SUBMIT_SIG";
}

/** What a sender's own words say of their past, and may say falsely. */
const SAID_BY_SENDER: ReadonlySet<string> = new Set<DetailCode>([
  "causality.seen",
  "causality.order",
  "causality.replaces",
]);

/**
 * Whatever only the sender can make wrong says nothing about who sent these words: if it counted, anybody could make their messages
 * unreportable by a junk file behind a url, or a false word about what their device had seen. It stands in the verdict as failed. A report
 * that shows a message twice, or names a file that the message never had, is the reporter's own doing and counts.
 */
function isSendersOwnDoing({ step, code }: StepResult): boolean {
  if (step === "V11") return code !== undefined && SAID_BY_SENDER.has(code);
  return step === "V12" && code !== ("attachment.not-committed" satisfies DetailCode);
}

function weakest(items: readonly ItemVerdict[]): ItemVerdictCode {
  const order: readonly ItemVerdictCode[] = ["UNVERIFIED", "VERIFIED_NO_SUBMIT_SIG", "VERIFIED"];
  if (items.length === 0) return "UNVERIFIED";
  return order.find((verdict) => items.some((item) => item.verdict === verdict)) ?? "UNVERIFIED";
}

function conclude(verdict: ItemVerdictCode): StepResult {
  switch (verdict) {
    case "VERIFIED":
      return passed("V14");
    case "VERIFIED_NO_SUBMIT_SIG":
      return notChecked("V14", "verdict.no-submit-signature");
    case "UNVERIFIED":
      return failed("V14", "verdict.unverified");
  }
}

function isWhole({ window, withheld }: ReportBundle): boolean {
  return (
    withheld.length === 0 && window.from === window.firstSeq && window.to === window.headAtReport.roomSeq
  );
}

function windowOf({ window }: ReportBundle): BundleVerdict["window"] {
  return {
    from: String(window.from),
    to: String(window.to),
    firstSeq: String(window.firstSeq),
    headSeq: String(window.headAtReport.roomSeq),
  };
}

function unreadable(reportId: string, step: StepResult): BundleVerdict {
  return {
    reportId,
    verdict: "UNVERIFIED",
    steps: [step, conclude("UNVERIFIED")],
    items: [],
    withheld: [],
    window: { from: "0", to: "0", firstSeq: "0", headSeq: "0" },
    fullConversation: false,
  };
}
