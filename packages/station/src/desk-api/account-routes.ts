import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Principal } from "../access/index.ts";
import { accountPage, decideAccount, waitingAccounts } from "../chat/index.ts";
import type { Station } from "../context.ts";
import { mustBeAllowed, signedIn } from "../http/guard.ts";
import {
  accountDecisionSchema,
  accountPageSchema,
  accountParamSchema,
  waitingAccountsSchema,
} from "./account-contract.ts";

/** Accounts of the chats that a signal or their owner asks a person to look at. */
export function accountRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const ofAccount = { params: accountParamSchema, response: { 200: accountPageSchema } };
  const allowed = async (request: FastifyRequest): Promise<Principal> => {
    const principal = await signedIn(station, request);
    mustBeAllowed(station, principal, "review-accounts");
    return principal;
  };

  app.get("/api/accounts", { schema: { response: { 200: waitingAccountsSchema } } }, async (request) => {
    await allowed(request);
    return await waitingAccounts(station);
  });
  app.get("/api/accounts/:account", { schema: ofAccount }, async (request) =>
    accountPage(station, request.params.account, await allowed(request)),
  );
  app.post(
    "/api/accounts/:account/decisions",
    { schema: { ...ofAccount, body: accountDecisionSchema } },
    async (request) => {
      const by = await allowed(request);
      await decideAccount(station, request.params.account, request.body, by);
      return await accountPage(station, request.params.account, by);
    },
  );
}
