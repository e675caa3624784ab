import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { SuggestedRequest } from "@fairlead/assessment";
import type { Station } from "../context.ts";
import { allowedOnReport, mustBeAllowed, signedIn } from "../http/guard.ts";
import {
  draftRequest,
  editRequest,
  endRequest,
  markSent,
  proposals,
  recordAnswer,
  requestList,
} from "../requests/index.ts";
import { reportView } from "./report-view.ts";
import {
  editedRequestSchema,
  endedRequestSchema,
  newAnswerSchema,
  newRequestSchema,
  requestListQuerySchema,
  requestListSchema,
  requestsSchema,
  sentRequestSchema,
  suggestionsSchema,
  type SuggestedRequestView,
} from "./request-contract.ts";

const ofReport = z.object({ id: z.uuid() });
const ofRequest = z.object({ id: z.uuid(), requestId: z.uuid() });

/** Questions to whoever could raise a report's level, and what came back. */
export function requestRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const view = { 200: requestsSchema };

  app.get(
    "/api/requests",
    { schema: { querystring: requestListQuerySchema, response: { 200: requestListSchema } } },
    async (request) => {
      mustBeAllowed(station, await signedIn(station, request), "view-queue");
      return await requestList(station, request.query);
    },
  );

  app.get(
    "/api/reports/:id/suggested-requests",
    { schema: { params: ofReport, response: { 200: suggestionsSchema } } },
    async (request) => {
      await allowedOnReport(station, request, "make-requests", request.params.id);
      return { requests: (await proposals(station, request.params.id)).map(suggestionView) };
    },
  );

  app.post(
    "/api/reports/:id/requests",
    { schema: { params: ofReport, body: newRequestSchema, response: view } },
    async (request) => {
      const { id } = request.params;
      const principal = await allowedOnReport(station, request, "make-requests", id);
      await draftRequest(station, id, request.body, principal);
      return { requests: (await reportView(station, id, principal)).requests };
    },
  );

  app.put(
    "/api/reports/:id/requests/:requestId",
    { schema: { params: ofRequest, body: editedRequestSchema, response: view } },
    async (request) => {
      const { id, requestId } = request.params;
      const principal = await allowedOnReport(station, request, "make-requests", id);
      await editRequest(station, { reportId: id, requestId }, request.body, principal);
      return { requests: (await reportView(station, id, principal)).requests };
    },
  );

  app.post(
    "/api/reports/:id/requests/:requestId/sent",
    { schema: { params: ofRequest, body: sentRequestSchema, response: view } },
    async (request) => {
      const { id, requestId } = request.params;
      const principal = await allowedOnReport(station, request, "make-requests", id);
      await markSent(station, { reportId: id, requestId }, request.body, principal);
      return { requests: (await reportView(station, id, principal)).requests };
    },
  );

  app.post(
    "/api/reports/:id/requests/:requestId/answers",
    { schema: { params: ofRequest, body: newAnswerSchema, response: view } },
    async (request) => {
      const { id, requestId } = request.params;
      const principal = await allowedOnReport(station, request, "make-requests", id);
      await recordAnswer(station, { reportId: id, requestId }, request.body, principal);
      return { requests: (await reportView(station, id, principal)).requests };
    },
  );

  for (const to of ["refused", "withdrawn"] as const)
    app.post(
      `/api/reports/:id/requests/:requestId/${to}`,
      { schema: { params: ofRequest, body: endedRequestSchema, response: view } },
      async (request) => {
        const { id, requestId } = request.params;
        const principal = await allowedOnReport(station, request, "make-requests", id);
        await endRequest(station, { reportId: id, requestId }, { to, note: request.body.note }, principal);
        return { requests: (await reportView(station, id, principal)).requests };
      },
    );
}

function suggestionView({
  id,
  addressee,
  askFor,
  routes,
  clock,
  expected,
  subject,
  body,
}: SuggestedRequest): SuggestedRequestView {
  return {
    rule: id,
    role: addressee.role,
    ...(addressee.name === undefined ? {} : { to: addressee.name }),
    askFor,
    routes: routes.map(({ id: route, text, answerWithinDays }) => ({
      id: route,
      text,
      ...(answerWithinDays === undefined ? {} : { answerWithinDays }),
    })),
    ...(clock === undefined ? {} : { clock }),
    expected,
    subject,
    body,
  };
}
