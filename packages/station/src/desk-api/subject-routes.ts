import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { assessNeighbours } from "../assessment/index.ts";
import type { Station } from "../context.ts";
import { allowedOnReport, mustBeAllowed, signedIn } from "../http/guard.ts";
import { assignSubject, decideLink, findSubject, lookAtSubject, undoLinkDecision } from "../linking/index.ts";
import { reportViewSchema } from "./contract.ts";
import { reportView } from "./report-view.ts";
import {
  assignSubjectSchema,
  newLinkDecisionSchema,
  subjectViewSchema,
  undoSchema,
} from "./subject-contract.ts";
import { subjectView } from "./subject-view.ts";

const subjectParams = z.object({ subject: z.string().min(1).max(128) });

/** Who is who: people's decisions about links, and the subjects that follow. */
export function subjectRoutes(instance: FastifyInstance, station: Station): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.post(
    "/api/reports/:id/link-decisions",
    {
      schema: {
        params: z.object({ id: z.uuid() }),
        body: newLinkDecisionSchema,
        response: { 200: reportViewSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const principal = await allowedOnReport(station, request, "decide-links", id);
      // Exactly those whose subject says something else by now; the job that was kept with the decision does it after a crash.
      await assessNeighbours(station, await decideLink(station, id, request.body, principal));
      return await reportView(station, id, principal);
    },
  );

  app.post(
    "/api/reports/:id/link-decisions/:decision/undo",
    {
      schema: {
        params: z.object({ id: z.uuid(), decision: z.uuid() }),
        body: undoSchema,
        response: { 200: reportViewSchema },
      },
    },
    async (request) => {
      const { id, decision } = request.params;
      const principal = await allowedOnReport(station, request, "decide-links", id);
      await assessNeighbours(
        station,
        await undoLinkDecision(station, id, decision, request.body.reason, principal),
      );
      return await reportView(station, id, principal);
    },
  );

  app.get(
    "/api/subjects/:subject",
    {
      schema: {
        params: subjectParams,
        querystring: z.object({ after: z.uuid().optional().describe("the last report of the page before") }),
        response: { 200: subjectViewSchema },
      },
    },
    async (request) => {
      const principal = await signedIn(station, request);
      mustBeAllowed(station, principal, "view-report");
      return await subjectView(station, request.params.subject, request.query.after, principal);
    },
  );

  app.post(
    "/api/subjects/:subject/owner",
    { schema: { params: subjectParams, body: assignSubjectSchema, response: { 200: subjectViewSchema } } },
    async (request) => {
      const principal = await signedIn(station, request);
      mustBeAllowed(station, principal, "decide-links");
      const subject = await findSubject(station, request.params.subject);
      const { owner = principal.id, reason } = request.body;
      await assignSubject(station, subject, { owner, reason }, principal);
      return await subjectView(station, subject.id, undefined, principal);
    },
  );

  app.post(
    "/api/subjects/:subject/look",
    { schema: { params: subjectParams, body: undoSchema, response: { 200: subjectViewSchema } } },
    async (request) => {
      const principal = await signedIn(station, request);
      mustBeAllowed(station, principal, "decide-links");
      const subject = await findSubject(station, request.params.subject);
      await lookAtSubject(station, subject, request.body.reason, principal);
      return await subjectView(station, subject.id, undefined, principal);
    },
  );
}
