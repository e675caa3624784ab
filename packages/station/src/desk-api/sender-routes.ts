import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Station } from "../context.ts";
import { mustBeAllowed, signedIn } from "../http/guard.ts";
import { acceptBurst, csvOf, senderList, senderView } from "../senders/index.ts";
import { acceptBurstSchema, senderListSchema, senderViewSchema } from "./sender-contract.ts";

const params = z.object({ id: z.string().min(1).max(255) });
const burstParams = params.extend({ burst: z.uuid() });

/** How good each sender's reports are. */
export function senderRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get("/api/senders", { schema: { response: { 200: senderListSchema } } }, async (request) => {
    mustBeAllowed(station, await signedIn(station, request), "view-senders");
    return await senderList(station);
  });

  app.get(
    "/api/senders/:id",
    { schema: { params, response: { 200: senderViewSchema } } },
    async (request) => {
      mustBeAllowed(station, await signedIn(station, request), "view-senders");
      return await senderView(station, request.params.id);
    },
  );

  app.post(
    "/api/senders/:id/bursts/:burst/accept",
    { schema: { params: burstParams, body: acceptBurstSchema, response: { 200: senderViewSchema } } },
    async (request) => {
      const by = await signedIn(station, request);
      mustBeAllowed(station, by, "accept-format");
      const { id, burst } = request.params;
      await acceptBurst(station, { sender: id, burst }, request.body.reason, by);
      return await senderView(station, id);
    },
  );

  app.get("/api/senders/:id/scorecard.csv", { schema: { params } }, async (request, reply) => {
    mustBeAllowed(station, await signedIn(station, request), "view-senders");
    const text = csvOf(await senderView(station, request.params.id));
    reply.header("content-disposition", 'attachment; filename="scorecard.csv"');
    // Sent as bytes: what answers are made of here is JSON otherwise.
    return await reply.type("text/csv; charset=utf-8").send(Buffer.from(text));
  });
}
