import { type FrankingCrypto, nextHead, type SignedHead, signHead } from "@fairlead/franking";
import { toText } from "./bytes.ts";
import type { FrankingKeys } from "./franking-keys.ts";
import type { Uris } from "./uris.ts";

/** A place in a room's chain, as the hub has it stored. */
export interface Place {
  roomId: Uint8Array;
  roomSeq: bigint;
  prevHead: Uint8Array;
  recHash: Uint8Array;
  /** When its message was accepted. Signed with it, so the same place always gives the same signature. */
  acceptedAt: bigint;
  /** The room's franking key. */
  signingKey: Uint8Array;
}

export interface Heads {
  /** The head after a place, signed. */
  at(place: Place): Promise<SignedHead>;
}

/** Rooms whose newest head every one of their devices asks for at the same moment. */
const KEPT = 5000;

export function openHeads({
  crypto,
  keys,
  uris,
}: {
  crypto: FrankingCrypto;
  keys: FrankingKeys;
  uris: Uris;
}): Heads {
  const signed = new Map<string, SignedHead>();
  return {
    async at(place) {
      const room = toText(place.roomId);
      const known = signed.get(room);
      if (known?.roomSeq === place.roomSeq) return known;
      const key = keys.find(place.signingKey);
      if (key === undefined) throw new Error("a room's franking key is missing from the configuration");
      const head = await signHead(crypto, key.hub.signatureKey, {
        roomUri: uris.room(place.roomId),
        roomSeq: place.roomSeq,
        head: await nextHead(crypto, place.prevHead, place.recHash),
        at: place.acceptedAt,
      });
      // Whoever catches up on old messages must not drive out what everybody else asks for.
      if (known !== undefined && known.roomSeq > place.roomSeq) return head;
      if (signed.size >= KEPT) signed.clear();
      signed.set(room, head);
      return head;
    },
  };
}
