import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import { certificateFileSchema, certificateOf, confirmErasing, erasureView } from "../erasing/index.ts";
import { allowedOnReport, mustBeAllowed, signedIn } from "../http/guard.ts";
import {
  decideKeeping,
  extendHold,
  keepingList,
  keepingView,
  linkedReports,
  placeHold,
  releaseHold,
} from "../keeping/index.ts";
import {
  confirmErasingSchema,
  extendHoldSchema,
  keepingListQuerySchema,
  keepingListSchema,
  keptOrErasedSchema,
  newHoldSchema,
  newKeepingDecisionSchema,
  releaseHoldSchema,
} from "./keeping-contract.ts";

const ofReport = z.object({ id: z.uuid() });
const ofHold = z.object({ id: z.uuid(), hold: z.uuid() });

/** How long a report is kept, by which law or whose hold, and what a person decides at the end. */
export function keepingRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const response = { 200: keptOrErasedSchema };

  const view = async (id: string, by: Principal) => ({
    ...(await keepingView(station, id, by)),
    erasure: await erasureView(station, id, by),
    linked: await linkedReports(station, id),
  });

  app.get(
    "/api/keeping",
    { schema: { querystring: keepingListQuerySchema, response: { 200: keepingListSchema } } },
    async (request) => {
      mustBeAllowed(station, await signedIn(station, request), "view-queue");
      return await keepingList(station, request.query);
    },
  );

  app.get("/api/reports/:id/keeping", { schema: { params: ofReport, response } }, async (request) => {
    const { id } = request.params;
    return await view(id, await allowedOnReport(station, request, "view-report", id));
  });

  app.post(
    "/api/reports/:id/holds",
    { schema: { params: ofReport, body: newHoldSchema, response } },
    async (request) => {
      const { id } = request.params;
      const by = await allowedOnReport(station, request, "hold", id);
      await placeHold(station, id, request.body, by);
      return await view(id, by);
    },
  );

  app.post(
    "/api/reports/:id/holds/:hold/extend",
    { schema: { params: ofHold, body: extendHoldSchema, response } },
    async (request) => {
      const { id, hold } = request.params;
      const by = await allowedOnReport(station, request, "hold", id);
      await extendHold(station, { reportId: id, holdId: hold }, request.body, by);
      return await view(id, by);
    },
  );

  app.post(
    "/api/reports/:id/holds/:hold/release",
    { schema: { params: ofHold, body: releaseHoldSchema, response } },
    async (request) => {
      const { id, hold } = request.params;
      const by = await allowedOnReport(station, request, "release-hold", id);
      await releaseHold(station, { reportId: id, holdId: hold }, request.body, by);
      return await view(id, by);
    },
  );

  app.post(
    "/api/reports/:id/erasing-confirmations",
    { schema: { params: ofReport, body: confirmErasingSchema, response } },
    async (request) => {
      const { id } = request.params;
      const by = await allowedOnReport(station, request, "confirm-erasing", id);
      await confirmErasing(station, id, request.body, by);
      return await view(id, by);
    },
  );

  app.get(
    "/api/reports/:id/erasure-certificate",
    { schema: { params: ofReport, response: { 200: certificateFileSchema } } },
    async (request, reply) => {
      const { id } = request.params;
      await allowedOnReport(station, request, "view-report", id);
      const file = await certificateOf(station, id);
      return await reply
        .header("cache-control", "no-store, private")
        .header("content-disposition", 'attachment; filename="erasure-certificate.json"')
        .send(file);
    },
  );

  app.post(
    "/api/reports/:id/keeping-decisions",
    { schema: { params: ofReport, body: newKeepingDecisionSchema, response } },
    async (request) => {
      const { id } = request.params;
      const by = await allowedOnReport(station, request, "decide-keeping", id);
      await decideKeeping(station, id, request.body, by);
      return await view(id, by);
    },
  );
}
