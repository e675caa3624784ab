import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import { allowedOnReport } from "../http/guard.ts";
import { decideUkFiling, plain, previewUkFiling, ukDirectView } from "../uk-direct/index.ts";
import { ukDirectViewSchema, ukFormSchema, ukPreviewSchema } from "./uk-contract.ts";

const params = z.object({ id: z.uuid() });

/** UK direct reports at the desk: what came in, what goes out, and the form by which a person makes one. */
export function ukRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const view = { 200: ukDirectViewSchema };
  const viewFor = async (id: string, by: Principal) => {
    const { status } = await station.db.kysely
      .selectFrom("report")
      .select("status")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    return await ukDirectView(station, id, by, station.policy.may(by, "refer", { id, status }));
  };

  app.get("/api/reports/:id/uk-direct", { schema: { params, response: view } }, async (request) => {
    const by = await allowedOnReport(station, request, "view-report", request.params.id);
    return await viewFor(request.params.id, by);
  });

  app.post(
    "/api/reports/:id/uk-direct/preview",
    { schema: { params, body: ukFormSchema, response: { 200: ukPreviewSchema } } },
    async (request) => {
      const by = await allowedOnReport(station, request, "refer", request.params.id);
      return await previewUkFiling(station, request.params.id, request.body, by);
    },
  );

  app.post(
    "/api/reports/:id/uk-direct",
    { schema: { params, body: ukFormSchema, response: view } },
    async (request) => {
      const by = await allowedOnReport(station, request, "refer", request.params.id);
      const { id, peer, choices } = request.body;
      await decideUkFiling(station, request.params.id, { id, peer, choices: plain(choices) }, by);
      return await viewFor(request.params.id, by);
    },
  );
}
