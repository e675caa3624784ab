import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { decideArrival, undoArrivalDecision } from "../arrivals/index.ts";
import type { Station } from "../context.ts";
import { allowedOnReport } from "../http/guard.ts";
import { newArrivalDecisionSchema } from "./arrival-contract.ts";
import { reportViewSchema } from "./contract.ts";
import { reportView } from "./report-view.ts";
import { undoSchema } from "./subject-contract.ts";

/** What people decide about which arrivals are one report. Who may say who is who may say this. */
export function arrivalRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/api/reports/:id/arrival-decisions",
    {
      schema: {
        params: z.object({ id: z.uuid() }),
        body: newArrivalDecisionSchema,
        response: { 200: reportViewSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const principal = await allowedOnReport(station, request, "decide-links", id);
      await decideArrival(station, id, request.body, principal);
      return await reportView(station, id, principal);
    },
  );

  app.post(
    "/api/reports/:id/arrival-decisions/:decision/undo",
    {
      schema: {
        params: z.object({ id: z.uuid(), decision: z.uuid() }),
        body: undoSchema,
        response: { 200: reportViewSchema },
      },
    },
    async (request) => {
      const { id, decision } = request.params;
      const principal = await allowedOnReport(station, request, "decide-links", id);
      await undoArrivalDecision(station, id, decision, request.body.reason, principal);
      return await reportView(station, id, principal);
    },
  );
}
