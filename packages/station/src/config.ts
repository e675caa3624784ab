import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { providerCardSchema } from "@fairlead/franking/verify";
import { stationIdSchema } from "@fairlead/report";
import { parseVerifyingKey } from "@fairlead/sealing";
import { z } from "zod";
import { banksConfigSchema, placeBankFiles } from "./banks/config.ts";
import { type ChatConfig, chatConfigSchema, placeChatFiles } from "./chat-config.ts";
import { StationError } from "./errors.ts";
import { type MediaConfig, mediaConfigSchema } from "./media/config.ts";
import { pagingConfigSchema } from "./paging/config.ts";
import { type ProfileId, profileIds, profiles } from "./profile.ts";
import { safeguardingConfigSchema } from "./safeguarding/authority.ts";

const urlSchema = z.url({ protocol: /^https?$/ });

/** A station that this one knows, with pinned keys. Its card comes from `fairlead init` over there. */
export const peerConfigSchema = z.strictObject({
  id: stationIdSchema,
  name: z.string().min(1).max(255),
  url: urlSchema,
  verifyKey: z.string().min(1),
  recipient: z.string().startsWith("age1"),
  /** Key of the peer's audit log, for whoever checks its proofs. */
  logKey: z.string().optional(),
  wire: z.enum(["package", "cybertipline", "uk-direct"]).default("package"),
  /** Agencies whose post this peer takes in; a report goes to a peer by agency, never by name. */
  agencies: z.array(z.string()).default([]),
  /** Countries whose reports this peer takes in (ISO 3166-1 alpha-2). */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
  /** Asking each other whether both work on one person; without a key for the year it is off. */
  deconfliction: z
    .strictObject({
      /** A team's mailbox, which the peer learns on a hit. */
      contact: z.string().min(3).max(255),
      answerHours: z.number().positive().max(8760).default(72),
      conflictHours: z.number().positive().max(8760).default(72),
      /** Each a file of 32 random bytes that only the two stations have. */
      keys: z
        .array(z.strictObject({ year: z.int().min(2000).max(9999), file: z.string().min(1) }))
        .refine((keys) => new Set(keys.map(({ year }) => year)).size === keys.length, {
          message: "names two keys for one year; leave one of them out",
        })
        .default([]),
    })
    .optional(),
  /** For wire `cybertipline`: where and as whom we file. The password is read from `passwordFile`. */
  cybertipline: z
    .strictObject({
      base: urlSchema,
      username: z.string().min(1),
      passwordFile: z.string().min(1),
      environment: z.enum(["test", "production"]),
    })
    .optional(),
  /** For wire `uk-direct`: as whom we report, and whether this provider is established in the United Kingdom (s.66). */
  ukDirect: z
    .strictObject({
      username: z.string().min(1),
      passwordFile: z.string().min(1),
      established: z.enum(["uk", "elsewhere"]),
    })
    .optional(),
});
export type PeerConfig = z.infer<typeof peerConfigSchema>;

/** One network of the table that tells what stands behind an address. Longest prefix wins. */
export const networkEntrySchema = z.strictObject({
  prefix: z.string().regex(/^[0-9a-f.:]+\/\d{1,3}$/i),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  network: z.enum(["access", "carrier-nat", "vpn", "tor", "hosting", "unknown"]),
});

/** The form of a key is checked by the card's schema; whether it was miscopied only shows when it is read. */
const pinnedCardSchema = providerCardSchema.refine(({ keys }) => keys.every(isVerifyingKey), {
  path: ["keys"],
  message: "one of the keys was miscopied; ask the provider for its card again",
});

/** What a process of a station does. A hub without `chat` in its configuration has nothing to do. */
const ROLES = ["intake", "worker", "desk", "hub"] as const;

export const configSchema = z
  .strictObject({
    station: z.strictObject({
      id: stationIdSchema,
      name: z.string().min(1).max(255),
      profile: z.enum(profileIds),
      /** The country whose agency this is (ISO 3166-1 alpha-2): what lies elsewhere is abroad. A platform has none. */
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
    }),
    listen: z.strictObject({ host: z.string().default("127.0.0.1"), port: z.int().min(0).max(65_535) }),
    /** The address at which people and peers reach this station, without a slash at the end. */
    publicUrl: urlSchema.transform((url) => url.replace(/\/+$/, "")),
    dataDir: z.string().min(1),
    /** Any PostgreSQL from 15 on. Without it the station runs an embedded one below dataDir. */
    databaseUrl: z.string().optional(),
    roles: z.array(z.enum(ROLES)).default([...ROLES]),
    cybertipline: z
      .strictObject({ mode: z.enum(["strict", "lenient"]).default("lenient") })
      .default({ mode: "lenient" }),
    networks: z
      .strictObject({
        /** Names the entries: the source of what follows from them. */
        name: z.string().min(1).max(255).default("none"),
        entries: z.array(networkEntrySchema).default([]),
        /** Whether the tables that come with the assessment package are asked where no entry knows an address. */
        tables: z.enum(["packaged", "none"]).default("none"),
      })
      .default({ name: "none", entries: [], tables: "none" }),
    /** A file of this station's own rules; without it, those that come with Fairlead. */
    rules: z.string().min(1).optional(),
    peers: z.array(peerConfigSchema).default([]),
    /** Accounts that may send by a wire; each secret is 256 random bits in a file of its own. */
    senders: z
      .array(
        z.strictObject({
          username: z.string().min(1).max(64),
          name: z.string().min(1).max(255),
          kind: z.enum(["platform", "hotline", "public"]),
          passwordFile: z.string().min(1),
          peer: stationIdSchema.optional(),
          /** The most reports that it may hand in, as agreed with it; see intake/quota.ts. */
          reportsPerHour: z.number().positive().max(3_600_000).optional(),
          /** It may hand in evidence already sealed to this station; see intake/sealed-part.ts. */
          seals: z.boolean().default(false),
        }),
      )
      .default([]),
    /** Providers whose attestations this station takes as proof: their cards, pinned. */
    verifiers: z.array(pinnedCardSchema).default([]),
    /** Who is told of a child: the safeguarding authorities of areas, as dated records. */
    safeguarding: safeguardingConfigSchema.default({ authorities: [] }),
    /** How a person is called who is not at the desk, when a report is immediate. */
    paging: pagingConfigSchema.default({}),
    /** Who may do what with the banks of hashes, and where they come from. */
    banks: banksConfigSchema.default({ accounts: [], exchanges: [] }),
    /** What is posted on a platform, matched with the banks and looked at by its people. */
    media: mediaConfigSchema.optional(),
    /** The hub of encrypted chats, for a platform that has one. */
    chat: chatConfigSchema.optional(),
  })
  .superRefine((config, context) => {
    for (const problem of [chatProblem(config.chat, config), mediaProblem(config.media, config)])
      if (problem !== undefined) context.addIssue({ code: "custom", ...problem });
  });
