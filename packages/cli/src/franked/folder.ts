import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { ATTESTATION_PAYLOAD_TYPE, FrankingError } from "@fairlead/franking";
import { parseProviderCard, PROVIDER_CARD_FILE, type ProviderCard } from "@fairlead/franking/verify";
import { StationError } from "@fairlead/station";

/** A franked report's folder is a few files; this is far beyond. */
const MOST_FILES = 20_000;
/** More than an attestation can be; larger files are not read for one. */
const MAX_ATTESTATION_BYTES = 16 * 1024 * 1024;

/** provider-card.json, or one of several. */
const CARD = new RegExp(`^${PROVIDER_CARD_FILE.replace(".json", "")}(-\\d+)?\\.json$`);

/** A file of a folder, by what is in it. Names say nothing: a package names evidence by ids. */
export interface FoundFile {
  /** From the folder. */
  name: string;
  path: string;
  size: number;
  sha256: string;
}

/** What lies in a folder with franked reports, as `fairlead package open` leaves it or as somebody put it together. */
export interface FrankedFolder {
  files: FoundFile[];
  attestations: Array<{ file: FoundFile; envelope: unknown }>;
  /** Cards that lie in the folder: only as good as whoever put them there. */
  cards: ProviderCard[];
}

/**
 * Measures everything in a folder and finds its attestations by their form. Links are not followed.
 * @throws StationError `not-found` if there is no such folder, `request.too-large` if it holds too much to be one of reports
 */
export async function readFrankedFolder(dir: string): Promise<FrankedFolder> {
  const folder: FrankedFolder = { files: [], attestations: [], cards: [] };
  for (const path of await pathsIn(dir)) {
    const file = await measure(dir, path);
    folder.files.push(file);
    if (file.size > MAX_ATTESTATION_BYTES) continue;
    const value = await readJson(path);
    if (isEnvelope(value)) folder.attestations.push({ file, envelope: value });
    else if (CARD.test(basename(path))) folder.cards.push(...cardIn(value));
  }
  return folder;
}

async function pathsIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new StationError("not-found", `${dir} cannot be read as a folder.`, {
      remedy: "Name the folder that holds the bundle, the provider's records and the attestation.",
      cause,
    });
  });
  const files = entries.filter((entry) => entry.isFile());
  if (files.length > MOST_FILES)
    throw new StationError("request.too-large", `${dir} holds ${files.length} files.`, {
      remedy: "Name the folder of the report itself, not one that holds much else.",
    });
  return files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
}

async function measure(dir: string, path: string): Promise<FoundFile> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  const { size } = await stat(path);
  return { name: relative(dir, path), path, size, sha256: hash.digest("hex") };
}

/** @returns `undefined` for anything that is not JSON */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}

function isEnvelope(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "payloadType" in value &&
    value.payloadType === ATTESTATION_PAYLOAD_TYPE
  );
}

/** A card that cannot be read is as good as none: whoever needs it is told that there is none. */
function cardIn(value: unknown): ProviderCard[] {
  try {
    return [parseProviderCard(value)];
  } catch (error) {
    if (error instanceof FrankingError) return [];
    throw error;
  }
}
