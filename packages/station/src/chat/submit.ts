import { createHash } from "node:crypto";
import { APPLICATION, checkSubmit, readPrivateMessage, tagFromAad } from "@fairlead/franking";
import type { z } from "zod";
import { StationError } from "../errors.ts";
import type { AcceptedMessage, newMessageSchema } from "./contract.ts";
import type { Device } from "./device-sessions.ts";
import type { Hub } from "./hub.ts";
import { extView, frankView, headView } from "./views.ts";

/** A message that stands every check which needs no look at the room. */
export interface Submission {
  roomId: Buffer;
  device: Device;
  epoch: bigint;
  tag: Uint8Array;
  ctHash: Buffer;
  clientTime: bigint;
  nonce: Buffer;
  signature: Buffer;
  message: Buffer;
}

/**
 * Takes a message in (e2ee.md 7.4, rule R1): "hub rejects app messages without valid submit signature, wrong epoch, AAD ≠ 36 B SafeAAD".
 * Answers once the message is on disk.
 * @throws StationError `chat.message-refused`, `chat.not-a-member`, `chat.stale-epoch`, `chat.refused`, `chat.nonce-used`,
 *   `chat.key-retired`
 */
export async function takeMessage(
  hub: Hub,
  by: Device,
  roomId: Uint8Array,
  { message, submit }: z.output<typeof newMessageSchema>,
): Promise<AcceptedMessage> {
  const header = readPrivateMessage(message);
  if (header === null || header.contentType !== APPLICATION)
    throw wrong("it is no encrypted application message of MLS");
  if (Buffer.compare(header.groupId, roomId) !== 0) throw wrong("it is of another room");
  const tag = tagFromAad(header.authenticatedData);
  if (tag === null)
    throw wrong("its authenticated data is not a franking tag, the whole tag and nothing but the tag");
  const ctHash = createHash("sha256").update(message).digest();
  const { epoch } = header;
  if (epoch > BigInt(Number.MAX_SAFE_INTEGER)) throw wrong("no room has come to such an epoch");
  const signed = await checkSubmit(
    hub.crypto,
    by.publicKey,
    {
      roomUri: hub.uris.room(roomId),
      senderUri: by.uri,
      deviceId: by.id,
      epoch,
      frankingTag: tag,
      ctHash,
      clientTime: BigInt(submit.clientTime),
      nonce: submit.nonce,
    },
    submit.signature,
  );
  if (!signed) throw wrong("its submit signature is not this device's over this very message");
  const { acceptedAt, frank, ext, head } = await hub.submissions.add({
    roomId: Buffer.from(roomId),
    device: by,
    epoch,
    tag,
    ctHash,
    clientTime: BigInt(submit.clientTime),
    nonce: Buffer.from(submit.nonce),
    signature: Buffer.from(submit.signature),
    message: Buffer.from(message.buffer, message.byteOffset, message.length),
  });
  return {
    acceptedAt: Number(acceptedAt),
    frank: frankView(frank),
    ext: extView(ext),
    head: headView(head),
  };
}

function wrong(why: string): StationError {
  return new StationError("chat.message-refused", `The message is not taken: ${why}.`, {
    remedy:
      "Encrypt it anew with the franking tag as its authenticated data, and sign it with this device's key.",
  });
}
