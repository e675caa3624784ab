import type { FastifyInstance } from "fastify";
import type { Station } from "../context.ts";
import { accountRoutes } from "./account-routes.ts";
import { arrivalRoutes } from "./arrival-routes.ts";
import { bankFeedbackRoutes } from "./bank-feedback-routes.ts";
import { bankDeskRoutes } from "./bank-routes.ts";
import { deconflictionDeskRoutes } from "./deconfliction-routes.ts";
import { keepingRoutes } from "./keeping-routes.ts";
import { mediaRoutes } from "./media-routes.ts";
import { pagingRoutes } from "./paging-routes.ts";
import { reportRoutes } from "./report-routes.ts";
import { requestRoutes } from "./request-routes.ts";
import { safeguardingRoutes } from "./safeguarding-routes.ts";
import { senderRoutes } from "./sender-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { deskFiles } from "./static.ts";
import { stationRoutes } from "./station-routes.ts";
import { taskRoutes } from "./task-routes.ts";
import { subjectRoutes } from "./subject-routes.ts";
import { ukRoutes } from "./uk-routes.ts";
import { campaignRoutes } from "./campaign-routes.ts";

/** The desk: its API, described by /openapi.json, and its page. */
export async function deskRoutes(app: FastifyInstance, station: Station): Promise<void> {
  sessionRoutes(app, station);
  reportRoutes(app, station);
  requestRoutes(app, station);
  senderRoutes(app, station);
  safeguardingRoutes(app, station);
  pagingRoutes(app, station);
  taskRoutes(app, station);
  subjectRoutes(app, station);
  arrivalRoutes(app, station);
  campaignRoutes(app, station);
  deconflictionDeskRoutes(app, station);
  keepingRoutes(app, station);
  mediaRoutes(app, station);
  bankDeskRoutes(app, station);
  bankFeedbackRoutes(app, station);
  accountRoutes(app, station);
  ukRoutes(app, station);
  stationRoutes(app, station);
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
  await deskFiles(app, station);
}
