import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { handleSchema } from "./contract.ts";
import { newAppealSchema } from "./signals/contract.ts";
import { deviceOf } from "./guard.ts";
import type { Hub } from "./hub.ts";
import { appeal, safetyOf, sayFine } from "./signals/own-view.ts";

const hide = true;

/** What signals lead to, for whom it is about and for whom it protects. */
export function safetyRoutes(instance: FastifyInstance, hub: Hub): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get("/chat/safety", { schema: { hide } }, async (request) =>
    safetyOf(hub, await deviceOf(hub, request)),
  );

  app.post("/chat/safety/appeals", { schema: { hide, body: newAppealSchema } }, async (request, reply) => {
    await appeal(hub, await deviceOf(hub, request, "ask"), request.body.words);
    return await reply.status(204).send();
  });

  app.post(
    "/chat/safety/notices/:handle/fine",
    { schema: { hide, params: z.object({ handle: handleSchema }) } },
    async (request, reply) => {
      await sayFine(hub, await deviceOf(hub, request), request.params.handle);
      return await reply.status(204).send();
    },
  );
}
