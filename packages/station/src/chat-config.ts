import { resolve } from "node:path";
import { z } from "zod";

const days = (standard: number) => z.int().min(1).max(36_500).default(standard);
const perMinute = (standard: number) => z.int().min(1).max(1_000_000).default(standard);
const instant = z.iso.datetime();

/** A franking signature key in a file of its own, and when it may sign. */
const signingKeySchema = z.strictObject({
  file: z.string().min(1),
  notBefore: instant.default("1970-01-01T00:00:00Z"),
  /** Rooms of a key that has ended are made anew. Its time stays here, so that old reports can be checked. */
  notAfter: instant.nullable().default(null),
});

/** The hub of a platform's encrypted chats. */
export const chatConfigSchema = z.strictObject({
  /** In the URIs of rooms and accounts, so never changed. */
  domain: z
    .string()
    .max(253)
    .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/),
  /** Where `fairlead init` puts them unless given. */
  masterKeyFile: z.string().min(1).optional(),
  signingKeys: z.array(signingKeySchema).min(1).max(64).optional(),
  verifier: z.strictObject({
    /** The sender account of the verifier at this station. */
    account: z.string().min(1).max(64),
    /** What reports are sealed to: the public key that the verifier printed, base64url. */
    publicKey: z.string().regex(/^[\w-]+$/),
  }),
  registration: z.enum(["open", "closed"]).default("open"),
  retentionDays: z
    .strictObject({ ciphertext: days(30), records: days(400), connections: days(90) })
    .prefault({}),
  limits: z
    .strictObject({
      messagesPerMinute: perMinute(240),
      reportsPerHour: perMinute(30),
      keyPackageTakesPerHour: perMinute(200),
      commitsPerMinute: perMinute(60),
      accountsPerHourAndAddress: perMinute(20),
      blobBytes: z
        .int()
        .min(1)
        .default(512 * 1024 * 1024),
    })
    .prefault({}),
  /** Whether account signals are noted and act; see docs/reference/signals.md. Off unless somebody works through what waits for a person. */
  signals: z.boolean().default(false),
  /** Who puts a time under the log's checkpoints (RFC 3161). Two of them, at least one of them qualified, are advised. */
  timestampAuthorities: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(64),
        url: z.url({ protocol: /^https?$/ }),
        /** Its root certificate, PEM or DER. */
        certificateFile: z.string().min(1),
      }),
    )
    .default([]),
  /** A proxy in front of the station that says in `Forwarded` (RFC 7239) from which address and port a request came. */
  forwarded: z.boolean().default(false),
  /** Whom people of this platform can turn to; words and numbers are shown as they are. */
  help: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(100),
        about: z.string().max(500),
        url: z.url().nullable().default(null),
        telephone: z.string().max(40).nullable().default(null),
      }),
    )
    .default([]),
});
export type ChatConfig = z.infer<typeof chatConfigSchema>;

/** The same with every file's path made absolute. */
export function placeChatFiles(chat: ChatConfig, base: string): ChatConfig {
  const { masterKeyFile, signingKeys } = chat;
  return {
    ...chat,
    ...(masterKeyFile === undefined ? {} : { masterKeyFile: resolve(base, masterKeyFile) }),
    ...(signingKeys === undefined
      ? {}
      : { signingKeys: signingKeys.map((key) => ({ ...key, file: resolve(base, key.file) })) }),
    timestampAuthorities: chat.timestampAuthorities.map((authority) => ({
      ...authority,
      certificateFile: resolve(base, authority.certificateFile),
    })),
  };
}
