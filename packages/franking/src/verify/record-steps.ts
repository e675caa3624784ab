import { equalBytes } from "../crypto/bytes.ts";
import { recordHash } from "../hub/chain.ts";
import { contextCommitment } from "../hub/frank.ts";
import { checkSubmit } from "../hub/submit.ts";
import type { DetailCode } from "./details.ts";
import { deviceAt } from "./directory.ts";
import type { OpenedBundle, OpenedItem } from "./item.ts";
import { contextOf } from "./message-steps.ts";
import { check, failed, notChecked } from "./step.ts";
import type { StepResult } from "./types.ts";

/** Step V7, for one message: the provider's record is about it, and is the one that its receivers were told of. */
export async function checkRecord(opened: OpenedBundle, one: OpenedItem): Promise<StepResult> {
  const { crypto } = opened.input;
  const { item, provider } = one;
  if (provider === null) return failed("V7", "record.missing");
  const { record, context, contextBlind, submit } = provider;
  const isAboutIt =
    record.roomSeq === one.roomSeq &&
    record.epoch === item.epoch &&
    equalBytes(record.serverFrank, item.frank.serverFrank);
  if (!isAboutIt) return failed("V7", "record.differs");
  const reported = contextOf(opened, one);
  const isSaid =
    context.senderUri === reported.senderUri &&
    context.roomUri === reported.roomUri &&
    context.acceptedAt === reported.acceptedAt;
  const commitment = await contextCommitment(crypto, reported, contextBlind);
  if (!isSaid || !equalBytes(record.ctxCommit, commitment)) return failed("V7", "record.context");
  if (submit !== null && !equalBytes(record.submitSigHash, await crypto.sha256(submit.signature)))
    return failed("V7", "submit.differs");
  return check("V7", equalBytes(await recordHash(crypto, record), item.ext.recHash) ? null : "record.hash");
}

/** Step V9: the device's own signature over what it sent, under the key that spoke for it then. */
export async function checkSubmitSignature(opened: OpenedBundle, one: OpenedItem): Promise<StepResult> {
  const { crypto, records } = opened.input;
  const { item, provider } = one;
  if (provider === null) return failed("V9", "record.missing");
  if (provider.submit === null) return notChecked("V9", "submit.none");
  const { tbs, signature } = provider.submit;
  const isAboutIt =
    tbs.roomUri === opened.bundle.roomUri &&
    tbs.senderUri === item.senderUri &&
    tbs.epoch === item.epoch &&
    equalBytes(tbs.deviceId, item.deviceId) &&
    equalBytes(tbs.frankingTag, one.tag) &&
    equalBytes(tbs.ctHash, provider.record.ctHash);
  if (!isAboutIt) return failed("V9", "submit.differs");
  const isKnown = records.devices.some(
    (entry) => entry.uri === item.senderUri && equalBytes(entry.deviceId, item.deviceId),
  );
  if (!isKnown) return failed("V9", "submit.device-unknown");
  const device = deviceAt(records.devices, item.senderUri, item.deviceId, item.acceptedAt);
  if (device === null) return failed("V9", "submit.device-not-valid");
  const wrong: DetailCode | null = (await checkSubmit(crypto, device.publicKey, tbs, signature))
    ? null
    : "submit.signature";
  return check("V9", wrong);
}
