import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { keepBackup, openBackup } from "./backup.ts";
import { keepBlob, openBlob } from "./blobs.ts";
import { deviceOf } from "./guard.ts";
import type { Hub } from "./hub.ts";

export const blobIdSchema = z.string().regex(/^[0-9a-f]{32}$/);
const hide = true;

/** Files and backups: streams of ciphertext, straight to disk and back. */
export async function fileRoutes(instance: FastifyInstance, hub: Hub): Promise<void> {
  await instance.register(async (scope) => {
    const app = scope.withTypeProvider<ZodTypeProvider>();
    app.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));

    app.post("/chat/blobs", { schema: { hide } }, async (request, reply) => {
      const device = await deviceOf(hub, request, "blob");
      return await reply.status(201).send(await keepBlob(hub, device, streamOf(request.body)));
    });

    app.get(
      "/chat/blobs/:id",
      { schema: { hide, params: z.object({ id: blobIdSchema }) } },
      async (request, reply) => {
        await deviceOf(hub, request);
        return await sendFile(reply, await openBlob(hub, request.params.id));
      },
    );

    app.put("/chat/backup", { schema: { hide } }, async (request, reply) => {
      await keepBackup(hub, await deviceOf(hub, request, "blob"), streamOf(request.body));
      return await reply.status(204).send();
    });

    app.get("/chat/backup", { schema: { hide } }, async (request, reply) =>
      sendFile(reply, await openBackup(hub, await deviceOf(hub, request))),
    );
  });
}

function streamOf(body: unknown): AsyncIterable<Uint8Array> {
  return body instanceof Readable ? body : Readable.from([]);
}

export async function sendFile(
  reply: FastifyReply,
  { size, bytes }: { size: number; bytes: AsyncIterable<Uint8Array> },
): Promise<FastifyReply> {
  return await reply
    .type("application/octet-stream")
    .header("content-length", size)
    .send(Readable.from(bytes, { objectMode: false }));
}
