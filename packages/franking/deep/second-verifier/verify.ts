import type { ItemVerdictCode, Step } from "../../src/verify/types.ts";
import { checkAttachments } from "./attachments.ts";
import { checkCausality, type Told } from "./causality.ts";
import { checkChain, checkHead } from "./chain.ts";
import { readContent } from "./content.ts";
import { type Evidence, type Finding, finding, type ItemOpinion, type Opinion } from "./input.ts";
import { checkLog } from "./log.ts";
import {
  checkContent,
  checkIntegrity,
  checkMembers,
  checkRecord,
  checkServerFrank,
  checkSubmission,
  checkTag,
  type Shown,
} from "./message-steps.ts";
import { readBundle, readSigned } from "./read-bundle.ts";
import { readRecords } from "./read-records.ts";
import { unlessRefused } from "./refused.ts";
import { checkOrder, checkReporter, checkTimes } from "./report-steps.ts";
import { hex } from "./tls.ts";

/**
 * A second opinion on a report: e2ee.md 7.5, V1 to V14, by other code than `verifyBundle` and, where there is one, other libraries.
 * @returns null where the files are no signed bundle and records at all, so that there is nothing to have an opinion on
 */
export function secondOpinion(evidence: Evidence): Opinion | null {
  const signed = unlessRefused(() => readSigned(evidence.bundle));
  const records = unlessRefused(() => readRecords(evidence.records));
  if (signed === null || records === null) return null;
  const bundle = unlessRefused(() => readBundle(signed.bundle));
  if (bundle === null) return nothing(["bundle.unreadable"]);
  const others = [
    bundle.reportId !== evidence.reportId && "bundle.other-report",
    bundle.roomUri !== records.roomUri && "records.other-room",
  ].filter((one) => one !== false);
  if (others.length > 0) return nothing(others);
  const told = bundle.items.map((item) => ({
    item,
    content: unlessRefused(() => readContent(item.content)),
  }));
  const steps = [
    finding("V1", []),
    checkReporter(signed, bundle, records),
    checkChain(bundle),
    checkHead(evidence, bundle),
    checkTimes(evidence, bundle),
  ];
  const isSound = steps.every(({ result }) => result === "passed");
  const items = told.map((one) => {
    const held = records.items.find(({ record }) => record.roomSeq === one.item.ext.roomSeq) ?? null;
    return checkItem({ bundle, records, evidence, held, ...one }, told, one, isSound);
  });
  const verdict = weakest(items.filter(({ selected }) => selected));
  const { from, to, firstSeq, headAtReport } = bundle.window;
  return {
    verdict,
    steps: [...steps, lastStep(verdict)],
    items,
    withheld: bundle.withheld.map(({ roomSeq }) => String(roomSeq)),
    window: [from, to, firstSeq, headAtReport.roomSeq].map(String),
    fullConversation:
      BigInt(items.length) === headAtReport.roomSeq - firstSeq + 1n &&
      items.every((item) => item.verdict === "VERIFIED"),
  };
}

/** About a report that is none, or not the one that was to be checked. */
function nothing(reasons: readonly string[]): Opinion {
  const steps = [finding("V1", reasons), lastStep("UNVERIFIED")];
  const window = ["0", "0", "0", "0"];
  return { verdict: "UNVERIFIED", steps, items: [], withheld: [], window, fullConversation: false };
}

function checkItem(shown: Shown, all: readonly Told[], told: Told, isSound: boolean): ItemOpinion {
  const { item, content, bundle, evidence } = shown;
  const log = checkLog(shown);
  const causality = checkCausality(bundle, all, told);
  const files = checkAttachments(evidence, content, item.attachments);
  const steps = [
    checkContent(shown),
    checkTag(shown),
    checkServerFrank(shown),
    checkIntegrity(shown),
    checkRecord(shown),
    log.finding,
    checkSubmission(shown),
    checkMembers(shown),
    causality.finding,
    files.finding,
    checkOrder(bundle, item),
  ];
  // R5: without an authenticated reporter and a chain that holds, nothing in the report is verified.
  const verdict = isSound ? verdictOf(steps) : "UNVERIFIED";
  return {
    roomSeq: String(item.ext.roomSeq),
    messageId: content?.messageId ?? "",
    senderUri: item.senderUri,
    deviceId: hex(item.deviceId),
    selected: item.selected,
    acceptedAt: String(item.acceptedAt),
    verdict,
    steps: [...steps, lastStep(verdict)],
    existedBy: log.existedBy,
    seen: causality.seen,
    replaces: causality.replaces,
    attachments: files.attachments,
  };
}

/** Must have been carried out; of the others only a failure counts. */
const NEEDED: ReadonlySet<Step> = new Set(["V3", "V4", "V5", "V6", "V7", "V10"]);
/** What a sender says of their own device, or uploads, must not make their words unreportable. */
const HARMLESS: ReadonlySet<string> = new Set([
  "causality.seen",
  "causality.order",
  "causality.replaces",
  "attachment.differs",
]);

/** e2ee.md V14. */
function verdictOf(steps: readonly Finding[]): ItemVerdictCode {
  const isAgainst = ({ step, result, reasons }: Finding): boolean =>
    result === "failed"
      ? reasons.some((reason) => !HARMLESS.has(reason))
      : result === "not-checked" && NEEDED.has(step);
  if (steps.some(isAgainst)) return "UNVERIFIED";
  const isUnsigned = steps.some(({ reasons }) => reasons.includes("submit.none"));
  return isUnsigned ? "VERIFIED_NO_SUBMIT_SIG" : "VERIFIED";
}

function weakest(items: readonly ItemOpinion[]): ItemVerdictCode {
  const order = ["UNVERIFIED", "VERIFIED_NO_SUBMIT_SIG", "VERIFIED"] as const;
  return order.find((one) => items.some(({ verdict }) => verdict === one)) ?? "UNVERIFIED";
}

function lastStep(verdict: ItemVerdictCode): Finding {
  return finding(
    "V14",
    [verdict === "UNVERIFIED" && "verdict.unverified"],
    [verdict === "VERIFIED_NO_SUBMIT_SIG" && "verdict.no-submit-signature"],
  );
}
