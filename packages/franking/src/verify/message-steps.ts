import { checkIntegrity, kidWithin, SUITE } from "../hub/frank.ts";
import { addressOf } from "../content/extensions.ts";
import { equalBytes } from "../crypto/bytes.ts";
import type { ServerContext } from "../wire/types.ts";
import type { DetailCode } from "./details.ts";
import { rosterOf } from "./directory.ts";
import type { OpenedBundle, OpenedItem } from "./item.ts";
import { keysAt } from "./keys.ts";
import { check, failed, notChecked, passed } from "./step.ts";
import type { StepResult } from "./types.ts";

/** What the hub would say about this message if the report is right. */
export function contextOf({ bundle }: OpenedBundle, { item }: OpenedItem): ServerContext {
  return { senderUri: item.senderUri, roomUri: bundle.roomUri, acceptedAt: item.acceptedAt };
}

/** Step V3: canonical content that names the sender and the room that the report names. */
export function checkContent({ bundle }: OpenedBundle, { item, content }: OpenedItem): StepResult {
  if (content === null) return failed("V3", "content.invalid");
  const address = addressOf(content);
  if (address.senderUri !== item.senderUri) return failed("V3", "content.other-sender");
  return check("V3", address.roomUri === bundle.roomUri ? null : "content.other-room");
}

/** Step V4: the content gives the tag that the provider recorded with the ciphertext. */
export function checkTag({ content, tag, provider }: OpenedItem): StepResult {
  if (content === null) return failed("V4", "content.invalid");
  if (provider === null) return failed("V4", "record.missing");
  return check("V4", equalBytes(tag, provider.record.frankingTag) ? null : "frank.tag");
}

/** Step V5: the provider's HMAC over this tag and context. Only the provider can say; offline its attestation stands in. */
export async function checkServerFrank(opened: OpenedBundle, one: OpenedItem): Promise<StepResult> {
  const { checkFrank, frankAttested } = opened.input;
  const { frank, ext } = one.item;
  // Without its content there is no tag that anybody could have marked.
  if (one.content === null) return failed("V5", "content.invalid");
  const context = contextOf(opened, one);
  if (ext.hubKid !== kidWithin(context)) return failed("V5", "frank.key-month");
  if (checkFrank !== undefined) {
    const isTheirs = await checkFrank({
      frankingTag: one.tag,
      context,
      serverFrank: frank.serverFrank,
      hubKid: ext.hubKid,
    });
    return check("V5", isTheirs ? null : "frank.not-ours");
  }
  const isAttested = frankAttested?.has(String(one.roomSeq)) === true;
  return isAttested ? passed("V5") : notChecked("V5", "frank.not-asked");
}

/** Step V6: FrankingIntegrityTBS under a pinned key that was valid when the message was taken in. */
export async function checkFrankSignature(opened: OpenedBundle, one: OpenedItem): Promise<StepResult> {
  const { crypto, trust } = opened.input;
  const { frank, acceptedAt } = one.item;
  const isInUse = frank.suite === SUITE && trust.frankingKeys.some(({ suite }) => suite === SUITE);
  if (!isInUse) return failed("V6", "frank.suite");
  const keys = keysAt(trust.frankingKeys, acceptedAt);
  if (keys.length === 0) return failed("V6", "frank.no-key");
  const context = contextOf(opened, one);
  for (const { publicKey } of keys)
    if (await checkIntegrity(crypto, publicKey, frank, context)) return passed("V6");
  return failed("V6", "frank.signature");
}

/** Step V10: sender's device and reporter's account were in the room in the message's epoch. */
export function checkRoster({ bundle, records }: OpenedBundle, { item }: OpenedItem): StepResult {
  const roster = rosterOf(records.rosters, item.epoch);
  if (roster === null) return failed("V10", "roster.missing");
  const isIn = (uri: string, deviceId?: Uint8Array) =>
    roster.members.some(
      (member) => member.uri === uri && (deviceId === undefined || equalBytes(member.deviceId, deviceId)),
    );
  const wrong: DetailCode | null = !isIn(item.senderUri, item.deviceId)
    ? "roster.sender"
    : isIn(bundle.reporter.uri)
      ? null
      : "roster.reporter";
  return check("V10", wrong);
}
