import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { grantEvidence, openEvidence } from "../access/index.ts";
import { addClaim, lowerUrgency } from "../assessment/index.ts";
import type { Station } from "../context.ts";
import { allowedOnReport, mustBeAllowed, signedIn } from "../http/guard.ts";
import { recordOutcome } from "../outcomes/index.ts";
import { decideReferral } from "../referral/index.ts";
import {
  grantViewSchema,
  lowerUrgencySchema,
  newClaimSchema,
  newGrantSchema,
  newReferralSchema,
  outcomeStatementSchema,
  queuePageSchema,
  queueQuerySchema,
  reportViewSchema,
} from "./contract.ts";
import { evidenceHeaders } from "./evidence-headers.ts";
import { queuePage } from "./queue.ts";
import { reportView } from "./report-view.ts";

const reportParams = z.object({ id: z.uuid() });

/** The queue, one report, and everything that a person can do with it. */
export function reportRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const view = { 200: reportViewSchema };

  app.get(
    "/api/queue",
    { schema: { querystring: queueQuerySchema, response: { 200: queuePageSchema } } },
    async (request) => {
      const principal = await signedIn(station, request);
      mustBeAllowed(station, principal, "view-queue");
      return await queuePage(station, request.query);
    },
  );

  app.get("/api/reports/:id", { schema: { params: reportParams, response: view } }, async (request) => {
    const principal = await signedIn(station, request);
    return await reportView(station, request.params.id, principal);
  });

  app.post(
    "/api/reports/:id/claims",
    { schema: { params: reportParams, body: newClaimSchema, response: view } },
    async (request) => {
      const action = request.body.states.kind === "uk-category" ? "grade" : "add-claim";
      const principal = await allowedOnReport(station, request, action, request.params.id);
      await addClaim(station, request.params.id, request.body, principal);
      return await reportView(station, request.params.id, principal);
    },
  );

  app.post(
    "/api/reports/:id/evidence/:evidenceId/grants",
    {
      schema: {
        params: z.object({ id: z.uuid(), evidenceId: z.uuid() }),
        body: newGrantSchema,
        response: { 200: grantViewSchema },
      },
    },
    async (request) => {
      const { id, evidenceId } = request.params;
      const principal = await allowedOnReport(station, request, "open-evidence", id);
      const grant = await grantEvidence(station, { reportId: id, evidenceId }, request.body, principal);
      return { ...grant, content: `/api/grants/${grant.id}/content` };
    },
  );

  app.get("/api/grants/:id/content", { schema: { params: reportParams } }, async (request, reply) => {
    const principal = await signedIn(station, request);
    // A role that was taken away takes the grants along that were given under it.
    mustBeAllowed(station, principal, "open-evidence");
    const opening = await openEvidence(station, request.params.id, principal);
    reply.headers(evidenceHeaders(opening));
    return await reply.send(Readable.from(opening.bytes));
  });

  app.post(
    "/api/reports/:id/referrals",
    { schema: { params: reportParams, body: newReferralSchema, response: view } },
    async (request) => {
      const principal = await allowedOnReport(station, request, "refer", request.params.id);
      await decideReferral(station, request.params.id, request.body, principal);
      return await reportView(station, request.params.id, principal);
    },
  );

  app.post(
    "/api/reports/:id/outcomes",
    { schema: { params: reportParams, body: outcomeStatementSchema, response: view } },
    async (request) => {
      const principal = await allowedOnReport(station, request, "record-outcome", request.params.id);
      await recordOutcome(station, request.params.id, request.body, principal);
      return await reportView(station, request.params.id, principal);
    },
  );

  app.post(
    "/api/reports/:id/urgency",
    { schema: { params: reportParams, body: lowerUrgencySchema, response: view } },
    async (request) => {
      const principal = await allowedOnReport(station, request, "lower-urgency", request.params.id);
      await lowerUrgency(station, request.params.id, request.body, principal);
      return await reportView(station, request.params.id, principal);
    },
  );
}
