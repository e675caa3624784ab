import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import staticFiles from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { Station } from "../context.ts";

const DESK = fileURLToPath(new URL("../../../desk/dist", import.meta.url));

/** The desk's own files. Every path that is no file is the desk's page, which routes by itself. */
export async function deskFiles(app: FastifyInstance, station: Station): Promise<void> {
  if (!existsSync(DESK)) {
    station.log.warn("desk.not-built");
    return;
  }
  await app.register(staticFiles, { root: DESK, wildcard: false, index: false, cacheControl: false });
  const page = async (_request: unknown, reply: { sendFile: (name: string) => unknown }) =>
    reply.sendFile("index.html");
  for (const path of [
    "/",
    "/sign-in",
    "/queue",
    "/reports/:id",
    "/reports/:id/uk-direct",
    "/subjects/:id",
    "/campaigns",
    "/campaigns/:id",
    "/requests",
    "/review",
    "/accounts",
    "/accounts/:account",
    "/banks",
    "/banks/:bank",
    "/banks/:bank/entries/:entry",
    "/senders",
    "/senders/:id",
    "/pages",
    "/tasks",
    "/keeping",
    "/safeguarding",
    "/conflicts",
    "/peers",
    "/audit",
  ])
    app.get(path, { schema: { hide: true } }, page);
}
