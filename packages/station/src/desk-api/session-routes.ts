import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { endSession, findSession, signIn, type Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { cookieName, mustComeFromDesk } from "../http/guard.ts";
import { actions } from "../profile.ts";
import { sessionViewSchema, type SessionView } from "./contract.ts";

/** Signing in by a one-time link, out again, and who is signed in. */
export function sessionRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/api/session",
    {
      schema: { body: z.object({ token: z.string().min(1).max(200) }), response: { 200: sessionViewSchema } },
    },
    async (request, reply) => {
      const session = await signIn(station.db, request.body.token, station.clock());
      reply.setCookie(cookieName(station), session.token, {
        path: "/",
        httpOnly: true,
        sameSite: "strict",
        secure: station.config.publicUrl.startsWith("https:"),
        expires: new Date(session.expiresAt),
      });
      return viewOf(station, session.principal, session.expiresAt);
    },
  );

  app.get("/api/session", { schema: { response: { 200: sessionViewSchema } } }, async (request) => {
    const token = request.cookies[cookieName(station)];
    const session =
      token === undefined ? undefined : await findSession(station.db.kysely, token, station.clock());
    if (session === undefined)
      throw new StationError("session.missing", "You are not signed in, or your session has ended.", {
        remedy: "Open a sign-in link; ask whoever runs this station for one.",
      });
    return viewOf(station, session.principal, session.expiresAt);
  });

  app.delete("/api/session", { schema: { response: { 204: z.null() } } }, async (request, reply) => {
    mustComeFromDesk(request);
    const token = request.cookies[cookieName(station)];
    if (token !== undefined) await endSession(station.db.kysely, token);
    reply.clearCookie(cookieName(station), { path: "/" });
    return await reply.status(204).send(null);
  });
}

function viewOf(station: Station, person: Principal, expiresAt: number): SessionView {
  const { id, name, profile } = station.config.station;
  // What depends on a report's status is judged again at the report; an open one stands for all here.
  const sample = { id: "any", status: "new" as const };
  const onStation = new Set([
    "view-queue",
    "view-peers",
    "view-senders",
    "view-audit",
    "do-tasks",
    "review-media",
    "decide-matching",
    "view-banks",
    "change-banks",
    "tell-source",
    "review-accounts",
  ]);
  return {
    person,
    station: { id, name, profile },
    may: actions.filter((action) =>
      station.policy.may(person, action, onStation.has(action) ? undefined : sample),
    ),
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
