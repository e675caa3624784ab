import { encode, composeBufferEncoders } from "ts-mls/codec/tlsEncoder.js";
import { mapDecoders } from "ts-mls/codec/tlsDecoder.js";
import { decodeVarLenData, varLenDataEncoder } from "ts-mls/codec/variableLength.js";
import {
  generateKeyPackageWithKey,
  verifyKeyPackage,
  type KeyPackage,
  type PrivateKeyPackage,
} from "ts-mls/keyPackage.js";
import { verifyLeafNodeSignatureKeyPackage } from "ts-mls/leafNode.js";
import type { Lifetime } from "ts-mls/lifetime.js";
import { FrankingError } from "../error.ts";
import { leafExtensions } from "./agent.ts";
import type { MlsDevice, MlsMember } from "./engine.ts";
import { guarded } from "./failure.ts";
import { checkDevice, credentialOf } from "./identity.ts";
import { memberOf } from "./members.ts";
import { capabilities, checkKeyPackage, isSame } from "./profile.ts";
import { readMessageOf, readWhole, writeMessage } from "./wire.ts";
import type { Suite } from "./suite.ts";

/** What time it is, for the lifetimes of key packages. */
export type Clock = () => Date;

const daySeconds = 86_400n;
/** A device that was away longer puts new key packages before anybody can invite it. */
const lifetimeDays = 90n;

/**
 * Makes a key package and the secret keys behind it.
 *
 * @param clock without one, the key package never runs out
 */
export async function makeKeyPackage(
  suite: Suite,
  device: MlsDevice,
  clock: Clock | null,
  credential = credentialOf(device),
): Promise<{ keyPackage: KeyPackage; secret: PrivateKeyPackage }> {
  checkDevice(device);
  const keys = { signKey: device.privateKey.slice(), publicKey: device.publicKey.slice() };
  const { publicPackage, privatePackage } = await generateKeyPackageWithKey(
    credential,
    capabilities,
    clock === null ? endless : lifetimeFrom(clock()),
    [],
    keys,
    suite,
    leafExtensions(),
  );
  return { keyPackage: publicPackage, secret: privatePackage };
}

const endless: Lifetime = { notBefore: 0n, notAfter: 2n ** 63n - 1n };

function lifetimeFrom(now: Date): Lifetime {
  const seconds = BigInt(Math.floor(now.getTime() / 1000));
  // A day of room on one side: the other's clock may be behind.
  return { notBefore: seconds - daySeconds, notAfter: seconds + lifetimeDays * daySeconds };
}

/**
 * Reads a key package and checks it as RFC 9420, section 10.1 asks.
 *
 * @throws FrankingError `mls.malformed`, `mls.profile`, `mls.identity`, `mls.signature` or `mls.lifetime`
 */
export async function readKeyPackage(
  suite: Suite,
  bytes: Uint8Array,
  clock: Clock | null,
): Promise<KeyPackage> {
  const { keyPackage } = readMessageOf("mls_key_package", bytes);
  await checkSignatures(suite, keyPackage);
  if (clock !== null && !isWithin(keyPackage.leafNode.lifetime, clock()))
    throw new FrankingError("mls.lifetime", "a key package is not valid now; ask the device for another one");
  return keyPackage;
}

/**
 * What must hold of a key package at any time: it is for our groups, its owner signed both it and its leaf, and its two keys differ.
 *
 * @throws FrankingError `mls.profile`, `mls.identity` or `mls.signature`
 */
export async function checkSignatures(suite: Suite, keyPackage: KeyPackage): Promise<void> {
  checkKeyPackage(keyPackage);
  const { leafNode } = keyPackage;
  const isSigned = await guarded(
    "mls.signature",
    "a key package",
    async () =>
      (await verifyLeafNodeSignatureKeyPackage(leafNode, suite.signature)) &&
      (await verifyKeyPackage(keyPackage, suite.signature)),
  );
  if (!isSigned) throw new FrankingError("mls.signature", "a key package is not signed by its own key");
  // "Verify that the value of leaf_node.encryption_key is different from the value of the init_key field."
  if (isSame(keyPackage.initKey, leafNode.hpkePublicKey))
    throw new FrankingError("mls.profile", "a key package uses one key for two purposes");
}

/** Whose a key package is. Its leaf is -1: it has none yet. */
export function ownerOf(keyPackage: KeyPackage): MlsMember {
  return memberOf(keyPackage.leafNode, -1);
}

function isWithin({ notBefore, notAfter }: Lifetime, now: Date): boolean {
  const seconds = BigInt(Math.floor(now.getTime() / 1000));
  return notBefore <= seconds && seconds <= notAfter;
}

const three = composeBufferEncoders<[Uint8Array, Uint8Array, Uint8Array]>([
  varLenDataEncoder,
  varLenDataEncoder,
  varLenDataEncoder,
]);
const encodeSecretKeys = encode(three);
const decodeSecretKeys = mapDecoders<[Uint8Array, Uint8Array, Uint8Array], PrivateKeyPackage>(
  [decodeVarLenData, decodeVarLenData, decodeVarLenData],
  (initPrivateKey, hpkePrivateKey, signaturePrivateKey) => ({
    initPrivateKey,
    hpkePrivateKey,
    signaturePrivateKey,
  }),
);

export function writeKeyPackage(keyPackage: KeyPackage): Uint8Array {
  return writeMessage({ version: "mls10", wireformat: "mls_key_package", keyPackage });
}

/** The secret keys behind a key package, as bytes to be kept until it was used. */
export function writeSecret(secret: PrivateKeyPackage): Uint8Array {
  return encodeSecretKeys([secret.initPrivateKey, secret.hpkePrivateKey, secret.signaturePrivateKey]);
}

/** @throws FrankingError `mls.key-package` */
export function readSecret(bytes: Uint8Array): PrivateKeyPackage {
  const secret = readWhole(decodeSecretKeys, bytes.slice());
  if (secret === null)
    throw new FrankingError("mls.key-package", "these are not the secret keys of a key package");
  return secret;
}
