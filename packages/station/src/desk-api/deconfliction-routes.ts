import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Station } from "../context.ts";
import { decideConflicts, deconflictionView } from "../deconfliction/index.ts";
import { allowedOnReport, mustBeAllowed, signedIn } from "../http/guard.ts";
import { reportViewSchema } from "./contract.ts";
import { conflictStepInputSchema, deconflictionViewSchema } from "./deconfliction-contract.ts";
import { reportView } from "./report-view.ts";

/** What stands between this station and others: seen by everybody who sees the peers, decided by whoever may. */
export function deconflictionDeskRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/deconfliction",
    { schema: { response: { 200: deconflictionViewSchema } } },
    async (request) => {
      const principal = await signedIn(station, request);
      mustBeAllowed(station, principal, "view-peers");
      return await deconflictionView(station, principal);
    },
  );

  app.post(
    "/api/reports/:id/conflicts/:peer/steps",
    {
      schema: {
        params: z.object({ id: z.uuid(), peer: z.string().min(1).max(64) }),
        body: conflictStepInputSchema,
        response: { 200: reportViewSchema },
      },
    },
    async (request) => {
      const { id, peer } = request.params;
      const principal = await allowedOnReport(station, request, "deconflict", id);
      await decideConflicts(station, { reportId: id, peerId: peer }, request.body, principal);
      return await reportView(station, id, principal);
    },
  );
}
