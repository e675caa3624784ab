import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Station } from "../context.ts";
import { allowedOnReport, mustBeAllowed, signedIn } from "../http/guard.ts";
import { acknowledgePage, healthOf, pageList, reportOfPage, takeOverPage } from "../paging/index.ts";
import { healthViewSchema, pageListQuerySchema, pageListSchema } from "./paging-contract.ts";

const pageParams = z.object({ id: z.uuid() });
const FIRST = { list: "unanswered", limit: 50 } as const;

/** Calls to a person: who is called now, who has which, and whether any of it is stuck. */
export function pagingRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const allowedOnPage = async (request: FastifyRequest, id: string) => {
    const report = await reportOfPage(station, id);
    if (report !== null) return await allowedOnReport(station, request, "answer-page", report);
    const person = await signedIn(station, request);
    mustBeAllowed(station, person, "do-tasks");
    return person;
  };

  app.get(
    "/api/pages",
    { schema: { querystring: pageListQuerySchema, response: { 200: pageListSchema } } },
    async (request) => {
      const person = await signedIn(station, request);
      mustBeAllowed(station, person, "view-queue");
      return await pageList(station, request.query, person);
    },
  );

  app.post(
    "/api/pages/:id/answer",
    { schema: { params: pageParams, response: { 200: pageListSchema } } },
    async (request) => {
      const person = await signedIn(station, request);
      const { id } = request.params;
      const by = await allowedOnPage(request, id);
      await acknowledgePage(station, id, by);
      return await pageList(station, FIRST, person);
    },
  );

  app.post(
    "/api/pages/:id/take-over",
    { schema: { params: pageParams, response: { 200: pageListSchema } } },
    async (request) => {
      const person = await signedIn(station, request);
      const { id } = request.params;
      const by = await allowedOnPage(request, id);
      await takeOverPage(station, id, by);
      return await pageList(station, FIRST, person);
    },
  );

  app.get("/api/health", { schema: { response: { 200: healthViewSchema } } }, async (request) => {
    mustBeAllowed(station, await signedIn(station, request), "view-queue");
    return await healthOf(station);
  });
}
