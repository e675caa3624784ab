import { resolve } from "node:path";
import { z } from "zod";
import { bankIdSchema, bankSettingsSchema } from "./settings.ts";

const urlSchema = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));
const secretFile = z.string().min(1);

/** What every exchange has: the bank that it fills, and with what that bank is made where it is not there yet. */
const common = {
  bank: bankIdSchema,
  settings: bankSettingsSchema,
  everySeconds: z.int().min(1).max(86_400).default(600),
};
const exchangeSchema = z.discriminatedUnion("kind", [
  /** NCMEC's hash sharing, version 2. */
  z.strictObject({
    kind: z.literal("ncmec"),
    ...common,
    base: urlSchema,
    username: z.string().min(1).max(255),
    passwordFile: secretFile,
    /** What the source changed before is not asked for. */
    since: z.iso.datetime().default("2000-01-01T00:00:00Z"),
  }),
  z.strictObject({
    kind: z.literal("stopncii"),
    ...common,
    base: urlSchema.default("https://api.stopncii.org/v1"),
    subscriptionKeyFile: secretFile,
    fetchKeyFile: secretFile,
    /** Without it nothing is said back. */
    feedbackKeyFile: secretFile.optional(),
  }),
  /** A directory of lists, `.csv` and `.json`, which together are all of the bank. */
  z.strictObject({ kind: z.literal("directory"), ...common, directory: z.string().min(1) }),
]);
export type ExchangeConfig = z.infer<typeof exchangeSchema>;

/** Where banks come from, and who may do what with them. */
export const banksConfigSchema = z.strictObject({
  /** Accounts of `senders` that have a part in it; one that is not named here has none. */
  accounts: z
    .array(
      z.strictObject({
        username: z.string().min(1).max(64),
        /** It may ask whether a hash is known. */
        matches: z.boolean().default(true),
        /** Banks that it may make, fill and switch, over HMA's interface. */
        curates: z.array(bankIdSchema).default([]),
        /** Banks that it gets whole, over NCMEC's hash sharing. */
        receives: z.array(bankIdSchema).default([]),
      }),
    )
    .refine((accounts) => new Set(accounts.map(({ username }) => username)).size === accounts.length, {
      message: "names an account twice",
    })
    .default([]),
  exchanges: z
    .array(exchangeSchema)
    .refine((exchanges) => new Set(exchanges.map(({ bank }) => bank)).size === exchanges.length, {
      message: "fills a bank from two sources; each has a bank of its own, so that claims keep their source",
    })
    .default([]),
});
export type BanksConfig = z.infer<typeof banksConfigSchema>;

/** Relative paths are relative to the configuration's file. */
export function placeBankFiles(config: BanksConfig, base: string): BanksConfig {
  return { ...config, exchanges: config.exchanges.map((exchange) => placed(exchange, base)) };
}

function placed(exchange: ExchangeConfig, base: string): ExchangeConfig {
  switch (exchange.kind) {
    case "ncmec":
      return { ...exchange, passwordFile: resolve(base, exchange.passwordFile) };
    case "stopncii": {
      const { subscriptionKeyFile, fetchKeyFile, feedbackKeyFile } = exchange;
      return {
        ...exchange,
        subscriptionKeyFile: resolve(base, subscriptionKeyFile),
        fetchKeyFile: resolve(base, fetchKeyFile),
        ...(feedbackKeyFile === undefined ? {} : { feedbackKeyFile: resolve(base, feedbackKeyFile) }),
      };
    }
    case "directory":
      return { ...exchange, directory: resolve(base, exchange.directory) };
  }
}
