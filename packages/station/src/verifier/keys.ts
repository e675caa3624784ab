import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { mkdir, open, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { generateVerifierKey } from "@fairlead/franking";
import { type AttestationSigner } from "@fairlead/franking/verify";
import { generateKey, newSigner, type Signer } from "@fairlead/ledger";
import {
  formatVerifyingKey,
  generateSigningKey,
  signingKeyFromPem,
  type VerifyingKey,
} from "@fairlead/sealing";
import { StationError } from "../errors.ts";

/**
 * A verifier's own keys. What each surrenders when it is stolen:
 * opening: every report that was sealed to it and can still be got as ciphertext;
 * attestation: attestations in the provider's name, until its card names another key;
 * custody: another history of what the verifier opened.
 */
export interface VerifierKeys {
  /** HPKE private keys by which reports are opened, the newest first: old ones stay for reports that come late. */
  readonly opening: readonly Uint8Array[];
  /** Ed25519 first; ML-DSA-65 (FIPS 204) beside it, for a time in which Ed25519 no longer holds. */
  readonly attestation: {
    readonly signers: readonly AttestationSigner[];
    readonly verifyingKey: VerifyingKey;
  };
  readonly custody: Signer;
}

const OPENING = /^opening-\d{6}\.x25519$/;

/** Makes a verifier's keys in files that only their owner may read. Never replaces a key. */
export async function createVerifierKeys(
  folder: string,
  domain: string,
  month: number,
): Promise<{ openingPublicKey: Uint8Array; attestationKey: string }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const opening = await generateVerifierKey();
  await writeNew(
    join(folder, `opening-${month}.x25519`),
    Buffer.from(opening.privateKey).toString("base64url"),
  );
  const attestation = generateSigningKey();
  await writeNew(join(folder, "attestation.pem"), attestation.toPem());
  const { privateKey } = generateKeyPairSync("ml-dsa-65");
  await writeNew(
    join(folder, "attestation-ml-dsa-65.pem"),
    privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
  );
  await writeNew(join(folder, "custody.skey"), `${generateKey(`${domain}/verifier`).skey}\n`);
  return {
    openingPublicKey: opening.publicKey,
    attestationKey: formatVerifyingKey(attestation.verifyingKey),
  };
}

/** @throws StationError `keys.missing` */
export async function loadVerifierKeys(folder: string): Promise<VerifierKeys> {
  const names = (await readdir(folder).catch(() => []))
    .filter((name) => OPENING.test(name))
    .toSorted()
    .toReversed();
  if (names.length === 0) throw missing(join(folder, "opening-YYYYMM.x25519"));
  const opening = await Promise.all(
    names.map(async (name) => Buffer.from(await readKey(folder, name), "base64url")),
  );
  const attestation = signingKeyFromPem(await readKey(folder, "attestation.pem"));
  const later = createPrivateKey(await readKey(folder, "attestation-ml-dsa-65.pem"));
  return {
    opening,
    attestation: {
      signers: [
        { keyId: attestation.keyId, sign: async (message) => await attestation.sign(message) },
        { keyId: keyIdOf(later), sign: (message) => sign(null, message, later) },
      ],
      verifyingKey: attestation.verifyingKey,
    },
    custody: newSigner(await readKey(folder, "custody.skey")),
  };
}

/** Named as every key here: the first 32 hexadecimal digits of the SHA-256 of its SubjectPublicKeyInfo. */
function keyIdOf(privateKey: KeyObject): string {
  const der = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return createHash("sha256").update(der).digest("hex").slice(0, 32);
}

async function readKey(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  return (
    await readFile(path, "utf8").catch((cause: unknown) => {
      throw missing(path, cause);
    })
  ).trim();
}

function missing(path: string, cause?: unknown): StationError {
  return new StationError("keys.missing", `The verifier's key ${path} cannot be read.`, {
    audience: "operator",
    remedy: "`fairlead verifier init` makes a verifier's keys; a lost key comes back only from its backup.",
    cause,
  });
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
