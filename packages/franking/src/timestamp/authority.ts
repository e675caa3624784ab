import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { id_kp_timeStamping } from "@peculiar/asn1-x509";
import { issueCertificate } from "./issue-certificate.ts";

/**
 * A small timestamp authority of one's own, for machines without a way out. What it says is worth what its keeper's word is worth:
 * for court, an outside authority has to say it too.
 */
export interface TimestampAuthority {
  /** DER. Whoever is to trust the authority pins it; its private key was thrown away. */
  readonly root: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
  /** PKCS #8, DER. Secret. */
  readonly privateKey: Uint8Array;
}

export type AuthorityKeyType = "p256" | "p384" | "rsa2048" | "ed25519";

/**
 * Makes a root and, signed by it, an authority for `issueTimestamp`.
 *
 * @param name Stands in the certificates: whose authority this is.
 * @param valid Milliseconds since 1970. Tokens outside of it do not verify.
 */
export function createTimestampAuthority(
  name: string,
  valid: { readonly from: number; readonly to: number },
  keyType: AuthorityKeyType = "p256",
): TimestampAuthority {
  const root = generateKeyPair(keyType);
  const own = generateKeyPair(keyType);
  const issuer = { name: `${name} Root`, privateKey: root.privateKey };
  const validity = { validFrom: valid.from, validTo: valid.to };
  return {
    root: issueCertificate({
      ...validity,
      name: issuer.name,
      issuer,
      publicKey: root.publicKey,
      use: { pathLength: 0 },
    }),
    certificate: issueCertificate({
      ...validity,
      name,
      issuer,
      publicKey: own.publicKey,
      use: { purposes: [id_kp_timeStamping], critical: true },
    }),
    privateKey: Uint8Array.from(own.privateKey.export({ type: "pkcs8", format: "der" })),
  };
}

export function generateKeyPair(keyType: AuthorityKeyType): { publicKey: KeyObject; privateKey: KeyObject } {
  switch (keyType) {
    case "p256":
      return generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    case "p384":
      return generateKeyPairSync("ec", { namedCurve: "secp384r1" });
    case "rsa2048":
      return generateKeyPairSync("rsa", { modulusLength: 2048 });
    case "ed25519":
      return generateKeyPairSync("ed25519");
  }
}
