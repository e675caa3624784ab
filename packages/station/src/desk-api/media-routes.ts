import { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { grantLook, openLook, type Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import { mustBeAllowed, signedIn } from "../http/guard.ts";
import {
  decidedByMe,
  decideMedia,
  decidePolicy,
  fileKnown,
  giveBack,
  handOn,
  knownReports,
  mediaTypeOf,
  noteSeen,
  policies,
  reviewState,
  takeTurn,
} from "../media/index.ts";
import type { Action } from "../profile.ts";
import { evidenceHeaders } from "./evidence-headers.ts";
import {
  decidedListSchema,
  decidedQuerySchema,
  fileKnownSchema,
  lookSchema,
  mediaDecisionSchema,
  mediaPoliciesSchema,
  newMediaPolicySchema,
  reasonSchema,
  reviewStateSchema,
  seenSchema,
  sha256ParamSchema,
} from "./media-contract.ts";

const lookParams = z.object({ id: z.uuid() });

/** The review of what was posted: one file at a time, one person a file. */
export function mediaRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const response = { 200: reviewStateSchema };
  const ofFile = { params: sha256ParamSchema, response };
  const allowed = async (request: FastifyRequest, action: Action) => {
    const principal = await signedIn(station, request);
    mustBeAllowed(station, principal, action);
    return principal;
  };

  app.get("/api/review", { schema: { response } }, async (request) =>
    stateFor(station, await allowed(request, "review-media")),
  );
  app.post("/api/review/turns", { schema: { response } }, async (request) => {
    const by = await allowed(request, "review-media");
    await takeTurn(station, by);
    return await stateFor(station, by);
  });
  app.post("/api/review/files/:sha256/give-back", { schema: ofFile }, async (request) => {
    const by = await allowed(request, "review-media");
    await giveBack(station, request.params.sha256, by);
    return await stateFor(station, by);
  });
  app.post(
    "/api/review/files/:sha256/hand-on",
    { schema: { ...ofFile, body: reasonSchema } },
    async (request) => {
      const by = await allowed(request, "decide-matching");
      await handOn(station, request.params.sha256, request.body.reason, by);
      return await stateFor(station, by);
    },
  );
  app.post(
    "/api/review/files/:sha256/looks",
    { schema: { params: sha256ParamSchema, response: { 200: lookSchema } } },
    async (request) => {
      const by = await allowed(request, "review-media");
      const look = await grantLook(station, request.params.sha256, by);
      return { ...look, content: `/api/review/looks/${look.id}/content` };
    },
  );
  app.get("/api/review/looks/:id/content", { schema: { params: lookParams } }, async (request, reply) => {
    const by = await allowed(request, "review-media");
    const { bytes, size, format } = await openLook(station, request.params.id, by);
    reply.headers(evidenceHeaders({ bytes, size, mediaType: mediaTypeOf(format ?? null), name: undefined }));
    return await reply.send(Readable.from(bytes));
  });
  app.post(
    "/api/review/looks/:id/seen",
    { schema: { params: lookParams, body: seenSchema, response: { 204: z.null() } } },
    async (request, reply) => {
      const by = await allowed(request, "review-media");
      await noteSeen(station, request.params.id, request.body, by);
      return await reply.status(204).send(null);
    },
  );
  app.post(
    "/api/review/files/:sha256/decision",
    { schema: { ...ofFile, body: mediaDecisionSchema } },
    async (request) => {
      const by = await allowed(request, "review-media");
      await decideMedia(station, request.params.sha256, request.body, by);
      return await stateFor(station, by);
    },
  );
  app.post("/api/review/known", { schema: { body: fileKnownSchema, response } }, async (request) => {
    const by = await allowed(request, "review-media");
    mustBeAllowed(station, by, "refer", { id: request.body.reports[0] ?? "", status: "new" });
    await fileKnown(station, request.body, by);
    return await stateFor(station, by);
  });
  app.get(
    "/api/review/decided",
    { schema: { querystring: decidedQuerySchema, response: { 200: decidedListSchema } } },
    async (request) => {
      const by = await allowed(request, "review-media");
      return await decidedByMe(station, by, request.query.after);
    },
  );
  app.get("/api/review/policies", { schema: { response: { 200: mediaPoliciesSchema } } }, async (request) => {
    await allowed(request, "review-media");
    return { banks: await policies(station.db) };
  });
  app.post(
    "/api/review/policies/:bank",
    {
      schema: {
        params: z.object({ bank: z.string().min(1).max(64) }),
        body: newMediaPolicySchema,
        response: { 200: mediaPoliciesSchema },
      },
    },
    async (request) => {
      const by = await allowed(request, "decide-matching");
      await decidePolicy(station, request.params.bank, request.body, by);
      return { banks: await policies(station.db) };
    },
  );
}

async function stateFor(station: Station, by: Principal): Promise<z.infer<typeof reviewStateSchema>> {
  const peer = station.config.peers.find(({ id }) => id === station.config.media?.fileWith);
  return {
    ...(await reviewState(station, by)),
    known: await knownReports(station),
    ...(peer === undefined ? {} : { fileWith: peer.name }),
  };
}
