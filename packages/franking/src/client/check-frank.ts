import { equalBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { checkIntegrity, kidWithin, SUITE } from "../hub/frank.ts";
import { tagFromAad } from "../wire/aad.ts";
import { APPLICATION, readPrivateMessage } from "../wire/private-message.ts";
import type { Delivered } from "../wire/types.ts";

/** What the device knows of the room from its own MLS state, not from the hub. */
export interface FrankedRoom {
  readonly roomUri: string;
  /** The group's cipher suite. */
  readonly suite: number;
  /** From the group context; null if it names none. */
  readonly agent: { readonly publicKey: Uint8Array; readonly domain: string } | null;
  /** The hub whose room this is. */
  readonly hubDomain: string;
}

export type FrankCode =
  /** The bytes are no application message of MLS. */
  | "frank.message"
  /** The room names no franking agent, or one of another domain than its hub's. */
  | "frank.agent"
  /** The frank is of another cipher suite than the group. */
  | "frank.suite"
  /** The month of the hub's key is not the month of the message. */
  | "frank.kid"
  /** The hub did not sign this frank for this sender, room and time. */
  | "frank.signature"
  /** The hub says that the message belongs into another room. */
  | "frank.room"
  /** The hub, the content and the sending device do not name one and the same account. */
  | "frank.sender"
  /** The hub names another device than the one that sent. */
  | "frank.device"
  /** The authenticated data is not SafeAAD with a franking tag, or not what the message carries. */
  | "frank.aad"
  /** The tag is not the tag of the content: the message could not be reported. */
  | "frank.tag";

/** Who sent, by the MLS message itself or by the device's own memory. */
export interface FrankSender {
  readonly uri: string;
  readonly deviceId: Uint8Array;
  readonly epoch: bigint;
}

export type FrankVerdict =
  | { readonly ok: true; readonly tag: Uint8Array }
  | { readonly ok: false; readonly code: FrankCode };

/**
 * What a receiver and a sender check alike about what came from the hub. The tag in the clear, or what is wrong.
 *
 * The hub's signature is checked from the start, by what the room's state and the hub say; who sent is asked for afterwards, so that a
 * receiver opens the message in the meantime.
 */
export function beginFrankCheck(
  crypto: FrankingCrypto,
  room: FrankedRoom,
  delivered: Delivered,
): (sender: FrankSender) => Promise<FrankVerdict> {
  const { frank, context } = delivered;
  const signed =
    room.agent === null
      ? Promise.resolve(false)
      : checkIntegrity(crypto, room.agent.publicKey, frank, context);
  // Whoever never asks is told of no failure either.
  signed.catch(() => undefined);
  return async (sender) => {
    const verdict = unsignedVerdict(room, delivered, sender);
    return verdict.ok && !(await signed) ? no("frank.signature") : verdict;
  };
}

function unsignedVerdict(room: FrankedRoom, delivered: Delivered, sender: FrankSender): FrankVerdict {
  const { frank, context, ext } = delivered;
  const message = readPrivateMessage(delivered.message);
  if (message?.contentType !== APPLICATION || message.epoch !== sender.epoch) return no("frank.message");
  const tag = tagFromAad(message.authenticatedData);
  if (tag === null) return no("frank.aad");
  // draft-ietf-mimi-protocol-06, section 5.4.1: the receiver checks the suite, the agent's domain and the signature, in this order.
  if (frank.suite !== room.suite || frank.suite !== SUITE) return no("frank.suite");
  if (room.agent === null || room.agent.domain !== room.hubDomain) return no("frank.agent");
  if (context.roomUri !== room.roomUri) return no("frank.room");
  if (context.senderUri !== sender.uri) return no("frank.sender");
  if (!equalBytes(delivered.deviceId, sender.deviceId)) return no("frank.device");
  if (ext.hubKid !== kidWithin(context)) return no("frank.kid");
  return { ok: true, tag };
}

function no(code: FrankCode): FrankVerdict {
  return { ok: false, code };
}
