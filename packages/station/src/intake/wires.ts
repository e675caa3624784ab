import { randomBytes } from "node:crypto";
import { createServer, type Endpoint, NotNow, type ServerEvent } from "@fairlead/cybertipline";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { RawHandler } from "../http/app.ts";
import { profiles } from "../profile.ts";
import type { Leave } from "./admission.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import { tipStore } from "./tip-store.ts";

/** Where NCMEC's interface lies at every host that speaks it. */
const MOUNT = "/ispws";

/** Wires that speak a protocol of their own instead of the desk's, by the first segment of their path. */
export function intakeWires(station: Station, doorkeeper: Doorkeeper): Map<string, RawHandler> {
  if (!profiles[station.config.station.profile].doors.includes("cybertipline")) return new Map();
  const handler = createServer({
    store: tipStore(station),
    clock: station.clock,
    random: randomBytes,
    turn: () => doorkeeper.turn(),
    mode: station.config.cybertipline.mode,
    realm: "ESP Web Services",
    mount: MOUNT,
    admit: async ({ username }, endpoint) =>
      await notNow(() =>
        endpoint === "submit" ? doorkeeper.enterWithReport(username) : doorkeeper.enter(username),
      ),
    log: (event) => {
      logEvent(station, event);
      if (
        event.name === "cybertipline.answered" &&
        event.accountId !== undefined &&
        isCounted(event.endpoint)
      )
        doorkeeper.counts.note(event.accountId, event.httpStatus);
    },
  });
  return new Map([[MOUNT, handler]]);
}

/** Whether a call says something about what a sender sends. */
function isCounted(endpoint: Endpoint | "none"): boolean {
  return endpoint !== "none" && endpoint !== "status" && endpoint !== "xsd";
}

/** The doorkeeper's "not now" in the wire's own words. */
async function notNow(enter: () => Promise<Leave>): Promise<Leave> {
  try {
    return await enter();
  } catch (error) {
    if (!(error instanceof StationError) || error.retryAfterSeconds === undefined) throw error;
    throw new NotNow(error.code === "rate.limited" ? 429 : 503, error.message, error.retryAfterSeconds);
  }
}

function logEvent(station: Station, event: ServerEvent): void {
  if (event.name === "cybertipline.fault") {
    const { name, error, ...fields } = event;
    station.log.error({ ...fields, err: error }, name);
  } else {
    const { name, ...fields } = event;
    station.log.debug(fields, name);
  }
}
