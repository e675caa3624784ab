import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import cookie from "@fastify/cookie";
import swagger from "@fastify/swagger";
import fastify, { type FastifyInstance, LogController } from "fastify";
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import type { Station } from "../context.ts";
import { sendProblem } from "./problem.ts";

export type RawHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The desk loads nothing from anywhere else and nothing may frame it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join("; ");

/** The longest JSON document that a route takes; files stream and are not counted here. */
const JSON_LIMIT_BYTES = 4 * 1024 * 1024;

/**
 * Makes the HTTP server without routes.
 * @param wires handlers that take whole paths for themselves, such as CyberTipline's `/ispws`, with the raw stream
 */
export async function makeApp(
  station: Station,
  wires: ReadonlyMap<string, RawHandler>,
): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: station.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: JSON_LIMIT_BYTES,
    // A slow client may take its time over a body, not over a header.
    requestTimeout: 0,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200 },
    serverFactory: (handler) =>
      createServer(
        { headersTimeout: 15_000, requestTimeout: 0, maxHeaderSize: 16_384 },
        (request, response) => {
          // The parser takes a request line without a version for HTTP/0.9 and answers it; nothing that we know sends one.
          if (request.httpVersionMajor !== 1) {
            response.writeHead(505, { connection: "close", "content-length": 0 }).end();
            return;
          }
          const wire = wires.get(`/${(request.url ?? "/").split(/[/?]/, 2)[1] ?? ""}`);
          if (wire === undefined) handler(request, response);
          else void wire(request, response);
        },
      ),
  });
  app.setValidatorCompiler(validatorCompiler);
  // Answers are built from typed data here; checking each one again against its schema would cost more than making it.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler((request, reply) =>
    reply
      .status(404)
      .type("application/problem+json")
      .send({
        type: "https://fairlead.example/problems/not-found",
        title: "Not found",
        status: 404,
        code: "not-found",
        detail: `There is nothing at ${request.method} ${request.url.split("?", 1)[0]}.`,
        remedy: "See /openapi.json for what is here.",
      }),
  );
  await app.register(cookie);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Fairlead station", version: "1", description: "The desk's API of one station." },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "no-referrer");
    reply.header("cross-origin-opener-policy", "same-origin");
    reply.header("cross-origin-resource-policy", "same-origin");
    if (!reply.hasHeader("content-security-policy"))
      reply.header("content-security-policy", CONTENT_SECURITY_POLICY);
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
  return app.withTypeProvider<ZodTypeProvider>() as unknown as FastifyInstance;
}
