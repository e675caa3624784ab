import type { FastifyInstance } from "fastify";
import { fileRoutes } from "./file-routes.ts";
import type { Hub } from "./hub.ts";
import { messengerFiles } from "./messenger-files.ts";
import { officeRoutes } from "./office-routes.ts";
import { personRoutes } from "./person-routes.ts";
import { reportRoutes } from "./report-routes.ts";
import { roomRoutes } from "./room-routes.ts";
import { safetyRoutes } from "./safety-routes.ts";

export { type Hub, openHub } from "./hub.ts";
export { type AccountDecision, decideAccount } from "./signals/decide.ts";
export { lookAtAccount } from "./signals/look.ts";
export { type AccountPage, accountPage, waitingAccounts } from "./signals/queue.ts";
export { startHubWork } from "./work.ts";
export { urisOf } from "./uris.ts";

/** What messengers and the verifier ask of the hub; contract.ts and signals/contract.ts say it in full. */
export async function chatRoutes(app: FastifyInstance, hub: Hub): Promise<void> {
  personRoutes(app, hub);
  roomRoutes(app, hub);
  reportRoutes(app, hub);
  safetyRoutes(app, hub);
  officeRoutes(app, hub);
  await fileRoutes(app, hub);
  await messengerFiles(app, hub);
}
