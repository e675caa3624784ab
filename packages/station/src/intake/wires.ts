import { randomBytes } from "node:crypto";
import { createServer, type ServerEvent } from "@fairlead/cybertipline";
import type { Station } from "../context.ts";
import type { RawHandler } from "../http/app.ts";
import { profiles } from "../profile.ts";
import { tipStore } from "./tip-store.ts";

/** Where NCMEC's interface lies at every host that speaks it. */
const MOUNT = "/ispws";

/** Wires that speak a protocol of their own instead of the desk's, by the first segment of their path. */
export function intakeWires(station: Station): Map<string, RawHandler> {
  if (!profiles[station.config.station.profile].doors.includes("cybertipline")) return new Map();
  const handler = createServer({
    store: tipStore(station),
    clock: station.clock,
    random: randomBytes,
    mode: station.config.cybertipline.mode,
    realm: "ESP Web Services",
    mount: MOUNT,
    log: (event) => logEvent(station, event),
  });
  return new Map([[MOUNT, handler]]);
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
