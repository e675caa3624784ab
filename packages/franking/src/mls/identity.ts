import type { AuthenticationService, Credential } from "ts-mls";
import { FrankingError } from "../error.ts";
import type { MlsDevice } from "./engine.ts";

/** Whose device a leaf is. */
export interface Identity {
  readonly uri: string;
  /** 16 bytes. */
  readonly deviceId: Uint8Array;
}

// What may stand in a URI (RFC 3986, section 2) except "#", which begins the device id. 512 is far above any handle's length.
const form = /^(mimi:\/\/[A-Za-z0-9\-._~:/?@!$&'()*+,;=%[\]]{1,512})#([0-9a-f]{32})$/;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A device's name inside MLS: `uri#hex(deviceId)` as the identity of a basic credential (RFC 9420, section 5.3).
 *
 * @throws FrankingError `mls.identity` if the URI is no `mimi://` URI or the device id has not 16 bytes
 */
export function credentialOf({ uri, deviceId }: Identity): Credential {
  const text = `${uri}#${Array.from(deviceId, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  if (!form.test(text))
    throw new FrankingError(
      "mls.identity",
      "a device is named by a mimi:// URI of at most 512 characters and a device id of 16 bytes",
    );
  return { credentialType: "basic", identity: new TextEncoder().encode(text) };
}

/** Whom a credential names; null unless it has exactly the form that `credentialOf` writes. */
export function identityOf(credential: Credential): Identity | null {
  if (credential.credentialType !== "basic" || !("identity" in credential)) return null;
  let text: string;
  try {
    text = utf8.decode(credential.identity);
  } catch {
    return null;
  }
  const [, uri, hex] = form.exec(text) ?? [];
  if (uri === undefined || hex === undefined) return null;
  return { uri, deviceId: Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) };
}

/**
 * Whether a device's keys have the lengths that Ed25519 wants (RFC 8032, section 5.1).
 *
 * @throws FrankingError `mls.identity`
 */
export function checkDevice(device: MlsDevice): void {
  if (device.privateKey.length !== 32 || device.publicKey.length !== 32)
    throw new FrankingError("mls.identity", "a device's Ed25519 keys have 32 bytes each");
}

/**
 * Which names the group lets in by itself: well-formed ones with an Ed25519 key. Whether the key is that account's is for the
 * hub's directory to say (the caller compares it with `MlsMember.publicKey`).
 */
export const authenticationService: AuthenticationService = {
  validateCredential: async (credential, publicKey) =>
    identityOf(credential) !== null && publicKey.length === 32,
};
