import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { SenderAccount } from "../../access/index.ts";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import type { Doorkeeper } from "../doorkeeper.ts";
import { senderOf } from "../form-parts.ts";
import {
  badHeader,
  byteCount,
  CHECKSUMS,
  checksumOf,
  EXTENSIONS,
  metadataOf,
  mustBeOffsetStream,
  mustBeResumable,
  VERSION,
} from "./headers.ts";
import { MOST_BYTES } from "./limits.ts";
import { UPLOAD, UPLOADS, UPLOADS_OPENAPI, uploadsOpenApi } from "./openapi.ts";
import { receiveBytes, wrongOffset } from "./receive.ts";
import { createUpload, endUpload, findUpload, type UploadRow } from "./store.ts";
import type { Joiner } from "./whole.ts";

interface Call {
  station: Station;
  join: Joiner;
  sender: SenderAccount;
  request: FastifyRequest;
  reply: FastifyReply;
}

const METHODS = ["OPTIONS", "HEAD", "GET", "POST", "PATCH", "DELETE"] as const;

/**
 * The door for large files over a line that breaks: tus 1.0.0 (https://tus.io/protocols/resumable-upload), with the accounts of the
 * report door, by whose reports finished uploads are named (named.ts).
 */
export async function uploadDoor(
  app: FastifyInstance,
  station: Station,
  doorkeeper: Doorkeeper,
  join: Joiner,
): Promise<void> {
  await app.register(async (scope) => {
    // Bodies are read by receive.ts alone, whatever they say that they are.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _body, done) => done(null));
    scope.addHook("onSend", async (_request, reply) => {
      reply.header("tus-resumable", VERSION);
      // The one status that HTTP has no words for.
      if (reply.statusCode === 460) reply.raw.statusMessage = "Checksum Mismatch";
    });
    const called = async (
      request: FastifyRequest,
      reply: FastifyReply,
      handlers: Partial<Record<string, (call: Call) => Promise<FastifyReply>>>,
    ) => {
      const method = methodOf(request);
      if (method === "OPTIONS") return await reply.headers(ABILITIES).status(204).send();
      const handle = handlers[method];
      if (handle === undefined)
        throw new StationError("upload.method", `Nothing is done here by ${method.slice(0, 16)}.`, {
          remedy: "docs/reference/resumable-uploads.md lists what is.",
        });
      // "the Server MUST NOT process the request"
      requireVersion(request, reply);
      const sender = await senderOf(station, request);
      const leave = await doorkeeper.enter(sender.username);
      try {
        return await handle({ station, join, sender, request, reply });
      } finally {
        leave();
      }
    };
    const described = uploadsOpenApi({ name: station.config.station.name, url: station.config.publicUrl });
    scope.get(UPLOADS_OPENAPI, { schema: { hide: true } }, async () => described);
    scope.route({
      method: [...METHODS],
      url: UPLOADS,
      exposeHeadRoute: false,
      schema: { hide: true },
      handler: (request, reply) => called(request, reply, { POST: create }),
    });
    scope.route({
      method: [...METHODS],
      url: UPLOAD,
      exposeHeadRoute: false,
      schema: { hide: true },
      handler: (request, reply) => called(request, reply, { HEAD: tell, PATCH: goOn, DELETE: terminate }),
    });
  });
}

const ABILITIES = {
  "tus-version": VERSION,
  "tus-extension": EXTENSIONS,
  "tus-max-size": String(MOST_BYTES),
  "tus-checksum-algorithm": CHECKSUMS.join(","),
};

/** "The actual method of the request MUST be ignored", where the header names one. */
function methodOf({ headers, method }: FastifyRequest): string {
  const override = headers["x-http-method-override"];
  return typeof override === "string" ? override.toUpperCase() : method;
}

function requireVersion({ headers }: FastifyRequest, reply: FastifyReply): void {
  try {
    mustBeResumable(headers);
  } catch (error) {
    reply.header("tus-version", VERSION);
    throw error;
  }
}

