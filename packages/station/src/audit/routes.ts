import type { FastifyInstance } from "fastify";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";

/** The log as anyone may mirror and check it (C2SP tlog-tiles): `/log/checkpoint` and `/log/tile/…`. No leaf names anybody. */
export function logRoutes(app: FastifyInstance, station: Station): void {
  app.get("/log/*", { schema: { hide: true } }, async (request, reply) => {
    const path = (request.params as { "*": string })["*"];
    const bytes = await station.audit.tiles.read(path).catch(() => undefined);
    if (bytes === undefined)
      throw new StationError("not-found", `The log has nothing at ${path.slice(0, 100)}.`);
    const immutable = path.startsWith("tile/");
    return await reply
      .type(immutable ? "application/octet-stream" : "text/plain; charset=utf-8")
      .header("cache-control", immutable ? "public, max-age=31536000, immutable" : "no-cache")
      .header("access-control-allow-origin", "*")
      .send(Buffer.from(bytes));
  });
}
