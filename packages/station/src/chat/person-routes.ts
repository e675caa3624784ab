import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { aboutHub } from "./about.ts";
import { createAccount } from "./accounts.ts";
import { bytes } from "./bytes.ts";
import { answer, ask, requestsOf } from "./contacts.ts";
import { block, unblock } from "./blocks.ts";
import {
  answerRequestSchema,
  blockSchema,
  handleSchema,
  keyPackagesSchema,
  newAccountSchema,
  newRequestSchema,
  redeemCodeSchema,
  takeSchema,
} from "./contract.ts";
import { makeDeviceCode, redeemDeviceCode } from "./device-codes.ts";
import { accountView, ownView } from "./directory.ts";
import { deviceOf, limitAddress } from "./guard.ts";
import type { Hub } from "./hub.ts";
import { putKeyPackages, takeKeyPackages } from "./key-packages.ts";
import { revokeDevice } from "./revoke.ts";

const byHandle = z.object({ handle: handleSchema });
const hide = true;

/** Accounts, devices, and who may reach whom. */
export function personRoutes(instance: FastifyInstance, hub: Hub): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get("/chat/about", { schema: { hide } }, async () => aboutHub(hub));

  app.post("/chat/accounts", { schema: { hide, body: newAccountSchema } }, async (request, reply) => {
    limitAddress(hub, request, "account");
    return await reply.status(201).send(await createAccount(hub, request.body));
  });

  app.post("/chat/device-codes", { schema: { hide } }, async (request) => {
    return await makeDeviceCode(hub, await deviceOf(hub, request, "code"));
  });

  app.post("/chat/devices", { schema: { hide, body: redeemCodeSchema } }, async (request, reply) => {
    limitAddress(hub, request, "code");
    return await reply.status(201).send(await redeemDeviceCode(hub, request.body.code, request.body.device));
  });

  app.delete(
    "/chat/devices/:id",
    { schema: { hide, params: z.object({ id: bytes(16) }) } },
    async (request, reply) => {
      await revokeDevice(hub, await deviceOf(hub, request), request.params.id);
      return await reply.status(204).send();
    },
  );

  app.get("/chat/me", { schema: { hide } }, async (request) => ownView(hub, await deviceOf(hub, request)));

  app.get("/chat/accounts/:handle", { schema: { hide, params: byHandle } }, async (request) => {
    return await accountView(hub, await deviceOf(hub, request, "look-up"), request.params.handle);
  });

  app.put("/chat/key-packages", { schema: { hide, body: keyPackagesSchema } }, async (request) => {
    return await putKeyPackages(hub, await deviceOf(hub, request), request.body.keyPackages);
  });

  app.post("/chat/key-packages/take", { schema: { hide, body: takeSchema } }, async (request) => {
    return await takeKeyPackages(hub, await deviceOf(hub, request, "take"), request.body);
  });

  app.post("/chat/requests", { schema: { hide, body: newRequestSchema } }, async (request, reply) => {
    const asked = await ask(hub, await deviceOf(hub, request, "ask"), request.body.to);
    return await reply.status(202).send(asked);
  });

  app.get("/chat/requests", { schema: { hide } }, async (request) =>
    requestsOf(hub, await deviceOf(hub, request)),
  );

  app.post(
    "/chat/requests/:handle",
    { schema: { hide, params: byHandle, body: answerRequestSchema } },
    async (request, reply) => {
      const device = await deviceOf(hub, request);
      await answer(hub, device, request.params.handle, request.body.accept);
      return await reply.status(204).send();
    },
  );

  app.post("/chat/blocks", { schema: { hide, body: blockSchema } }, async (request, reply) => {
    await block(hub, await deviceOf(hub, request, "look-up"), request.body.uri);
    return await reply.status(204).send();
  });

  app.delete("/chat/blocks/:handle", { schema: { hide, params: byHandle } }, async (request, reply) => {
    await unblock(hub, await deviceOf(hub, request), request.params.handle);
    return await reply.status(204).send();
  });
}
