import type { FrankingCrypto } from "@fairlead/franking";
import type { MlsEngine } from "@fairlead/franking/mls";
import type { Clock } from "./clock.ts";
import { MessengerError } from "./error.ts";
import type { HubApi, HubSession } from "./hub/api.ts";
import type { Model } from "./model/model.ts";
import type { DeviceRecord } from "./store/records.ts";

/** What every part of the messenger works with. */
export interface Context {
  readonly hub: HubApi;
  readonly model: Model;
  readonly mls: MlsEngine;
  readonly crypto: FrankingCrypto;
  readonly clock: Clock;
  readonly client: { readonly version: string; readonly build: string };
  /** Says that there may be something to do for the hub. */
  readonly wake: () => void;
  /** Aborted when the messenger closes. */
  readonly closing: AbortSignal;
}

/** @throws MessengerError `account.missing` */
export function deviceOf({ model }: Pick<Context, "model">): DeviceRecord {
  const device = model.all("device").get("self");
  if (device === undefined)
    throw new MessengerError("account.missing", "There is no account on this device yet.");
  return device;
}

/** @throws MessengerError `account.missing` */
export function sessionOf(context: Pick<Context, "model" | "hub">): HubSession {
  return context.hub.signedIn(deviceOf(context));
}

/** The last part of `mimi://DOMAIN/u/HANDLE`. */
export function handleOf(uri: string): string {
  return uri.slice(uri.lastIndexOf("/") + 1);
}

export function accountUri(domain: string, handle: string): string {
  return `mimi://${domain}/u/${handle}`;
}
