import type { FastifyInstance, FastifyReply } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  ackSchema,
  inboxQuerySchema,
  newCommitSchema,
  newMessageSchema,
  newRoomSchema,
  roomIdSchema,
} from "./contract.ts";
import { deviceOf } from "./guard.ts";
import type { Hub } from "./hub.ts";
import { acknowledge, readInbox } from "./inbox.ts";
import { createRoom, leaveRoom, takeCommit } from "./rooms.ts";
import { takeMessage } from "./submit.ts";

const byRoom = z.object({ id: roomIdSchema });
const hide = true;
/** Three handshake documents in base64url. */
const HANDSHAKE_BODY_BYTES = 5 * 1024 * 1024;
const MESSAGE_BODY_BYTES = 128 * 1024;

/** Rooms, what is said in them, and what a device is told. */
export function roomRoutes(instance: FastifyInstance, hub: Hub): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const handshake = { bodyLimit: HANDSHAKE_BODY_BYTES };

  app.post("/chat/rooms", { ...handshake, schema: { hide, body: newRoomSchema } }, async (request, reply) => {
    const device = await deviceOf(hub, request, "commit");
    return await reply.status(201).send(await createRoom(hub, device, request.body));
  });

  app.post(
    "/chat/rooms/:id/commits",
    { ...handshake, schema: { hide, params: byRoom, body: newCommitSchema } },
    async (request) => {
      const device = await deviceOf(hub, request, "commit");
      return await takeCommit(hub, device, request.params.id, request.body);
    },
  );

  app.post("/chat/rooms/:id/leave", { schema: { hide, params: byRoom } }, async (request, reply) => {
    await leaveRoom(hub, await deviceOf(hub, request, "commit"), request.params.id);
    return await reply.status(204).send();
  });

  app.post(
    "/chat/rooms/:id/messages",
    { bodyLimit: MESSAGE_BODY_BYTES, schema: { hide, params: byRoom, body: newMessageSchema } },
    async (request) => {
      const device = await deviceOf(hub, request, "message");
      return await takeMessage(hub, device, request.params.id, request.body);
    },
  );

  app.get("/chat/inbox", { schema: { hide, querystring: inboxQuerySchema } }, async (request, reply) => {
    const device = await deviceOf(hub, request);
    const { after, wait } = request.query;
    return await readInbox(hub, device, { after, waitSeconds: wait }, gone(reply));
  });

  app.post("/chat/inbox/ack", { schema: { hide, body: ackSchema } }, async (request, reply) => {
    await acknowledge(hub, await deviceOf(hub, request), request.body.cursor);
    return await reply.status(204).send();
  });
}

/** Ends the waiting when whoever asked has gone. */
export function gone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once("close", () => controller.abort());
  return controller.signal;
}
