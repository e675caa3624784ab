import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { decideFeedback, entryFeedback, listedReasons } from "../banks/index.ts";
import type { Station } from "../context.ts";
import { mustBeAllowed, signedIn } from "../http/guard.ts";
import type { Action } from "../profile.ts";
import { bankEntryParamSchema } from "./bank-contract.ts";
import {
  bankFeedbackSchema,
  feedbackReasonsQuerySchema,
  feedbackReasonsSchema,
  newFeedbackSchema,
} from "./bank-feedback-contract.ts";

/** What people tell the source of a hash about it. */
export function bankFeedbackRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const params = bankEntryParamSchema;
  const response = { 200: bankFeedbackSchema };
  const allowed = async (request: FastifyRequest, action: Action) => {
    const principal = await signedIn(station, request);
    mustBeAllowed(station, principal, action);
    return principal;
  };

  app.get("/api/banks/:bank/entries/:entry/feedback", { schema: { params, response } }, async (request) => {
    await allowed(request, "view-banks");
    return await entryFeedback(station, request.params);
  });

  app.get(
    "/api/banks/:bank/entries/:entry/feedback/reasons",
    {
      schema: { params, querystring: feedbackReasonsQuerySchema, response: { 200: feedbackReasonsSchema } },
    },
    async (request) => {
      await allowed(request, "tell-source");
      return await listedReasons(station, request.params.bank, request.query.kind);
    },
  );

  app.post(
    "/api/banks/:bank/entries/:entry/feedback",
    { schema: { params, body: newFeedbackSchema, response } },
    async (request) => {
      const by = await allowed(request, "tell-source");
      await decideFeedback(station, request.params, request.body, by);
      return await entryFeedback(station, request.params);
    },
  );
}
