import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import staticFiles from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { Hub } from "./hub.ts";

const MESSENGER = fileURLToPath(new URL("../../../messenger/dist", import.meta.url));

/** The messenger loads nothing from anywhere else, runs nothing that is not a file of this station, and nothing may frame it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The messenger's own files below `/messenger/`. Its pages are told apart after `#`, so there is one address. */
export async function messengerFiles(app: FastifyInstance, { station }: Pick<Hub, "station">): Promise<void> {
  if (!existsSync(MESSENGER)) {
    station.log.warn("messenger.not-built");
    return;
  }
  await app.register(async (scope) => {
    scope.addHook("onSend", async (_request, reply) => {
      reply.header("content-security-policy", CONTENT_SECURITY_POLICY);
      reply.header("permissions-policy", "camera=(), microphone=(), geolocation=()");
    });
    await scope.register(staticFiles, {
      root: MESSENGER,
      prefix: "/messenger/",
      wildcard: false,
      index: "index.html",
      cacheControl: false,
    });
    scope.get("/messenger", { schema: { hide: true } }, async (_request, reply) =>
      reply.redirect("/messenger/"),
    );
  });
}
