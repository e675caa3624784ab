import type { FrankingCrypto } from "../crypto/crypto.ts";
import { LABELS, signWithLabel } from "../wire/sign-with-label.ts";
import { encodeSubmitTbs } from "../wire/signed.ts";
import type { SubmitTbs } from "../wire/types.ts";

const NONCE_BYTES = 16;

/** What the device knows when it has encrypted a message and is about to hand it to the hub. */
export interface Submission {
  readonly roomUri: string;
  readonly senderUri: string;
  readonly deviceId: Uint8Array;
  readonly epoch: bigint;
  readonly tag: Uint8Array;
  /** MLSMessage, the very bytes that will be submitted. */
  readonly message: Uint8Array;
  /** The device's clock, milliseconds since 1970. */
  readonly clientTime: bigint;
}

/**
 * The device's own word for the message, so that nobody who controls an account's name can put words into its mouth: label
 * `CSFSubmit`, with the device's leaf key.
 * @throws FrankingError `wire.value`, `frank.private-key`
 */
export async function signSubmit(
  crypto: FrankingCrypto,
  devicePrivateKey: Uint8Array,
  submission: Submission,
): Promise<{ tbs: SubmitTbs; signature: Uint8Array }> {
  const { roomUri, senderUri, deviceId, epoch, tag, message, clientTime } = submission;
  const tbs = {
    roomUri,
    senderUri,
    deviceId,
    epoch,
    frankingTag: tag,
    ctHash: await crypto.sha256(message),
    clientTime,
    nonce: crypto.random(NONCE_BYTES),
  };
  return {
    tbs,
    signature: await signWithLabel(crypto, devicePrivateKey, LABELS.submit, encodeSubmitTbs(tbs)),
  };
}
