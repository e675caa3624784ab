import { generateKeyPairSync } from "node:crypto";
import { id_kp_codeSigning, id_kp_timeStamping } from "@peculiar/asn1-x509";
import {
  type AuthorityKeyType,
  createTimestampAuthority,
  generateKeyPair,
  type TimestampAuthority,
} from "../../src/timestamp/authority.ts";
import { issueCertificate } from "../../src/timestamp/issue-certificate.ts";
import { START } from "../../src/verify/testing/world.ts";

const HOUR = 3_600_000;
const KEY_TYPES: readonly AuthorityKeyType[] = ["p256", "p384", "rsa2048", "ed25519"];
const valid = { from: Number(START) - HOUR, to: Number(START) + 2 * HOUR };
const times = { validFrom: valid.from, validTo: valid.to };

/** An authority, and the certificates between it and its root. */
export interface Chained extends TimestampAuthority {
  readonly between: readonly Uint8Array[];
}

export interface Authorities {
  readonly good: readonly Chained[];
  /** Whose tokens count for nothing, each for another reason. */
  readonly bad: readonly Chained[];
}

/** Made once for a run: keys of each kind are slow to make. */
export function makeAuthorities(): Authorities {
  const direct = (type: AuthorityKeyType): Chained => ({
    ...createTimestampAuthority(`Example ${type}`, valid, type),
    between: [],
  });
  const early = createTimestampAuthority("Example", { from: valid.from, to: Number(START) - 1000 });
  return {
    good: [...KEY_TYPES.map(direct), throughMiddle(1)],
    bad: [
      throughMiddle(0),
      ownRoot([id_kp_timeStamping], false),
      ownRoot([id_kp_codeSigning], true),
      ownRoot([id_kp_timeStamping, id_kp_codeSigning], true),
      ownRoot([id_kp_timeStamping], true, 1024),
      { ...early, between: [] },
    ],
  };
}

/** @param pathLength how many CAs the root allows below itself; one stands there */
function throughMiddle(pathLength: number): Chained {
  const [root, middle, own] = [generateKeyPair("p256"), generateKeyPair("p256"), generateKeyPair("p256")];
  const byRoot = { name: "Example Root", privateKey: root.privateKey };
  const byMiddle = { name: "Example Middle", privateKey: middle.privateKey };
  const ca = { ...times, issuer: byRoot };
  return {
    root: issueCertificate({ ...ca, name: byRoot.name, publicKey: root.publicKey, use: { pathLength } }),
    between: [
      issueCertificate({ ...ca, name: byMiddle.name, publicKey: middle.publicKey, use: { pathLength: 0 } }),
    ],
    certificate: issueCertificate({
      ...times,
      name: "Example",
      issuer: byMiddle,
      publicKey: own.publicKey,
      use: { purposes: [id_kp_timeStamping], critical: true },
    }),
    privateKey: own.privateKey.export({ type: "pkcs8", format: "der" }),
  };
}

/** An authority whose own certificate is pinned. */
function ownRoot(purposes: readonly string[], critical: boolean, modulusLength = 2048): Chained {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength });
  const issuer = { name: "Example", privateKey };
  const use = { purposes, critical };
  const certificate = issueCertificate({ ...times, name: issuer.name, issuer, publicKey, use });
  const secret = privateKey.export({ type: "pkcs8", format: "der" });
  return { root: certificate, certificate, privateKey: secret, between: [] };
}
