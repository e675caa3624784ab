import type {
  Delivered,
  FrankRecord,
  HubKeys,
  SubmitTbs,
  FrankingCrypto,
  ServerContext,
} from "@fairlead/franking";
import type { MlsEngine, MlsMember } from "@fairlead/franking/mls";
import type { Clock } from "../clock.ts";
import { MessengerError } from "../error.ts";
import type { HubEvent, SafetyView } from "../hub/api.ts";

/** A hub in memory, as far as its own rooms look into each other. */
export interface TestHubState {
  readonly domain: string;
  readonly crypto: FrankingCrypto;
  readonly mls: MlsEngine;
  readonly clock: Clock;
  readonly keys: HubKeys;
  /** What messages are marked with: the same, unless the hub is dishonest. */
  markKeys: HubKeys;
  readonly hubPublicKey: Uint8Array;
  readonly accounts: Map<string, TestAccount>;
  /** By id in hex. */
  readonly devices: Map<string, TestDevice>;
  readonly rooms: Map<string, TestRoom>;
  readonly codes: Map<string, string>;
  readonly blobs: Map<string, Blob>;
  readonly reports: TestReport[];
  cursor: number;
}

export interface TestAccount {
  readonly handle: string;
  readonly uri: string;
  readonly name: string;
  readonly young: boolean;
  readonly blocks: Set<string>;
  /** Handles that may add this account although it wants to be asked first. */
  readonly connected: Set<string>;
  readonly askedBy: Map<string, number>;
  safety: SafetyView;
  backup: Uint8Array | null;
}

export interface TestDevice {
  readonly handle: string;
  readonly id: Uint8Array;
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly token: string;
  readonly validFrom: number;
  revokedAt: number | null;
  keyPackages: Uint8Array[];
  readonly inbox: HubEvent[];
  acked: number;
  /** Called when something comes. */
  readonly waiting: Set<() => void>;
}

export interface TestRoom {
  readonly id: string;
  readonly uri: string;
  epoch: number;
  members: readonly MlsMember[];
  readonly rosters: {
    readonly epoch: number;
    readonly since: number;
    readonly members: readonly MlsMember[];
  }[];
  seq: number;
  head: Uint8Array;
  readonly heads: Map<number, Uint8Array>;
  readonly messages: TestMessage[];
}

export interface TestMessage {
  readonly delivered: Delivered;
  readonly record: FrankRecord;
  readonly context: ServerContext;
  readonly contextBlind: Uint8Array;
  readonly submit: { readonly tbs: SubmitTbs; readonly signature: Uint8Array };
}

export interface TestReport {
  readonly reportId: string;
  readonly sealed: Uint8Array;
  readonly holds: readonly string[];
  readonly reporter: string;
  state: string;
  readonly steps: { at: number; what: string }[];
}

export function refuse(detail: string): never {
  throw new MessengerError("hub.refused", "The test hub refuses.", { detail });
}

type WithoutCursor<T> = T extends unknown ? Omit<T, "cursor"> : never;

/** Puts an event into a device's inbox. */
export function tell(state: TestHubState, device: TestDevice, event: WithoutCursor<HubEvent>): void {
  if (device.revokedAt !== null) return;
  state.cursor++;
  device.inbox.push({ ...event, cursor: String(state.cursor) });
  for (const ring of device.waiting) ring();
}

export function mustBeSignedIn({ revokedAt }: TestDevice): void {
  if (revokedAt !== null)
    throw new MessengerError("hub.signed-out", "The test hub knows this device no more.");
}

export function devicesOf(state: TestHubState, handle: string): readonly TestDevice[] {
  return [...state.devices.values()].filter(
    (device) => device.handle === handle && device.revokedAt === null,
  );
}

export function accountOf(state: TestHubState, handle: string): TestAccount {
  return state.accounts.get(handle) ?? refuse("not-found");
}
