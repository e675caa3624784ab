import { type FrankExt, type Frank, kidOf, SUITE } from "@fairlead/franking";
import { StationError } from "../errors.ts";
import { refused } from "./contacts.ts";
import { type FrankingKeys, maySign, type SigningKey } from "./franking-keys.ts";
import { notAMember, stale } from "./roster.ts";
import type { Submission } from "./submit.ts";

/** What submissions-read.sql says of a message and its room. */
export interface Look {
  epoch: string | null;
  seq: string;
  head: Buffer;
  head_at: string;
  signing_key: Buffer;
  registered: boolean | null;
  is_member: boolean;
  was_member: boolean;
  is_refused: boolean;
  /** The message that this device sent with this nonce before. */
  known_room: Buffer | null;
  ct_hash: Buffer;
  known_seq: string;
  accepted_at: string;
  server_frank: Buffer;
  frank_signature: Buffer;
  prev_head: Buffer;
  rec_hash: Buffer;
}

/** A message that has its place in a room's chain. */
export interface Placed {
  roomId: Buffer;
  signingKey: Buffer;
  acceptedAt: bigint;
  frank: Frank;
  ext: FrankExt;
}

export type Decision =
  | { kind: "take"; key: SigningKey }
  | { kind: "known"; placed: Placed }
  | { kind: "refuse"; error: StationError };

/** Whether a message is taken, as its room stands. */
export function decide(keys: FrankingKeys, submission: Submission, look: Look, now: number): Decision {
  const refuse = (error: StationError): Decision => ({ kind: "refuse", error });
  if (look.known_room !== null) {
    const isSame = look.known_room.equals(submission.roomId) && look.ct_hash.equals(submission.ctHash);
    return isSame ? { kind: "known", placed: placedOf(submission, look) } : refuse(nonceUsed());
  }
  if (look.epoch === null || look.registered !== true || !look.is_member) return refuse(notAMember());
  const behind = BigInt(look.epoch) - submission.epoch;
  // Rule R1, "wrong epoch". Who wrote while somebody else's commit was on its way may finish; nobody else can have this epoch's keys.
  if (behind !== 0n && behind !== 1n) return refuse(stale());
  if (!look.was_member) return refuse(notAMember());
  if (look.is_refused) return refuse(refused());
  const key = keys.find(look.signing_key);
  if (key === undefined || !maySign(key, now)) return refuse(keyRetired());
  return { kind: "take", key };
}

function placedOf({ roomId }: Submission, look: Look): Placed {
  const acceptedAt = BigInt(look.accepted_at);
  return {
    roomId,
    signingKey: look.signing_key,
    acceptedAt,
    frank: { serverFrank: look.server_frank, suite: SUITE, signature: look.frank_signature },
    ext: {
      version: 1,
      roomSeq: BigInt(look.known_seq),
      prevHead: look.prev_head,
      recHash: look.rec_hash,
      hubKid: kidOf(acceptedAt),
    },
  };
}

export function nonceUsed(): StationError {
  return new StationError("chat.nonce-used", "This device has sent another message with this nonce.", {
    remedy: "Sign each message with 16 random bytes of its own.",
  });
}

function keyRetired(): StationError {
  return new StationError("chat.key-retired", "The franking key of this room has ended.", {
    remedy: "Make a new room with the hub's current key; what was said here stays reportable.",
  });
}
