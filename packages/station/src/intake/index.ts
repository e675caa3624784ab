import type { FastifyInstance } from "fastify";
import { logRoutes } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { profiles } from "../profile.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import { packageDoor } from "./package-door.ts";
import { receiptRoute } from "./receipt.ts";
import { reportDoor } from "./report-door.ts";
import { ukDoor } from "./uk-door.ts";
import { openJoiner, uploadDoor } from "./uploads/index.ts";

export { accept } from "./accept.ts";
export { startCallCounts } from "./call-counts.ts";
export { isCutOff, senderOf } from "./form-parts.ts";
export { openQuotas } from "./quota.ts";
export { type Doorkeeper, openDoorkeeper } from "./doorkeeper.ts";
export { receiptOf } from "./receipt.ts";
export { SEALED_PART } from "./sealed-part.ts";
export { startIntakeSweeps } from "./sweeps.ts";
export { checkUkDirect, UK_LIMITS, type UkChecked } from "./uk-check.ts";
export { intakeWires } from "./wires.ts";

/** The doors that this station's profile opens, and the log that proves what came through them. */
export async function intakeRoutes(
  app: FastifyInstance,
  station: Station,
  doorkeeper: Doorkeeper,
): Promise<void> {
  const { doors } = profiles[station.config.station.profile];
  if (doors.includes("report")) {
    const join = openJoiner(station);
    await uploadDoor(app, station, doorkeeper, join);
    await reportDoor(app, station, doorkeeper, join);
  }
  if (doors.includes("package")) packageDoor(app, station);
  if (doors.includes("uk-direct")) await ukDoor(app, station, doorkeeper);
  if (doors.includes("report") || doors.includes("cybertipline")) receiptRoute(app, station);
  logRoutes(app, station);
}
