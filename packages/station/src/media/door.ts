import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { HEAD_BYTES, formatOf } from "@fairlead/matching";
import type { SenderAccount } from "../access/index.ts";
import { lookupSchema } from "../banks/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { type Held, openHeldBytes } from "../http/held-bytes.ts";
import { type Doorkeeper, openQuotas, senderOf } from "../intake/index.ts";
import { newId } from "../store/index.ts";
import type { Digests, VaultObject } from "../vault/index.ts";
import type { MediaConfig } from "./config.ts";
import { answeredBefore, keepPost, postDigest } from "./keep-post.ts";
import { lookUp, type MediaEyes, MOST_BYTES, picturesOf, signalsOf } from "./look-up.ts";
import { strongest } from "./matches.ts";
import { mediaOpenApi } from "./openapi.ts";
import { readParts } from "./read-parts.ts";
import {
  FILE_PART,
  MEDIA_HASHES,
  MEDIA_OPENAPI,
  MEDIA_POSTS,
  type MediaAnswer,
  type MediaPost,
  mediaPostSchema,
  POST_FIELD,
} from "./wire.ts";

/** A platform's context is a few lines. */
const POST_FIELD_BYTES = 64 * 1024;
/** Clocks of honest platforms run ahead by this much at most. */
const CLOCK_TOLERANCE_MS = 60_000;
const MEBIBYTE = 2 ** 20;
// Looked up when it is used: the banks load this room on their way, whichever of the two is loaded first.
const hashesBody = z.strictObject({
  signals: z
    .array(z.lazy(() => lookupSchema))
    .min(1)
    .max(256),
});

/** The door for what is posted on a platform, by the accounts that the configuration names; wire.ts says what goes over it. */
export async function mediaDoor(
  app: FastifyInstance,
  station: Station,
  config: MediaConfig,
  { doorkeeper, eyes }: { doorkeeper: Doorkeeper; eyes: MediaEyes },
): Promise<void> {
  const quotas = openQuotas(
    config.accounts.map(({ username, filesPerHour }) => ({ username, reportsPerHour: filesPerHour })),
    station.clock,
    "files",
  );
  const room = openHeldBytes(config.holdMebibytes * MEBIBYTE);
  await app.register(async (instance) => {
    const scope = instance.withTypeProvider<ZodTypeProvider>();
    await scope.register(multipart, {
      limits: { fieldSize: POST_FIELD_BYTES, files: 1, fields: 1, fileSize: Number.MAX_SAFE_INTEGER },
    });
    scope.post(MEDIA_POSTS, { schema: { hide: true } }, async (request, reply) => {
      const { username } = await posterOf(station, config, request);
      quotas.count(username);
      const leave = await doorkeeper.enter(username);
      const staged: Staged[] = [];
      const held = room.open();
      try {
        const post = await readForm(station, request, staged, held);
        const { answer, repeated } = await take(station, eyes, username, post, staged);
        return await reply.status(repeated ? 200 : 201).send(answer);
      } finally {
        leave();
        held.release();
        for (const { object } of staged) await station.vault.remove(object.name);
      }
    });
    scope.post(MEDIA_HASHES, { schema: { hide: true, body: hashesBody } }, async (request) => {
      const { username } = await posterOf(station, config, request);
      const leave = await doorkeeper.enter(username);
      try {
        const { matches, more } = await lookUp(station.db, eyes.matcher, request.body.signals);
        return { matches, more, action: strongest(matches.map(({ action }) => action)) };
      } finally {
        leave();
      }
    });
    const described = mediaOpenApi({ name: station.config.station.name, url: station.config.publicUrl });
    scope.get(MEDIA_OPENAPI, { schema: { hide: true } }, async () => described);
  });
}

/** A file in the vault that nothing claims yet; its bytes as well where they are few enough to be decoded. */
interface Staged {
  object: VaultObject;
  digests: Digests;
  bytes: Uint8Array | undefined;
  head: Uint8Array;
}

async function posterOf(
  station: Station,
  { accounts }: MediaConfig,
  request: FastifyRequest,
): Promise<SenderAccount> {
  const sender = await senderOf(station, request);
  if (accounts.some(({ username }) => username === sender.username)) return sender;
  throw new StationError("permission.refused", "This account may not post media.", {
    remedy: "Ask this station's operator to name it under `media.accounts`.",
  });
}

