import {
  bankIdSchema,
  type BankSettings,
  bankSettingsSchema,
  bankStats,
  importLists,
  type Lookup,
  lookupSchema,
  openDatabaseOf,
  openMatcher,
  readConfig,
  silentLog,
  StationError,
} from "@fairlead/station";
import { Command, Option } from "commander";
import { openOutput } from "../output.ts";

interface ImportOptions {
  config: string;
  bank: string;
  name?: string;
  source?: string;
  trust: string;
  threshold: string;
  semantics: string;
  whole?: boolean;
  json?: boolean;
}

/** `fairlead bank`: banks of hashes, beside a station that runs or without it. */
export function bankCommand(): Command {
  const bank = new Command("bank").description("import, match and count known hashes");
  bank.addCommand(importCommand()).addCommand(matchCommand()).addCommand(statsCommand());
  return bank;
}

function importCommand(): Command {
  return new Command("import")
    .description(
      "read lists of hashes, .csv or .json, into a bank; a running station matches them within a second",
    )
    .argument("<list...>", "the lists")
    .requiredOption("--config <file>", "the station's configuration")
    .requiredOption("--bank <id>", "the bank; it is made if it is not there, with the options below")
    .option("--name <name>", "what people call the bank")
    .option("--source <name>", "whose claims the lists are")
    .addOption(
      new Option("--trust <what>", "what this station takes the claims for")
        .choices(["vetted-graded", "vetted", "unvetted"])
        .default("unvetted"),
    )
    .option("--threshold <bits>", "the most bits in which a perceptual hash may differ, 0 to 31", "31")
    .addOption(
      new Option("--semantics <how>", "how perceptual hashes were made that do not say it")
        .choices(["pdq/full", "pdq/nn512", "unlabelled"])
        .default("unlabelled"),
    )
    .option("--whole", "the lists are all that the source says: what stands in none of them is taken back")
    .option("--json", "print one JSON line")
    .action(async (paths: string[], options: ImportOptions) => {
      await using opened = await openDatabaseOf(await readConfig(options.config));
      const written = await importLists(
        { db: opened.db, clock: Date.now },
        { bank: bankId(options.bank), settings: settingsFrom(options), paths, whole: options.whole === true },
        "operator",
      );
      openOutput(options.json === true).result({ bank: options.bank, ...written }, [
        `${options.bank}: ${written.added} added, ${written.changed} changed, ${written.restored} restored, ${written.removed} taken back, ${written.same} as before`,
      ]);
    });
}

function matchCommand(): Command {
  return new Command("match")
    .description("look a hash up in every bank that matches; prints what each source claims")
    .argument(
      "<hash>",
      "in hexadecimal; its length says which kind it is, and --kind tells the two of 64 digits apart",
    )
    .requiredOption("--config <file>", "the station's configuration; the station may be running")
    .addOption(new Option("--kind <kind>", "what the hash is").choices(["md5", "sha1", "sha256", "pdq"]))
    .option("--limit <count>", "the most matches to print, 1 to 100", "20")
    .option("--json", "print one JSON line")
    .action(
      async (hash: string, options: { config: string; kind?: string; limit: string; json?: boolean }) => {
        const lookup = lookupFrom(hash, options.kind);
        const limit = wholeNumber("--limit", options.limit, 1, 100);
        await using opened = await openDatabaseOf(await readConfig(options.config));
        await using matcher = openMatcher({ db: opened.db, log: silentLog }, { follows: false });
        await matcher.catchUp();
        const [found = { matches: [], more: false }] = await matcher.lookup([lookup], limit);
        openOutput(options.json === true).result({ signal: lookup, ...found }, [
          ...found.matches.map(
            ({ bank, source, trust, distance, signal, entry, claims }) =>
              `${bank} (${source}, ${trust}): ${entry.key}, distance ${distance}${signal.semantics === undefined ? "" : `, ${signal.semantics}`}${claims.classification === undefined ? "" : `, classified ${claims.classification}`}${claims.categories.length === 0 ? "" : `, ${claims.categories.join("; ")}`}`,
          ),
          found.matches.length === 0 ? "No bank that matches knows it." : found.more ? "There are more." : "",
        ]);
      },
    );
}

function statsCommand(): Command {
  return new Command("stats")
    .description("how much is in each bank, whose claims they are and what they are taken for")
    .requiredOption("--config <file>", "the station's configuration; the station may be running")
    .option("--json", "print one JSON line")
    .action(async (options: { config: string; json?: boolean }) => {
      await using opened = await openDatabaseOf(await readConfig(options.config));
      const banks = await bankStats(opened.db);
      openOutput(options.json === true).result({ banks }, [
        ...banks.map(
          ({ id, source, trust, enabled, entries, tombstones, signals }) =>
            `${id}${enabled ? "" : " (switched off)"}: ${source}, ${trust}; ${entries} entries, ${tombstones} taken back; ${Object.entries(
              signals,
            )
              .map(([kind, count]) => `${kind} ${count}`)
              .join(", ")}`,
        ),
        ...(banks.length === 0 ? ["This station has no banks."] : []),
      ]);
    });
}

function bankId(text: string): string {
  const id = bankIdSchema.safeParse(text);
  if (id.success) return id.data;
  throw wrong(`The bank "${text}" cannot be called so: its id ${id.error.issues[0]?.message ?? "is wrong"}.`);
}

function settingsFrom(options: ImportOptions): BankSettings {
  return bankSettingsSchema.parse({
    name: options.name ?? options.bank,
    source: options.source ?? options.name ?? options.bank,
    trust: options.trust,
    threshold: wholeNumber("--threshold", options.threshold, 0, 31),
    semantics: options.semantics,
  });
}

const KINDS: Readonly<Record<number, string>> = { 32: "md5", 40: "sha1" };

function lookupFrom(hash: string, kind: string | undefined): Lookup {
  const named = kind ?? KINDS[hash.length];
  if (named === undefined)
    throw wrong(
      hash.length === 64
        ? "A hash of 64 digits is a SHA-256 or a PDQ: say which with --kind."
        : "A hash of this length is of no kind that banks hold.",
    );
  const lookup = lookupSchema.safeParse({ kind: named, value: hash });
  if (lookup.success) return lookup.data;
  throw wrong(`The hash ${lookup.error.issues[0]?.message ?? "is wrong"}.`);
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw wrong(`${option} is a whole number from ${least} to ${most}.`);
}

function wrong(message: string): StationError {
  return new StationError("request.invalid", message, { remedy: "fairlead bank --help shows every option." });
}
