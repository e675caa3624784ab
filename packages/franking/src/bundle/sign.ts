import { decodeCbor, encodeCbor } from "../cbor/cbor.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { LABELS, signWithLabel, verifyWithLabel } from "../wire/sign-with-label.ts";
import { BUNDLE_LIMITS, encodeBundle } from "./bundle.ts";
import { bytesAt, fieldsAt, sizedAt } from "./fields.ts";
import type { ReportBundle, SignedBundle } from "./types.ts";

const limits = { bytes: BUNDLE_LIMITS.bytes + 256, depth: 2 };

/** Encodes a report and signs its bytes with the reporter's device key, label `CSFReport`. */
export async function signBundle(
  crypto: FrankingCrypto,
  devicePrivateKey: Uint8Array,
  report: ReportBundle,
): Promise<SignedBundle> {
  const bundle = encodeBundle(report);
  return { bundle, signature: await signWithLabel(crypto, devicePrivateKey, LABELS.report, bundle) };
}

/** Whether this device signed this report. Never throws. */
export async function verifyBundleSignature(
  crypto: FrankingCrypto,
  devicePublicKey: Uint8Array,
  { bundle, signature }: SignedBundle,
): Promise<boolean> {
  return await verifyWithLabel(crypto, devicePublicKey, LABELS.report, bundle, signature);
}

/** `report-bundle.cbor`: the report's bytes and the signature over them. */
export function encodeSignedBundle({ bundle, signature }: SignedBundle): Uint8Array {
  return encodeCbor([bundle, signature], limits);
}

/** @throws FrankingError `bundle.malformed`, `wire.cbor-*`; what is inside is not looked at yet */
export function decodeSignedBundle(bytes: Uint8Array): SignedBundle {
  const [bundle, signature] = fieldsAt(decodeCbor(bytes, limits), 2, "the signed report");
  return {
    bundle: bytesAt(bundle, BUNDLE_LIMITS.bytes, "bundle"),
    signature: sizedAt(signature, 64, "signature"),
  };
}