async function readForm(
  station: Station,
  request: FastifyRequest,
  staged: Staged[],
  held: Held,
): Promise<MediaPost> {
  const stated = await readParts(request, POST_FIELD, async (part) => {
    if (part.fieldname !== FILE_PART || staged.length > 0) {
      part.file.resume();
      throw refusedForm([{ path: "/", message: `there is one file, in the part \`${FILE_PART}\`` }]);
    }
    const { bytes, kept, head } = holding(part.file, MOST_BYTES, held);
    const sealed = await station.vault.seal(bytes);
    staged.push({ ...sealed, bytes: kept(), head: head() });
  });
  const parsed = mediaPostSchema.safeParse(stated);
  const problems = parsed.success
    ? aheadOf(parsed.data, station.clock())
    : parsed.error.issues.map(({ path, message }) => ({ path: `/${path.join("/")}`, message }));
  if (staged.length === 0) problems.push({ path: "/", message: `the part \`${FILE_PART}\` is missing` });
  if (problems.length > 0 || !parsed.success) throw refusedForm(problems);
  return parsed.data;
}

function aheadOf({ at }: MediaPost, now: number): Array<{ path: string; message: string }> {
  return Date.parse(at) <= now + CLOCK_TOLERANCE_MS
    ? []
    : [{ path: "/at", message: "lies in the future by this station's clock" }];
}

function refusedForm(problems: ReadonlyArray<{ path: string; message: string }>): StationError {
  return new StationError("request.invalid", "The post is not in the form that this door takes.", {
    problems: [...problems],
    remedy: `Correct what is named below and send the post again; nothing of it was kept. ${MEDIA_OPENAPI} describes the form.`,
  });
}

/** Passes bytes on, and holds them as well while they are few. */
function holding(source: AsyncIterable<Uint8Array>, most: number, held: Held) {
  let chunks: Uint8Array[] | undefined = [];
  let size = 0;
  let head = Buffer.alloc(0);
  return {
    bytes: (async function* () {
      for await (const chunk of source) {
        size += chunk.length;
        if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
        if (size <= most) held.hold(chunk.length);
        else {
          held.release();
          chunks = undefined;
        }
        chunks?.push(chunk);
        yield chunk;
      }
    })(),
    kept: () => (chunks === undefined ? undefined : Buffer.concat(chunks)),
    head: () => head,
  };
}

async function take(
  station: Station,
  eyes: MediaEyes,
  account: string,
  post: MediaPost,
  staged: Staged[],
): Promise<{ answer: MediaAnswer; repeated: boolean }> {
  const [file] = staged;
  if (file === undefined) throw new Error("a form without its file was refused");
  const { digests, object } = file;
  const sha256 = digests.sha256.toString("hex");
  const before = await answeredBefore(station.db.kysely, account, post.reference, postDigest(post, sha256));
  if (before !== undefined) return { answer: before, repeated: true };
  const at = station.clock();
  const picture = await picturesOf(eyes, file.bytes, digests.size);
  const { matches, more } = await lookUp(station.db, eyes.matcher, signalsOf(digests, picture));
  const format = formatOf(file.head);
  const first = picture.kind === "picture" ? picture.hashed[0] : undefined;
  const answer: MediaAnswer = {
    id: newId(at),
    reference: post.reference,
    receivedAt: new Date(at).toISOString(),
    file: {
      size: digests.size,
      sha256,
      sha1: digests.sha1.toString("hex"),
      md5: digests.md5.toString("hex"),
      ...(format === null ? {} : { format }),
    },
    ...(first === undefined ? {} : { pdq: { full: first.full, nn512: first.nn512 } }),
    ...(picture.kind === "video"
      ? { video: { taken: picture.taken, looked: picture.frames.length, more: picture.more } }
      : {}),
    ...(picture.kind === "refused"
      ? { refused: { code: picture.code, message: picture.message, remedy: picture.remedy } }
      : {}),
    matches,
    more,
    action: strongest(matches.map(({ action }) => action)),
  };
  // Should the transaction fail, its outcome may be unknown to us: the object is left to the orphan sweep, never removed.
  staged.length = 0;
  const kept = await keepPost(station, { account, post, object, answer, at }).catch((error: unknown) => {
    if (error instanceof StationError) staged.push(file);
    throw error;
  });
  if (!kept.isKept) staged.push(file);
  return kept;
}
