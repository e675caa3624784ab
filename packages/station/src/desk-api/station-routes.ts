import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { proveLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { mustBeAllowed, signedIn } from "../http/guard.ts";
import { waitingFor } from "../peers/index.ts";
import { auditViewSchema, peerViewSchema, type PeerView } from "./contract.ts";

const proofSchema = z.object({
  id: z.string(),
  kind: z.string(),
  at: z.string(),
  leaf: z.string(),
  proof: z.string(),
  verifierKey: z.string(),
});

/** How the station stands with its peers and its own log. */
export function stationRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/api/peers",
    { schema: { response: { 200: z.object({ peers: z.array(peerViewSchema) }) } } },
    async (request) => {
      mustBeAllowed(station, await signedIn(station, request), "view-peers");
      return { peers: await peerViews(station) };
    },
  );

  app.get("/api/audit", { schema: { response: { 200: auditViewSchema } } }, async (request) => {
    mustBeAllowed(station, await signedIn(station, request), "view-audit");
    const db = station.db.kysely;
    const [head, pending] = await Promise.all([
      db.selectFrom("checkpoint").selectAll().orderBy("size", "desc").limit(1).executeTakeFirst(),
      db
        .selectFrom("leaf")
        .select((eb) => eb.fn.countAll<string>().as("n"))
        .where("index", "is", null)
        .executeTakeFirstOrThrow(),
    ]);
    return {
      size: head?.size ?? "0",
      pending: Number(pending.n),
      ...(head === undefined ? {} : { checkpoint: head.note, at: head.at }),
    };
  });

  app.get(
    "/api/leaves/:id/proof",
    { schema: { params: z.object({ id: z.uuid() }), response: { 200: proofSchema } } },
    async (request) => {
      await signedIn(station, request);
      return await proveLeaf(station, request.params.id);
    },
  );
}

async function peerViews(station: Station): Promise<PeerView[]> {
  const [peers, waiting] = await Promise.all([
    station.db.kysely.selectFrom("peer").selectAll().where("valid_to", "is", null).orderBy("name").execute(),
    waitingFor(station.db.kysely),
  ]);
  return peers.map((peer) => {
    const backlog = waiting.get(peer.id);
    return {
      id: peer.id,
      name: peer.name,
      wire: peer.wire,
      waiting: backlog?.waiting ?? 0,
      ...(backlog === undefined ? {} : { oldestWaitingSince: backlog.oldest }),
      ...(peer.last_success_at === null ? {} : { lastSuccessAt: peer.last_success_at }),
      ...(peer.last_failure_at === null ? {} : { lastFailureAt: peer.last_failure_at }),
      ...(peer.last_failure === null ? {} : { lastFailure: peer.last_failure }),
      state: stateOf(peer, backlog !== undefined),
    };
  });
}

function stateOf(
  peer: { last_success_at: string | null; last_failure_at: string | null },
  waiting: boolean,
): PeerView["state"] {
  const failed = peer.last_failure_at ?? "";
  const succeeded = peer.last_success_at ?? "";
  if (failed > succeeded) return "failing";
  if (waiting) return "waiting";
  return succeeded === "" ? "never-reached" : "well";
}
