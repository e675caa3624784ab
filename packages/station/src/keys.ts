import { randomBytes } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { generateKey, newSigner, type Signer } from "@fairlead/ledger";
import {
  formatVerifyingKey,
  generateIdentity,
  generateSigningKey,
  type IdentityKey,
  identityToRecipient,
  parseIdentity,
  signingKeyFromPem,
  type SigningKey,
} from "@fairlead/sealing";
import type { ChatConfig } from "./chat-config.ts";
import { StationError } from "./errors.ts";

/**
 * A station's own keys. What each surrenders when it is stolen:
 * sealing: every object in the vault and every package sent here; signing: packages and outcomes in our name;
 * log: another history, until somebody who kept an older checkpoint compares.
 */
export interface StationKeys {
  sealing: { identity: IdentityKey; recipient: string };
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

/**
 * The keys of a platform's hub. What each surrenders when it is stolen: master: franks that look as if the hub had made them, which
 * the log and the senders' own signatures give away; signing: marks that receivers take for the hub's. Neither opens a message.
 */
export interface ChatKeys {
  /** 32 bytes, from which the key of each month is derived. */
  master: Uint8Array;
  /** Ed25519 seeds of 32 bytes, and when each may sign (milliseconds since 1970). */
  signing: ReadonlyArray<{ seed: Uint8Array; notBefore: number; notAfter: number | null }>;
}

const FILES = { sealing: "sealing.age-identity", signing: "signing.pem", log: "log.skey" } as const;
const CHAT_FILES = { master: "franking-master.key", signing: "franking-signing.key" } as const;
/** 32 bytes in base64url. */
const SECRET = /^[\w-]{43}$/;

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

/**
 * Makes the keys of a platform's hub beside the station's own.
 * @throws StationError `conflict` when there are keys already
 */
export async function createChatKeys(folder: string): Promise<void> {
  for (const file of Object.values(CHAT_FILES))
    await writeNew(join(folder, file), `${randomBytes(32).toString("base64url")}\n`);
}

/** @throws StationError `keys.missing`, also for a file that holds no key */
export async function loadChatKeys(folder: string, chat: ChatConfig): Promise<ChatKeys> {
  const read = async (path: string) => {
    const text = (await readFile(path, "utf8").catch(() => "")).trim();
    if (SECRET.test(text)) return new Uint8Array(Buffer.from(text, "base64url"));
    throw new StationError("keys.missing", `The franking key ${path} cannot be read, or is none.`, {
      audience: "operator",
      remedy: "`fairlead init` makes a platform's keys; a lost key comes back only from its backup.",
    });
  };
  const signing = chat.signingKeys ?? [
    { file: join(folder, CHAT_FILES.signing), notBefore: "1970-01-01T00:00:00Z", notAfter: null },
  ];
  return {
    master: await read(chat.masterKeyFile ?? join(folder, CHAT_FILES.master)),
    signing: await Promise.all(
      signing.map(async ({ file, notBefore, notAfter }) => ({
        seed: await read(file),
        notBefore: Date.parse(notBefore),
        notAfter: notAfter === null ? null : Date.parse(notAfter),
      })),
    ),
  };
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
    sealing: { identity: parseIdentity(identity), recipient: identityToRecipient(identity) },
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