async function create({ station, join, sender, request, reply }: Call): Promise<FastifyReply> {
  const { headers } = request;
  if (headers["upload-defer-length"] !== undefined)
    throw badHeader("upload-defer-length", "a length that is told later is no extension of this door");
  const length = byteCount(headers, "upload-length");
  const metadata = metadataOf(headers);
  if (length > MOST_BYTES)
    throw new StationError("request.too-large", `An upload has at most ${MOST_BYTES} bytes here.`, {
      remedy: "Ask this station's operator how a larger file may be handed over.",
    });
  const hasBody = headers["content-type"] !== undefined && headers["content-length"] !== "0";
  if (hasBody) mustBeOffsetStream(headers);
  const checksum = hasBody ? checksumOf(headers) : undefined;
  if (hasBody) mustFit(request, length);
  const made = await createUpload(station, sender.username, { length, metadata });
  reply.header("location", `${UPLOADS}/${made.id}`);
  const now = hasBody ? await receiveBytes(station, made, bodyOf(request), checksum) : made;
  if (now.received === now.length) await join(now);
  return await told(reply, now).status(201).send();
}

async function tell({ station, sender, request, reply }: Call): Promise<FastifyReply> {
  const upload = await uploadOf(station, sender, request);
  if (upload.metadata !== null) reply.header("upload-metadata", upload.metadata);
  return await told(reply, upload).header("upload-length", String(upload.length)).status(200).send();
}

async function goOn({ station, join, sender, request, reply }: Call): Promise<FastifyReply> {
  const { headers } = request;
  mustBeOffsetStream(headers);
  const offset = byteCount(headers, "upload-offset");
  const checksum = checksumOf(headers);
  const upload = await uploadOf(station, sender, request);
  if (upload.received !== offset) throw wrongOffset();
  mustFit(request, upload.length - upload.received);
  const now = await receiveBytes(station, upload, bodyOf(request), checksum);
  if (now.received === now.length) await join(now);
  return await told(reply, now).status(204).send();
}

async function terminate({ station, sender, request, reply }: Call): Promise<FastifyReply> {
  const upload = await uploadOf(station, sender, request);
  if (upload.ended === "used")
    throw new StationError("conflict", "A report has this file: it is no longer an upload.", {
      remedy: "Nothing has to be done; the upload's address is forgotten by itself.",
    });
  await endUpload(station, upload.id, "terminated");
  return await reply.status(204).send();
}

/** The offset and the time until which it holds; a report's file does not expire here. */
function told(reply: FastifyReply, { received, expires_at, ended }: UploadRow): FastifyReply {
  reply.header("upload-offset", String(received));
  if (ended === null) reply.header("upload-expires", new Date(expires_at).toUTCString());
  return reply;
}

async function uploadOf(
  station: Station,
  sender: SenderAccount,
  request: FastifyRequest,
): Promise<UploadRow> {
  const { id } = request.params as { id: string };
  const upload = await findUpload(station.db.kysely, sender.username, id);
  if (upload === undefined)
    throw new StationError("not-found", "You have no upload at this address.", {
      remedy: "Begin a new one by POST.",
    });
  const isExpired = upload.ended === null && Date.parse(upload.expires_at) <= station.clock();
  if (upload.ended === null ? !isExpired : upload.ended === "used") return upload;
  throw new StationError("upload.gone", "This upload has ended, and nothing of it is kept.", {
    remedy: "Begin a new one by POST.",
  });
}

/** A body that says that it is longer than what is left is refused before a byte of it is read. */
function mustFit({ headers }: FastifyRequest, left: number): void {
  const length = Number(headers["content-length"] ?? 0);
  if (length <= left) return;
  throw new StationError(
    "request.too-large",
    `The upload takes ${left} more bytes, and the body has ${length}.`,
    {
      remedy: "Send no more than is missing to the length that you declared.",
    },
  );
}

/** To be read to its end or not, without the connection being closed: the answer still goes over it. */
function bodyOf({ raw }: FastifyRequest): AsyncIterator<Uint8Array> {
  return raw.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
}
