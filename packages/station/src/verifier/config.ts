import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseProviderCard, type ProviderCard } from "@fairlead/franking/verify";
import { z } from "zod";
import { StationError } from "../errors.ts";

const urlSchema = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));

const verifierConfigSchema = z.strictObject({
  /** The station whose hub it verifies for, and at whose report door it hands in what it found. */
  station: z.strictObject({
    url: urlSchema,
    /** The sender account that the station's configuration names as its verifier. */
    account: z.string().min(1).max(64),
    passwordFile: z.string().min(1),
    /** The station's vault: evidence is sealed to it here, so that the station never holds a text that nobody opened. */
    recipient: z.string().startsWith("age1"),
  }),
  /** Whom the keys in the records are compared with; see provider-card.json. */
  providerCard: z.string().min(1),
  /** Keys, the custody log, and work that is not handed in yet. */
  dataDir: z.string().min(1),
});

/** A verifier's configuration, with its paths resolved and its card read. */
export interface VerifierConfig {
  readonly station: z.infer<typeof verifierConfigSchema>["station"];
  readonly card: ProviderCard;
  readonly dataDir: string;
}

/**
 * Reads a verifier's configuration. Relative paths in it are relative to the file.
 * @throws StationError `config.invalid` naming every field that is wrong
 */
export async function readVerifierConfig(path: string): Promise<VerifierConfig> {
  const parsed = verifierConfigSchema.safeParse(await readJson(path));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({
      path: issue.path.join("."),
      message: issue.message,
    }));
    throw new StationError(
      "config.invalid",
      `${path} is not a verifier's configuration: ${problems.map((p) => `${p.path || "(top)"}: ${p.message}`).join("; ")}`,
      { audience: "operator", problems, remedy: "docs/reference/configuration.md lists every field." },
    );
  }
  const base = dirname(resolve(path));
  const { station, providerCard, dataDir } = parsed.data;
  return {
    station: { ...station, passwordFile: resolve(base, station.passwordFile) },
    card: parseProviderCard(await readJson(resolve(base, providerCard))),
    dataDir: resolve(base, dataDir),
  };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new StationError("config.invalid", `${path} cannot be read as JSON.`, {
      audience: "operator",
      remedy: "Make a verifier's files with `fairlead verifier init`, or name another file with --config.",
      cause,
    });
  }
}
