import { causalityOf } from "../content/causality.ts";
import { decodeContent } from "../content/content.ts";
import { addressOf } from "../content/extensions.ts";
import { messageIdWithin } from "../content/message-id.ts";
import type { Causality, MimiContent } from "../content/types.ts";
import { equalBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";
import type { ChainLink } from "../hub/chain.ts";
import { tagFromAad } from "../wire/aad.ts";
import { tagUnder } from "../wire/franking-tag.ts";
import type { Delivered } from "../wire/types.ts";
import { type ChainCode, linkMessage } from "./chain.ts";
import { beginFrankCheck, type FrankCode, type FrankedRoom } from "./check-frank.ts";

/** What MLS gave out of the message: an `MlsReceived` of kind `application` has all of it. */
export interface Opened {
  readonly plaintext: Uint8Array;
  readonly authenticatedData: Uint8Array;
  /** From the credential of the leaf that signed. */
  readonly sender: { readonly uri: string; readonly deviceId: Uint8Array };
  readonly epoch: bigint;
}

/** What came, and what the device knows of the room. */
export interface Arrival {
  readonly delivered: Delivered;
  readonly room: FrankedRoom;
  /** The last link of the room that this device has; null before its first, if it joined later; `GENESIS` if it did not. */
  readonly last: ChainLink | null;
}

/** What is known once the message is open. */
export interface Opening {
  readonly opened: Opened;
  /** Heads of earlier links that the device remembers, to hold what the sender says that it has seen against them. */
  readonly headAt?: ((roomSeq: bigint) => Uint8Array | undefined) | undefined;
}

export type DeliveredCheck = Arrival & Opening;

export type ContentCode = "content.malformed" | "content.not-canonical" | "content.extension";
export type DeliveredCode = ChainCode | FrankCode | ContentCode;

export type DeliveredVerdict =
  | {
      readonly ok: true;
      readonly content: MimiContent;
      readonly messageId: Uint8Array;
      readonly tag: Uint8Array;
      readonly link: ChainLink;
      /** Whether the sender's device had the same chain before it as this one has. */
      readonly seen: SeenVerdict;
    }
  | {
      readonly ok: false;
      readonly code: DeliveredCode;
      /** Where the chain goes on even though this message is not shown; null if the chain itself is broken. */
      readonly link: ChainLink | null;
    };

/** `differs`: the hub tells different members different stories, or the sender's device lies. */
export type SeenVerdict = "not-said" | "agrees" | "differs" | "not-known";

/**
 * Everything that must hold before a message is shown (e2ee.md 7.4, rule R2): an unverifiable message is one that could not be
 * reported later. Whatever the answer, the new MLS state and `link` are kept: the message's key is used up.
 */
export function checkDelivered(crypto: FrankingCrypto, check: DeliveredCheck): Promise<DeliveredVerdict> {
  return beginDelivered(crypto, check)(check);
}

/** `checkDelivered` in two steps: what can be checked of a message that is still closed is, while MLS opens it. */
export function beginDelivered(
  crypto: FrankingCrypto,
  { delivered, room, last }: Arrival,
): (opening: Opening) => Promise<DeliveredVerdict> {
  const frankCheck = beginFrankCheck(crypto, room, delivered);
  return async ({ opened, headAt }) => {
    const linked = await linkMessage(crypto, last, delivered.ext);
    if (!linked.ok) return { ok: false, code: linked.code, link: null };
    const { link } = linked;

    const tag = tagFromAad(opened.authenticatedData);
    // Neither needs the other's answer: while the hub's signature is checked, the content is read.
    const [franked, read] = await Promise.all([
      frankCheck({ ...opened.sender, epoch: opened.epoch }),
      readContent(crypto, opened, tag, room),
    ]);
    if (!franked.ok) return { ok: false, code: franked.code, link };
    if (tag === null || !equalBytes(tag, franked.tag)) return { ok: false, code: "frank.aad", link };
    if (!read.ok) return { ok: false, code: read.code, link };

    const { content } = read;
    return {
      ok: true,
      content,
      messageId: await messageIdWithin(crypto, opened.plaintext, content),
      tag,
      link,
      seen: seenBy(causalityOf(content), { delivered, last, headAt }),
    };
  };
}

type ContentRead =
  | { readonly ok: true; readonly content: MimiContent }
  | { readonly ok: false; readonly code: FrankCode | ContentCode };

async function readContent(
  crypto: FrankingCrypto,
  opened: Opened,
  tag: Uint8Array | null,
  room: FrankedRoom,
): Promise<ContentRead> {
  if (tag === null) return { ok: false, code: "frank.aad" };
  const content = decoded(opened.plaintext);
  if (typeof content === "string") return { ok: false, code: content };
  // draft-ietf-mimi-protocol-06, section 5.4.1: the receiver MUST compute the tag itself before it shows the message.
  if (!equalBytes(await tagUnder(crypto, content.salt, opened.plaintext), tag))
    return { ok: false, code: "frank.tag" };
  const { senderUri, roomUri } = addressOf(content);
  if (senderUri !== opened.sender.uri) return { ok: false, code: "frank.sender" };
  if (roomUri !== room.roomUri) return { ok: false, code: "frank.room" };
  return { ok: true, content };
}

function decoded(plaintext: Uint8Array): MimiContent | ContentCode {
  try {
    return decodeContent(plaintext);
  } catch (cause) {
    if (!(cause instanceof FrankingError)) throw cause;
    return contentCodes.find((code) => code === cause.code) ?? "content.malformed";
  }
}

const contentCodes = ["content.malformed", "content.not-canonical", "content.extension"] as const;

function seenBy(
  causality: Causality | null,
  { delivered, last, headAt }: Omit<Arrival, "room"> & Pick<Opening, "headAt">,
): SeenVerdict {
  const seen = causality?.seen;
  if (seen === undefined || seen === null) return "not-said";
  // Nobody has seen a message before the hub has taken it in.
  if (seen.roomSeq >= delivered.ext.roomSeq) return "differs";
  const own = seen.roomSeq === last?.roomSeq ? last.head : headAt?.(seen.roomSeq);
  if (own === undefined) return "not-known";
  return equalBytes(own, seen.head) ? "agrees" : "differs";
}
