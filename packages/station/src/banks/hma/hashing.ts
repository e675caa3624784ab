import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import { type Held, openHeldBytes } from "../../http/held-bytes.ts";
import { bankAccountOf, mustMatch } from "../account.ts";
import type { BankDoors } from "../door.ts";
import { hmaName } from "./banks.ts";
import { HMA_FILES, MOST_PHOTO_BYTES, readHmaFile, type ReadFile } from "./read-file.ts";

/** HMA gives all that it finds; this is as many as a bank is asked for at once. */
const MOST = 1000;
/** Of photos that wait for their decoder, all calls together: four of the largest. */
const HELD_BYTES = 4 * MOST_PHOTO_BYTES;
const typesQuery = z.object({ types: z.string().optional().catch("") });
type Hashes = Partial<Record<(typeof HMA_FILES)[keyof typeof HMA_FILES], string>>;

/**
 * Hashing of media as HMA does it (`hashing.py`, and `matching.py` where a file is looked up): the form's one file part is called `photo`
 * or `video`. HMA also fetches what a URL names; this station fetches nothing that a client names, whatever network it stands in.
 */
export async function hmaHashing(
  app: FastifyInstance,
  station: Station,
  doors: BankDoors,
  base: string,
): Promise<void> {
  await app.register(multipart, {
    limits: { files: 2, fields: 8, fieldSize: 4096, fileSize: Number.MAX_SAFE_INTEGER },
  });
  const room = openHeldBytes(HELD_BYTES);
  const hide = { schema: { hide: true } };
  app.get(`${base}/h/hash`, hide, async (request) => {
    await bankAccountOf(station, request);
    throw new StationError(
      "request.invalid",
      "This station fetches from no address: POST the file itself, as the part photo or video.",
    );
  });
  app.post(`${base}/h/hash`, hide, async (request) => {
    const { username } = await bankAccountOf(station, request);
    const leave = await doors.doorkeeper.enter(username);
    const held = room.open();
    try {
      return await hashesOf(doors, request, held);
    } finally {
      held.release();
      leave();
    }
  });
  app.post(`${base}/m/lookup`, hide, async (request) => {
    const account = await bankAccountOf(station, request);
    mustMatch(account);
    const leave = await doors.doorkeeper.enter(account.username);
    const held = room.open();
    try {
      const { pdq, video_md5: md5 } = await hashesOf(doors, request, held);
      const lookups = [
        ...(pdq === undefined ? [] : [{ kind: "pdq" as const, value: pdq, semantics: "pdq/full" as const }]),
        ...(md5 === undefined ? [] : [{ kind: "md5" as const, value: md5 }]),
      ];
      const found = await doors.matcher.lookup(lookups, MOST);
      return Object.fromEntries(
        found.map(({ matches }, at) => [
          lookups[at]?.kind === "pdq" ? "pdq" : "video_md5",
          [...new Set(matches.map(({ bank }) => hmaName(bank)))],
        ]),
      );
    } finally {
      held.release();
      leave();
    }
  });
}

async function hashesOf(doors: BankDoors, request: FastifyRequest, held: Held): Promise<Hashes> {
  const wanted = typesAsked(request);
  const read = await readHmaFile(request, held);
  const type = HMA_FILES[read.kind];
  if (wanted !== undefined && wanted.some((name) => name !== type))
    throw new StationError("request.invalid", `A ${read.kind} has no hash of another kind than ${type}.`);
  return { [type]: await hashOf(doors, read) };
}

/** HMA's `types`: names with commas between them; `undefined` where all are wanted. */
function typesAsked({ query }: FastifyRequest): string[] | undefined {
  const { types } = typesQuery.parse(query);
  if (types === undefined) return undefined;
  const names = types
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length > 0) return names;
  throw new StationError("request.invalid", "empty signal type selection");
}

async function hashOf({ pictures }: BankDoors, read: ReadFile): Promise<string> {
  if (read.kind === "video") return read.md5;
  const answer = await (await pictures()).hash(read.bytes);
  const first = answer.kind === "picture" ? answer.hashed[0] : undefined;
  if (first !== undefined) return first.full.hash;
  const { message, remedy } =
    answer.kind === "refused" ? answer : { message: "It has no frame.", remedy: "" };
  throw new StationError("request.invalid", `The photo has no hash: ${message} ${remedy}`.trim());
}
