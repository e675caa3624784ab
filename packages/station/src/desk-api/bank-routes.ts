import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { bankHash, bankList, bankPage, bankParts, changeBank, entryPage, noteLook } from "../banks/index.ts";
import type { Station } from "../context.ts";
import { mustBeAllowed, signedIn } from "../http/guard.ts";
import type { Action } from "../profile.ts";
import {
  afterQuerySchema,
  bankEntryParamSchema,
  bankEntrySchema,
  bankListSchema,
  bankLookupAnswerSchema,
  bankLookupSchema,
  bankParamSchema,
  bankPartsQuerySchema,
  bankPartsSchema,
  bankViewSchema,
  newBankChangeSchema,
} from "./bank-contract.ts";

/** Banks of hashes at the desk: what is in them, which parts of them match, and who said so. Each look leaves its leaf. */
export function bankDeskRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const allowed = async (request: FastifyRequest, action: Action) => {
    const principal = await signedIn(station, request);
    mustBeAllowed(station, principal, action);
    return principal;
  };
  const querystring = afterQuerySchema;

  app.get("/api/banks", { schema: { querystring, response: { 200: bankListSchema } } }, async (request) => {
    const by = await allowed(request, "view-banks");
    const list = await bankList(station, request.query.after);
    await noteLook(station, { what: "list" }, by);
    return list;
  });

  // By POST: a hash that somebody asks about has no place in an address, which proxies and browsers write down.
  app.post(
    "/api/banks/lookup",
    { schema: { body: bankLookupSchema, response: { 200: bankLookupAnswerSchema } } },
    async (request) => {
      const by = await allowed(request, "view-banks");
      const answer = await bankHash(station, request.body);
      const { value, kinds, entries } = answer;
      await noteLook(station, { what: "hash", value, kinds, found: entries.length }, by);
      return answer;
    },
  );

  app.get(
    "/api/banks/:bank",
    { schema: { params: bankParamSchema, querystring, response: { 200: bankViewSchema } } },
    async (request) => {
      const by = await allowed(request, "view-banks");
      const { bank } = request.params;
      const page = await bankPage(station, bank, request.query.after);
      await noteLook(station, { what: "bank", bank }, by);
      return page;
    },
  );

  app.get(
    "/api/banks/:bank/parts",
    {
      schema: {
        params: bankParamSchema,
        querystring: bankPartsQuerySchema,
        response: { 200: bankPartsSchema },
      },
    },
    async (request) => {
      const by = await allowed(request, "view-banks");
      const { bank } = request.params;
      const parts = await bankParts(station, bank, request.query);
      await noteLook(station, { what: "parts", bank }, by);
      return parts;
    },
  );

  app.post(
    "/api/banks/:bank/changes",
    { schema: { params: bankParamSchema, body: newBankChangeSchema, response: { 200: bankViewSchema } } },
    async (request) => {
      const by = await allowed(request, "change-banks");
      await changeBank(station, request.params.bank, request.body, by);
      return await bankPage(station, request.params.bank, undefined);
    },
  );

  app.get(
    "/api/banks/:bank/entries/:entry",
    { schema: { params: bankEntryParamSchema, querystring, response: { 200: bankEntrySchema } } },
    async (request) => {
      const by = await allowed(request, "view-banks");
      const page = await entryPage(station, request.params, request.query.after);
      await noteLook(station, { what: "entry", ...request.params }, by);
      return page;
    },
  );
}
