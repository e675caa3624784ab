import type { FastifyRequest } from "fastify";
import { peerOf } from "./connections.ts";
import type { Device } from "./device-sessions.ts";
import type { Hub } from "./hub.ts";
import type { Rate } from "./rates.ts";

/** What a device may do how often. What is not in the configuration is more than anybody needs and less than harm takes. */
export type Limited =
  | "message"
  | "commit"
  | "take"
  | "report"
  | "account"
  | "code"
  | "look-up"
  | "audit"
  | "blob"
  | "ask";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function rateOf({ config: { limits } }: Hub, what: Limited): Rate {
  switch (what) {
    case "message":
      return { burst: limits.messagesPerMinute, perMs: MINUTE };
    case "commit":
      return { burst: limits.commitsPerMinute, perMs: MINUTE };
    case "take":
      return { burst: limits.keyPackageTakesPerHour, perMs: HOUR };
    case "report":
      return { burst: limits.reportsPerHour, perMs: HOUR };
    case "account":
      return { burst: limits.accountsPerHourAndAddress, perMs: HOUR };
    case "code":
      return { burst: 20, perMs: HOUR };
    case "look-up":
    case "audit":
      return { burst: 1000, perMs: HOUR };
    case "blob":
      return { burst: 300, perMs: HOUR };
    case "ask":
      return { burst: 60, perMs: HOUR };
  }
}

/**
 * The device that is asking.
 * @throws StationError `session.missing`, `rate.limited`
 */
export async function deviceOf(hub: Hub, request: FastifyRequest, what?: Limited): Promise<Device> {
  const device = await hub.sessions.of(request);
  hub.connections.note(device.id, peerOf(request, hub.config.forwarded));
  if (what !== undefined) hub.rates.take(rateOf(hub, what), what, device.id.toString("latin1"));
  return device;
}

/** For those who have no device here yet. @throws StationError `rate.limited` */
export function limitAddress(hub: Hub, request: FastifyRequest, what: Limited): void {
  hub.rates.take(rateOf(hub, what), what, peerOf(request, hub.config.forwarded).ip);
}
