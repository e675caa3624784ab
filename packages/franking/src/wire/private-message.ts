import { FrankingError } from "../error.ts";
import { readTls } from "./reader.ts";

/** RFC 9420, section 6: ContentType. */
export const APPLICATION = 1;
export const PROPOSAL = 2;
export const COMMIT = 3;

/** RFC 9420, section 6: mls10 and mls_private_message. */
const MLS10 = 1;
const PRIVATE_MESSAGE = 2;

/** What stands in the clear in an encrypted MLS message. */
export interface PrivateMessage {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  /** 1 application, 2 proposal, 3 commit. */
  readonly contentType: number;
  readonly authenticatedData: Uint8Array;
}

/** Reads an MLSMessage as somebody who has none of its keys; null if it is no PrivateMessage from first byte to last. */
export function readPrivateMessage(mlsMessage: Uint8Array): PrivateMessage | null {
  try {
    return readTls(mlsMessage, "an MLS message", (from) => {
      if (from.uint16() !== MLS10 || from.uint16() !== PRIVATE_MESSAGE) throw notPrivate();
      const message = {
        groupId: from.vector(),
        epoch: from.uint64(),
        contentType: from.uint8(),
        authenticatedData: from.vector(),
      };
      // encrypted_sender_data and ciphertext: opaque here, but nothing may follow them.
      from.skipVector();
      from.skipVector();
      if (message.contentType < APPLICATION || message.contentType > COMMIT) throw notPrivate();
      return message;
    });
  } catch (cause) {
    if (cause instanceof FrankingError) return null;
    throw cause;
  }
}

function notPrivate(): FrankingError {
  return new FrankingError("wire.malformed", "this is no PrivateMessage of MLS 1.0");
}
