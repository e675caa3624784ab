import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Station } from "../context.ts";
import { allowedOnReport, mustBeAllowed, signedIn } from "../http/guard.ts";
import { safeguardingList, takeStep } from "../safeguarding/index.ts";
import {
  safeguardingListSchema,
  safeguardingQuerySchema,
  safeguardingStepSchema,
} from "./safeguarding-contract.ts";

/** A child's referral to an authority, from the decision to the authority's answer. */
export function safeguardingRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/safeguarding",
    { schema: { querystring: safeguardingQuerySchema, response: { 200: safeguardingListSchema } } },
    async (request) => {
      mustBeAllowed(station, await signedIn(station, request), "view-queue");
      return await safeguardingList(station, request.query);
    },
  );

  app.post(
    "/api/reports/:id/safeguarding",
    {
      schema: {
        params: z.object({ id: z.uuid() }),
        body: safeguardingStepSchema,
        response: { 200: z.object({ referral: z.uuid().optional() }) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const by = await allowedOnReport(station, request, "refer-safeguarding", id);
      const referral = await takeStep(station, id, request.body, by);
      return referral === undefined ? {} : { referral };
    },
  );
}