export type StationConfig = z.infer<typeof configSchema>;

function isVerifyingKey(word: string): boolean {
  try {
    parseVerifyingKey(word);
    return true;
  } catch {
    return false;
  }
}

function chatProblem(
  chat: ChatConfig | undefined,
  config: { station: { profile: ProfileId }; senders: ReadonlyArray<{ username: string }> },
): { path: string[]; message: string } | undefined {
  if (chat === undefined) return undefined;
  if (!profiles[config.station.profile].doors.includes("chat"))
    return { path: ["chat"], message: `a station with the profile ${config.station.profile} has no chats` };
  if (!config.senders.some((sender) => sender.username === chat.verifier.account))
    return { path: ["chat", "verifier", "account"], message: "is not the username of one of `senders`" };
  return undefined;
}

function mediaProblem(
  media: MediaConfig | undefined,
  config: {
    station: { profile: ProfileId };
    senders: ReadonlyArray<{ username: string }>;
    peers: ReadonlyArray<PeerConfig>;
  },
): { path: string[]; message: string } | undefined {
  if (media === undefined) return undefined;
  if (!profiles[config.station.profile].doors.includes("media"))
    return {
      path: ["media"],
      message: `a station with the profile ${config.station.profile} takes no posts`,
    };
  if (!media.accounts.every(({ username }) => config.senders.some((sender) => sender.username === username)))
    return { path: ["media", "accounts"], message: "names an account that is not one of `senders`" };
  const { fileWith } = media;
  if (fileWith === undefined || config.peers.some(({ id, wire }) => id === fileWith && wire !== "uk-direct"))
    return undefined;
  return {
    path: ["media", "fileWith"],
    message: "is not the id of one of `peers` that reports are filed with",
  };
}

/**
 * Reads a station's configuration once. Relative paths in it are relative to the file.
 * @throws StationError `config.invalid` naming every field that is wrong
 */
export async function readConfig(path: string): Promise<StationConfig> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new StationError("config.invalid", `The configuration ${path} cannot be read.`, {
      audience: "operator",
      remedy: "Make one with `fairlead init`, or name another file with --config.",
      cause,
    });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new StationError("config.invalid", `${path} is not JSON: ${(cause as Error).message}`, {
      audience: "operator",
      cause,
    });
  }
  return parseConfig(value, path);
}

function placePeerFiles(peer: PeerConfig, base: string): PeerConfig {
  const { cybertipline, deconfliction, ukDirect } = peer;
  return {
    ...peer,
    ...(ukDirect === undefined
      ? {}
      : { ukDirect: { ...ukDirect, passwordFile: resolve(base, ukDirect.passwordFile) } }),
    ...(cybertipline === undefined
      ? {}
      : { cybertipline: { ...cybertipline, passwordFile: resolve(base, cybertipline.passwordFile) } }),
    ...(deconfliction === undefined
      ? {}
      : {
          deconfliction: {
            ...deconfliction,
            keys: deconfliction.keys.map(({ year, file }) => ({ year, file: resolve(base, file) })),
          },
        }),
  };
}

/** Checks a configuration value; `path` is where it came from and what relative paths start at. */
export function parseConfig(value: unknown, path: string): StationConfig {
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({
      path: issue.path.join("."),
      message: issue.message,
    }));
    throw new StationError(
      "config.invalid",
      `${path} is not a station's configuration: ${problems.map((p) => `${p.path || "(top)"}: ${p.message}`).join("; ")}`,
      { audience: "operator", problems, remedy: "docs/reference/configuration.md lists every field." },
    );
  }
  const base = dirname(resolve(path));
  const config = parsed.data;
  return {
    ...config,
    dataDir: resolve(base, config.dataDir),
    ...(process.env["DATABASE_URL"] === undefined || config.databaseUrl !== undefined
      ? {}
      : { databaseUrl: process.env["DATABASE_URL"] }),
    ...(config.rules === undefined ? {} : { rules: resolve(base, config.rules) }),
    banks: placeBankFiles(config.banks, base),
    peers: config.peers.map((peer) => placePeerFiles(peer, base)),
    senders: config.senders.map((sender) => ({
      ...sender,
      passwordFile: resolve(base, sender.passwordFile),
    })),
    ...(config.chat === undefined ? {} : { chat: placeChatFiles(config.chat, base) }),
  };
}
