import type { AttachmentDisclosure } from "../bundle/types.ts";
import { attachmentCommitmentsOf } from "../content/attachments.ts";
import { equalBytes, hexOf } from "../crypto/bytes.ts";
import type { DetailCode } from "./details.ts";
import type { OpenedBundle, OpenedItem } from "./item.ts";
import { failed, notChecked, passed } from "./step.ts";
import type { AttachmentVerdict, StepResult } from "./types.ts";

/** Step V12: each attachment that the reporter let be opened is the one that the message committed to. */
export async function checkAttachments(
  _opened: OpenedBundle,
  { item, content }: OpenedItem,
): Promise<{ step: StepResult; attachments: readonly AttachmentVerdict[] }> {
  if (content === null) return { step: failed("V12", "content.invalid"), attachments: [] };
  const committed = [...attachmentCommitmentsOf(content).values()];
  const attachments = item.attachments.map((disclosure) => verdictOn(committed, disclosure));
  for (const { root } of committed)
    if (!item.attachments.some((disclosure) => equalBytes(disclosure.root, root)))
      attachments.push({ root: hexOf(root), mode: "hash-only", result: "committed-not-seen" });
  return { step: conclude(attachments), attachments };
}

function conclude(attachments: readonly AttachmentVerdict[]): StepResult {
  const bad = attachments.find(({ result }) => result === "failed");
  if (bad !== undefined) return failed("V12", (bad.code ?? "attachment.differs") as DetailCode);
  if (attachments.some(({ result }) => result === "missing")) return notChecked("V12", "attachment.gone");
  const isAnyOpened = attachments.some(({ result }) => result === "opened-and-bound");
  return isAnyOpened ? passed("V12") : notChecked("V12", "attachment.none");
}

function verdictOn(
  committed: ReadonlyArray<{ root: Uint8Array }>,
  { root, mode }: AttachmentDisclosure,
): AttachmentVerdict {
  const said = { root: hexOf(root), mode };
  if (!committed.some((one) => equalBytes(one.root, root)))
    return { ...said, result: "failed", code: "attachment.not-committed" };
  return { ...said, result: mode === "hash-only" ? "committed-not-seen" : "missing" };
}
