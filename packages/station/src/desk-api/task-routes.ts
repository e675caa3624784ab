import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import { mustBeAllowed, signedIn } from "../http/guard.ts";
import {
  closeTask,
  correctTask,
  doneElsewhere,
  handTaskOn,
  retryTask,
  takeOverTask,
  taskList,
} from "../tasks/index.ts";
import {
  closeTaskSchema,
  elsewhereSchema,
  handOnSchema,
  taskListQuerySchema,
  taskListSchema,
} from "./task-contract.ts";

const params = z.object({ id: z.uuid() });
const response = { 200: taskListSchema };
const FIRST = { list: "open", limit: 50 } as const;

/** What does not get through to another station: whose it is, and what they do about it. */
export function taskRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  const allowed = async (request: FastifyRequest): Promise<Principal> => {
    const person = await signedIn(station, request);
    mustBeAllowed(station, person, "do-tasks");
    return person;
  };
  const list = async (by: Principal) => await taskList(station, FIRST, by);

  app.get("/api/tasks", { schema: { querystring: taskListQuerySchema, response } }, async (request) => {
    const person = await signedIn(station, request);
    mustBeAllowed(station, person, "view-queue");
    return await taskList(station, request.query, person);
  });

  app.post("/api/tasks/:id/take-over", { schema: { params, response } }, async (request) => {
    const by = await allowed(request);
    await takeOverTask(station, request.params.id, by);
    return await list(by);
  });

  app.post(
    "/api/tasks/:id/hand-on",
    { schema: { params, body: handOnSchema, response } },
    async (request) => {
      const by = await allowed(request);
      await handTaskOn(station, request.params.id, request.body.to, by);
      return await list(by);
    },
  );

  app.post("/api/tasks/:id/retry", { schema: { params, response } }, async (request) => {
    const by = await allowed(request);
    await retryTask(station, request.params.id, by);
    return await list(by);
  });

  app.post("/api/tasks/:id/correct", { schema: { params, response } }, async (request) => {
    const by = await allowed(request);
    await correctTask(station, request.params.id, by);
    return await list(by);
  });

  app.post(
    "/api/tasks/:id/elsewhere",
    { schema: { params, body: elsewhereSchema, response } },
    async (request) => {
      const by = await allowed(request);
      await doneElsewhere(station, request.params.id, request.body, by);
      return await list(by);
    },
  );

  app.post(
    "/api/tasks/:id/close",
    { schema: { params, body: closeTaskSchema, response } },
    async (request) => {
      const by = await allowed(request);
      await closeTask(station, request.params.id, request.body.reason, by);
      return await list(by);
    },
  );
}
