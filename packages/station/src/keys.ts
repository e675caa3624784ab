import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { generateKey, newSigner, type Signer } from "@fairlead/ledger";
import {
  formatVerifyingKey,
  generateIdentity,
  generateSigningKey,
  identityToRecipient,
  signingKeyFromPem,
  type SigningKey,
} from "@fairlead/sealing";
import { StationError } from "./errors.ts";

/**
 * A station's own keys. What each surrenders when it is stolen:
 * sealing: every object in the vault and every package sent here; signing: packages and outcomes in our name;
 * log: another history, until somebody who kept an older checkpoint compares.
 */
export interface StationKeys {
  sealing: { identity: string; recipient: string };
  signing: SigningKey;
  log: Signer;
}

/** The public half of a station's keys, with where it is: what a peer pins. */
export interface StationCard {
  id: string;
  name: string;
  url: string;
  verifyKey: string;
  recipient: string;
  logKey: string;
}

const FILES = { sealing: "sealing.age-identity", signing: "signing.pem", log: "log.skey" } as const;

/**
 * Makes a station's keys in files that only their owner may read. Never replaces a key.
 * @throws StationError `conflict` when there are keys already
 */
export async function createKeys(folder: string, stationId: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeNew(join(folder, FILES.sealing), `${generateIdentity().identity}\n`);
  await writeNew(join(folder, FILES.signing), generateSigningKey().toPem());
  await writeNew(join(folder, FILES.log), `${generateKey(logName(stationId)).skey}\n`);
}

/** The origin of a station's log (C2SP tlog-checkpoint): a schema-less URL, by convention. */
export function logName(stationId: string): string {
  return `fairlead.example/${stationId}`;
}

/** @throws StationError `keys.missing` */
export async function loadKeys(folder: string, stationId: string): Promise<StationKeys> {
  const read = async (file: string) =>
    (
      await readFile(join(folder, file), "utf8").catch((cause: unknown) => {
        throw new StationError(
          "keys.missing",
          `The key ${join(folder, file)} of station ${stationId} cannot be read.`,
          {
            audience: "operator",
            remedy: "`fairlead init` makes a station's keys; a lost key comes back only from its backup.",
            cause,
          },
        );
      })
    ).trim();
  const identity = await read(FILES.sealing);
  return {
    sealing: { identity, recipient: identityToRecipient(identity) },
    signing: signingKeyFromPem(await read(FILES.signing)),
    log: newSigner(await read(FILES.log)),
  };
}

/** The card that this station's operator hands to peers. */
export function cardOf(station: { id: string; name: string; url: string }, keys: StationKeys): StationCard {
  return {
    ...station,
    verifyKey: formatVerifyingKey(keys.signing.verifyingKey),
    recipient: keys.sealing.recipient,
    logKey: keys.log.verifier.vkey,
  };
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EEXIST") throw cause;
    throw new StationError("conflict", `${path} exists; a key is never replaced.`, {
      audience: "operator",
      cause,
    });
  });
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
