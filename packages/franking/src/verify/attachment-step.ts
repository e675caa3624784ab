import { createHash } from "node:crypto";
import type { AttachmentOpening } from "../attachment/keys.ts";
import { openAttachment } from "../attachment/open.ts";
import { attachmentsIn, type SentAttachment } from "../attachment/part.ts";
import { isCommittedFile } from "../attachment/reseal.ts";
import type { AttachmentDisclosure } from "../bundle/types.ts";
import { attachmentCommitmentsOf } from "../content/attachments.ts";
import { equalBytes, hexOf } from "../crypto/bytes.ts";
import { FrankingError } from "../error.ts";
import type { DetailCode } from "./details.ts";
import type { OpenedBundle, OpenedItem } from "./item.ts";
import { failed, notChecked, passed } from "./step.ts";
import type { AttachmentVerdict, StepResult, VerifyInput } from "./types.ts";

type Committed = SentAttachment & { readonly opening: AttachmentOpening };

/** Step V12: each attachment that the reporter let be opened is the one that the message committed to. */
export async function checkAttachments(
  { input }: OpenedBundle,
  { item, content }: OpenedItem,
): Promise<{ step: StepResult; attachments: readonly AttachmentVerdict[] }> {
  if (content === null) return { step: failed("V12", "content.invalid"), attachments: [] };
  const committed = attachmentsIn(content).filter((one): one is Committed => one.opening !== null);
  const named = [...attachmentCommitmentsOf(content).values()].map(({ root }) => root);
  const attachments: AttachmentVerdict[] = [];
  for (const disclosure of item.attachments)
    attachments.push(await verdictOn(input, { committed, named }, disclosure));
  for (const { opening } of committed)
    if (!item.attachments.some(({ root }) => equalBytes(root, opening.commitment.root)))
      attachments.push({
        root: hexOf(opening.commitment.root),
        mode: "hash-only",
        result: "committed-not-seen",
      });
  return { step: conclude(attachments), attachments };
}

function conclude(attachments: readonly AttachmentVerdict[]): StepResult {
  const bad = attachments.filter(({ result }) => result === "failed");
  // The reporter's doing before the sender's: only the first takes anything from the message.
  if (bad.some(({ code }) => code === ("attachment.not-committed" satisfies DetailCode)))
    return failed("V12", "attachment.not-committed");
  if (bad.length > 0) return failed("V12", "attachment.differs");
  if (attachments.some(({ result }) => result === "missing")) return notChecked("V12", "attachment.gone");
  const isAnyOpened = attachments.some(({ result }) => result === "opened-and-bound");
  return isAnyOpened ? passed("V12") : notChecked("V12", "attachment.none");
}

async function verdictOn(
  input: VerifyInput,
  { committed, named }: { committed: readonly Committed[]; named: readonly Uint8Array[] },
  { root, mode }: AttachmentDisclosure,
): Promise<AttachmentVerdict> {
  const said = { root: hexOf(root), mode };
  if (!named.some((one) => equalBytes(one, root)))
    return { ...said, result: "failed", code: "attachment.not-committed" satisfies DetailCode };
  const sent = committed.find(({ opening }) => equalBytes(opening.commitment.root, root));
  // The sender committed to a ciphertext that no part of the message opens.
  if (sent === undefined) return { ...said, result: "failed", code: "attachment.part" };
  if (mode === "hash-only") return { ...said, result: "committed-not-seen" };
  try {
    return { ...said, ...((await fromCiphertext(input, sent)) ?? (await fromPlaintext(input, sent))) };
  } catch (error) {
    if (!(error instanceof FrankingError)) throw error;
    return { ...said, result: "failed", code: error.code };
  }
}

type Opened = Pick<AttachmentVerdict, "result" | "sha256" | "size" | "code">;

async function fromCiphertext(input: VerifyInput, { part, opening }: Committed): Promise<Opened | null> {
  const { root } = opening.commitment;
  const ciphertext = (await input.fetchCiphertext?.({ root, url: part.url })) ?? null;
  if (ciphertext === null) return null;
  const measured = measuring(openAttachment(input.crypto, opening, ciphertext));
  if (input.onAttachment === undefined) await drain(measured.bytes);
  else await input.onAttachment({ root, name: part.filename, mediaType: part.contentType }, measured.bytes);
  await drain(measured.bytes);
  // Whoever stops reading before the end has not seen whether it is the file that was sent.
  if (!measured.isWhole()) return { result: "failed", code: "attachment.unfinished" };
  return { result: "opened-and-bound", ...measured.result() };
}

async function fromPlaintext(input: VerifyInput, { part, opening }: Committed): Promise<Opened> {
  const { root } = opening.commitment;
  const plaintext = (await input.plaintextOf?.({ root, url: part.url })) ?? null;
  if (plaintext === null) return { result: "missing" };
  const measured = measuring(plaintext);
  const isIt = await isCommittedFile(input.crypto, opening, measured.bytes);
  await drain(measured.bytes);
  return isIt
    ? { result: "opened-and-bound", ...measured.result() }
    : { result: "failed", code: "attachment.differs" };
}

/** Passes bytes on and measures them. */
function measuring(source: AsyncIterable<Uint8Array>) {
  const hash = createHash("sha256");
  let size = 0;
  let isWhole = false;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
    isWhole = true;
  }
  return { bytes: bytes(), isWhole: () => isWhole, result: () => ({ sha256: hash.digest("hex"), size }) };
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}
