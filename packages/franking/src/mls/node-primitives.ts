import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  type CipherGCMTypes,
  type KeyObject,
} from "node:crypto";
import type { Aead, Hkdf } from "./hpke.ts";

// What MLS's cipher suites are made of, on node:crypto. The product uses suite 1's parts; the sweep of RFC 9420's vectors uses
// the others as well.

const tagLength = 16;

/** node:crypto takes a key's bytes as they are, but then asks first whether they are not a key, which costs twice the cryptography. */
const secretKey = (bytes: Uint8Array): KeyObject => createSecretKey(bytes);

export function hmac(hash: string, key: Uint8Array, data: Uint8Array): Uint8Array {
  return plain(createHmac(hash, secretKey(key)).update(data).digest());
}

/** HKDF (RFC 5869). */
export function hkdf(hash: string, size: number): Hkdf {
  return {
    size,
    extract: (salt, ikm) => hmac(hash, salt, ikm),
    expand: (prk, info, length) => {
      if (length <= size)
        return plain(
          createHmac(hash, secretKey(prk)).update(info).update(Uint8Array.of(1)).digest().subarray(0, length),
        );
      const blocks: Buffer[] = [];
      for (let index = 1; (index - 1) * size < length; index++) {
        const mac = createHmac(hash, secretKey(prk));
        const previous = blocks.at(-1);
        if (previous !== undefined) mac.update(previous);
        blocks.push(mac.update(info).update(Uint8Array.of(index)).digest());
      }
      return plain(Buffer.concat(blocks).subarray(0, length));
    },
  };
}

export function gcm(id: number, cipher: CipherGCMTypes, keyLength: number): Aead {
  return {
    id,
    keyLength,
    nonceLength: 12,
    seal: (key, nonce, aad, plaintext) => {
      const sealing = createCipheriv(cipher, secretKey(key), nonce, { authTagLength: tagLength });
      sealing.setAAD(aad);
      return plain(Buffer.concat([sealing.update(plaintext), sealing.final(), sealing.getAuthTag()]));
    },
    open: (key, nonce, aad, ciphertext) => {
      if (ciphertext.length < tagLength) throw new Error("the ciphertext is shorter than its tag");
      const opening = createDecipheriv(cipher, secretKey(key), nonce, { authTagLength: tagLength });
      opening.setAAD(aad);
      opening.setAuthTag(ciphertext.subarray(-tagLength));
      return plain(Buffer.concat([opening.update(ciphertext.subarray(0, -tagLength)), opening.final()]));
    },
  };
}

/** A curve of RFC 8410 (X25519, Ed25519 and their larger sisters): how its keys look to node:crypto, and back. */
export interface Curve {
  readonly name: "x25519" | "x448" | "ed25519" | "ed448";
  readonly length: number;
  privateKey(bytes: Uint8Array): KeyObject;
  publicKey(bytes: Uint8Array): KeyObject;
  generate(): Uint8Array;
  publicOf(privateKey: Uint8Array): Uint8Array;
}

/** @param oid the last byte of the curve's object identifier 1.3.101.x */
export function curve(name: Curve["name"], oid: number, length: number): Curve {
  // PKCS#8 and SubjectPublicKeyInfo (RFC 8410, sections 4 and 7) up to the key itself
  const id = [0x30, 5, 6, 3, 0x2b, 0x65, oid];
  const privateHead = Uint8Array.of(0x30, length + 14, 2, 1, 0, ...id, 4, length + 2, 4, length);
  const publicHead = Uint8Array.of(0x30, length + 10, ...id, 3, length + 1, 0);
  const privateKey = (bytes: Uint8Array): KeyObject =>
    createPrivateKey({ key: Buffer.concat([privateHead, bytes]), format: "der", type: "pkcs8" });
  const publicBytes = (key: KeyObject): Uint8Array =>
    plain(key.export({ format: "der", type: "spki" }).subarray(-length));
  return {
    name,
    length,
    privateKey,
    publicKey: (bytes) =>
      createPublicKey({ key: Buffer.concat([publicHead, bytes]), format: "der", type: "spki" }),
    generate: () =>
      plain(
        generate(name)
          .export({ format: "der", type: "pkcs8" })
          .subarray(privateHead.length, privateHead.length + length),
      ),
    publicOf: (bytes) => publicBytes(createPublicKey(privateKey(bytes))),
  };
}

function generate(name: Curve["name"]): KeyObject {
  switch (name) {
    case "x25519":
      return generateKeyPairSync("x25519").privateKey;
    case "x448":
      return generateKeyPairSync("x448").privateKey;
    case "ed25519":
      return generateKeyPairSync("ed25519").privateKey;
    case "ed448":
      return generateKeyPairSync("ed448").privateKey;
  }
}

/** RFC 7748; node:crypto refuses an all-zero result, as RFC 9180, section 7.1.4 asks. */
export function agree(on: Curve, privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return plain(diffieHellman({ privateKey: on.privateKey(privateKey), publicKey: on.publicKey(publicKey) }));
}

/** The library holds plain arrays: a Buffer's `slice` would give it views where it wants copies. */
export function plain(buffer: Uint8Array): Uint8Array {
  return Uint8Array.from(buffer);
}
