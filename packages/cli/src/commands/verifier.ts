import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { nodeCrypto } from "@fairlead/franking/node";
import { type ProviderCard, PROVIDER_CARD_FILE } from "@fairlead/franking/verify";
import {
  type ChatConfig,
  chatConfigSchema,
  createVerifierKeys,
  loadChatKeys,
  loadKeys,
  newToken,
  openLog,
  readConfig,
  readVerifierConfig,
  startVerifier,
  type StationConfig,
  StationError,
} from "@fairlead/station";
import { Command } from "commander";
import { openOutput } from "../output.ts";
import { untilTold, withParentOption } from "../signals.ts";
import { VERSION } from "../version.ts";

export interface VerifierInit {
  readonly dir: string;
  /** The platform's station.json. */
  readonly station: string;
  /** Of its chats, where the configuration does not say yet. */
  readonly domain?: string;
  readonly account: string;
  /** Root certificates (PEM or DER) of the timestamp authorities, where the configuration does not name them yet. */
  readonly timestampCertificates?: readonly string[];
}

/** What the operator puts into the station's configuration. */
export interface MadeVerifier {
  readonly card: ProviderCard;
  /** For `chat.verifier.publicKey`. */
  readonly publicKey: string;
  /** For the sender account's `passwordFile`; the verifier has the same. */
  readonly passwordFile: string;
}

/** `fairlead verifier`: the process that opens and checks reports from encrypted chats. */
export function verifierCommand(): Command {
  const verifier = new Command("verifier").description(
    "the process that opens and checks reports from encrypted chats, beside a platform's station",
  );
  verifier.addCommand(initCommand());
  verifier.addCommand(runCommand());
  return verifier;
}

function initCommand(): Command {
  return new Command("init")
    .description("make a verifier's folder: keys, configuration, and the provider's card")
    .argument("<dir>", "a folder that does not hold a verifier yet")
    .requiredOption("--station <file>", "configuration of the platform's station")
    .option("--domain <domain>", "of its chats, if the configuration has no `chat` yet")
    .option("--account <name>", "its sender account at that station", "verifier")
    .option("--json", "print one JSON line with what to put into the station's configuration")
    .addHelpText(
      "after",
      `
The station's configuration needs, before it starts again:
  "chat": {"domain": DOMAIN, "verifier": {"account": "verifier", "publicKey": KEY}}    KEY is printed
  "senders": [{"username": "verifier", "kind": "platform", "seals": true, "passwordFile": DIR/password}]
  "verifiers": [the contents of DIR/${PROVIDER_CARD_FILE}]
Give DIR/${PROVIDER_CARD_FILE} to every station that should take this provider's attestations as proof.
The verifier belongs on a machine of its own: it is the only place where a reported text is plain.`,
    )
    .action(async (dir: string, options: Omit<VerifierInit, "dir"> & { json?: boolean }) => {
      const made = await initVerifier({ ...options, dir });
      openOutput(options.json === true).result(made, [
        `Made a verifier for ${made.card.name} in ${dir}.`,
        `chat.verifier.publicKey: ${made.publicKey}`,
        `The provider's card: ${join(dir, PROVIDER_CARD_FILE)}`,
        `Start it with: fairlead verifier run --config ${join(dir, "verifier.json")}`,
      ]);
    });
}

function runCommand(): Command {
  return new Command("run")
    .description("run the verifier")
    .requiredOption("--config <file>", "the verifier's configuration, as `fairlead verifier init` makes it")
    .option("--log-level <level>", "debug, info, warn or error", "info")
    .option("--json", "print one JSON line when ready")
    .addOption(withParentOption())
    .addHelpText(
      "after",
      `
Stops on SIGINT or SIGTERM after the report in hand. A crash loses nothing: a report stays at the hub until the
station has it, and a verification that was finished is handed in as it was made.`,
    )
    .action(async (options: { config: string; logLevel: string; json?: boolean; withParent?: boolean }) => {
      const told = untilTold(options);
      const config = await readVerifierConfig(options.config);
      await using running = await startVerifier(config, {
        version: { version: VERSION, build: `fairlead ${VERSION}` },
        log: openLog(`${config.card.domain}/verifier`, options.logLevel),
      });
      openOutput(options.json === true).result({ ready: true, provider: config.card.name }, [
        `The verifier of ${config.card.name} is ready.`,
      ]);
      await Promise.race([told, running.stopped]);
    });
}

/** Makes the folder and its files. Never replaces anything. */
export async function initVerifier(options: VerifierInit): Promise<MadeVerifier> {
  const dir = resolve(options.dir);
  const path = join(dir, "verifier.json");
  if ((await readFile(path).catch(() => undefined)) !== undefined)
    throw new StationError("conflict", `${path} exists; a verifier is never made over another.`, {
      audience: "operator",
      remedy: "Choose another folder.",
    });
  const config = await readConfig(options.station);
  const chat = chatOf(config, options);
  const keysFolder = join(config.dataDir, "keys");
  const keys = await loadKeys(keysFolder, config.station.id);
  const chatKeys = await loadChatKeys(keysFolder, chat);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const made = await createVerifierKeys(join(dir, "keys"), chat.domain, monthOf(Date.now()));
  const card: ProviderCard = {
    name: config.station.name,
    domain: chat.domain,
    keys: [made.attestationKey],
    frankingKeys: await Promise.all(
      chatKeys.signing.map(async ({ seed, notBefore, notAfter }) => ({
        suite: 1,
        publicKey: Buffer.from(nodeCrypto.publicKeyOf(seed)).toString("base64url"),
        notBefore: new Date(notBefore).toISOString(),
        notAfter: notAfter === null ? null : new Date(notAfter).toISOString(),
      })),
    ),
    logKey: keys.log.verifier.vkey,
    timestampRoots: await Promise.all(
      [
        ...chat.timestampAuthorities.map(({ certificateFile }) => certificateFile),
        ...(options.timestampCertificates ?? []),
      ].map(async (file) => derOf(await readFile(file))),
    ),
  };
  const passwordFile = join(dir, "password");
  await writeFile(passwordFile, `${newToken()}\n`, { flag: "wx", mode: 0o600 });
  await writeFile(join(dir, PROVIDER_CARD_FILE), `${JSON.stringify(card, null, 2)}\n`, { flag: "wx" });
  const { account } = options;
  const station = {
    url: config.publicUrl,
    account,
    passwordFile: "password",
    recipient: keys.sealing.recipient,
  };
  const own = { station, providerCard: PROVIDER_CARD_FILE, dataDir: "." };
  await writeFile(path, `${JSON.stringify(own, null, 2)}\n`, { flag: "wx", mode: 0o600 });
  return { card, publicKey: Buffer.from(made.openingPublicKey).toString("base64url"), passwordFile };
}

/** The verifier's key goes into `chat`, so there may be none before there is a verifier. */
function chatOf(config: StationConfig, { domain, account }: VerifierInit): ChatConfig {
  if (config.chat !== undefined) return config.chat;
  const made = chatConfigSchema.safeParse({ domain, verifier: { account, publicKey: "-" } });
  if (made.success) return made.data;
  throw new StationError(
    "config.invalid",
    "The station's configuration has no `chat`, so its domain is not known.",
    {
      audience: "operator",
      remedy:
        "Say --domain, such as chat.example.org; it stands in the address of every account and is never changed.",
    },
  );
}

function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
}

/** A certificate in PEM or DER as base64 of its DER. */
function derOf(file: Buffer): string {
  const pem = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/.exec(file.toString("latin1"));
  return pem?.[1] === undefined ? file.toString("base64") : pem[1].replaceAll(/\s/g, "");
}
