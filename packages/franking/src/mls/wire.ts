import type { Decoder } from "ts-mls/codec/tlsDecoder.js";
import { decodeMlsMessage, encodeMlsMessage, type MLSMessage } from "ts-mls/message.js";
import { FrankingError } from "../error.ts";
import { isSame } from "./profile.ts";

type Format = MLSMessage["wireformat"];
type Of<F extends Format> = Extract<MLSMessage, { wireformat: F }>;

/**
 * Reads an MLSMessage (RFC 9420, section 6) to its last byte. What comes back shares nothing with `bytes`.
 *
 * @throws FrankingError `mls.malformed`
 */
export function readMessage(bytes: Uint8Array): MLSMessage {
  // The library's decoders answer with views of what they read.
  const message = readWhole(decodeMlsMessage, bytes.slice());
  if (message?.version !== "mls10")
    throw new FrankingError("mls.malformed", "these bytes are no MLSMessage of MLS 1.0");
  // "A decoder MUST check that the minimum number of bits is used" for a length (RFC 9420, section 2.1.2); the library does not,
  // and reads any octet but 1 as the absence of an optional value.
  if (!isSame(encodeMlsMessage(message), bytes))
    throw new FrankingError(
      "mls.malformed",
      "these bytes are an MLSMessage in another form than the one there is",
    );
  return message;
}

/** What a decoder of the library makes of bytes; null unless it reads them to the last one. */
export function readWhole<T>(decoder: Decoder<T>, bytes: Uint8Array): T | null {
  try {
    const decoded = decoder(bytes, 0);
    return decoded !== undefined && decoded[1] === bytes.length ? decoded[0] : null;
  } catch {
    // Some of them throw where the others answer with nothing.
    return null;
  }
}

/**
 * Reads an MLSMessage of one kind.
 *
 * @throws FrankingError `mls.malformed`
 */
export function readMessageOf<F extends Format>(format: F, bytes: Uint8Array): Of<F> {
  const message = readMessage(bytes);
  if (!isOf(format, message))
    throw new FrankingError("mls.malformed", `here an ${format} is expected, not an ${message.wireformat}`);
  return message;
}

export function writeMessage(message: MLSMessage): Uint8Array {
  return encodeMlsMessage(message);
}

function isOf<F extends Format>(format: F, message: MLSMessage): message is Of<F> {
  return message.wireformat === format;
}
