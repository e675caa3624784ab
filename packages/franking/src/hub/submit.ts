import type { FrankingCrypto } from "../crypto/crypto.ts";
import { formOf } from "../wire/form.ts";
import { LABELS, verifyWithLabel } from "../wire/sign-with-label.ts";
import { encodeSubmitTbs } from "../wire/signed.ts";
import type { SubmitTbs } from "../wire/types.ts";

/**
 * Whether this device signed this submission (label `CSFSubmit`). The hub builds `tbs` from what it knows itself: room and
 * epoch of the message, tag from its authenticated data, hash of its bytes, account and device of the one who is signed in. Only
 * `clientTime` and `nonce` are taken from the request. False also for what has no form on the wire.
 */
export async function checkSubmit(
  crypto: FrankingCrypto,
  devicePublicKey: Uint8Array,
  tbs: SubmitTbs,
  signature: Uint8Array,
): Promise<boolean> {
  const bytes = formOf(() => encodeSubmitTbs(tbs));
  return bytes !== null && verifyWithLabel(crypto, devicePublicKey, LABELS.submit, bytes, signature);
}
