import type { FastifyRequest } from "fastify";
import { findSession, type Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { Action } from "../profile.ts";
import type { WorkStatus } from "../store/tables.ts";

/** `__Host-` binds the cookie to this host over TLS; browsers refuse the prefix on plain http, which only loopback uses. */
export function cookieName(station: Station): string {
  return station.config.publicUrl.startsWith("https:") ? "__Host-fairlead" : "fairlead";
}

/**
 * Who is asking.
 * @throws StationError `session.missing`; `request.forged` for a change that does not come from the desk's own page
 */
export async function signedIn(station: Station, request: FastifyRequest): Promise<Principal> {
  return (await sessionOf(station, request)).principal;
}

/**
 * Who is asking to act on a report.
 * @throws StationError `session.missing`, `request.forged`, `not-found`, `permission.refused`
 */
export async function allowedOnReport(
  station: Station,
  request: FastifyRequest,
  action: Action,
  id: string,
): Promise<Principal> {
  const { principal, reportStatus } = await sessionOf(station, request, id);
  if (reportStatus === undefined)
    throw new StationError("not-found", "This station has no such report.", {
      remedy: "Go back to the queue.",
    });
  mustBeAllowed(station, principal, action, { id, status: reportStatus });
  return principal;
}

/**
 * A form of another site can send a cookie, and no header.
 * @throws StationError `request.forged`
 */
export function mustComeFromDesk(request: FastifyRequest): void {
  if (request.method !== "GET" && request.method !== "HEAD" && request.headers["x-fairlead-desk"] !== "1")
    throw new StationError("request.forged", "This change did not come from the desk's own page.", {
      remedy: "Send the header x-fairlead-desk: 1 from a page of this station.",
    });
}

async function sessionOf(station: Station, request: FastifyRequest, reportId?: string) {
  mustComeFromDesk(request);
  const token = request.cookies[cookieName(station)];
  const session =
    token === undefined ? undefined : await findSession(station.db.kysely, token, station.clock(), reportId);
  if (session === undefined)
    throw new StationError("session.missing", "You are not signed in, or your session has ended.", {
      remedy: "Open a sign-in link; ask whoever runs this station for one.",
    });
  return session;
}

/** @throws StationError `permission.refused` */
export function mustBeAllowed(
  station: Station,
  principal: Principal,
  action: Action,
  report?: { id: string; status: WorkStatus },
): void {
  if (station.policy.may(principal, action, report)) return;
  throw new StationError("permission.refused", `Your role (${principal.role}) may not do this (${action}).`, {
    remedy: "Ask a colleague whose role may, or whoever runs this station.",
  });
}
