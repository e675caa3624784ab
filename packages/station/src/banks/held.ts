import { createExactIndex, createNearIndex, type ExactIndex, type NearIndex } from "@fairlead/matching";
import type { SignalKind } from "./signal.ts";

/** A hash with the number under which the matcher knows it. */
export interface HeldSignal {
  id: number;
  kind: SignalKind;
  value: Uint8Array;
}

/** The hashes of one bank in memory. Each bank has its own, so that none can crowd another out of a bounded answer. */
export interface Held {
  near: NearIndex;
  exact: Record<Exclude<SignalKind, "pdq">, ExactIndex>;
}

export function openHeld(): Held {
  return {
    near: createNearIndex(),
    exact: { md5: createExactIndex(), sha1: createExactIndex(), sha256: createExactIndex() },
  };
}

/** From now on it is found. Doing it twice does nothing the second time. */
export function hold({ near, exact }: Held, { id, kind, value }: HeldSignal): void {
  if (kind === "pdq") {
    near.remove(id);
    near.add(id, value);
  } else {
    exact[kind].remove(id, value);
    exact[kind].add(id, value);
  }
}

/** From now on it is not found. */
export function letGo({ near, exact }: Held, { id, kind, value }: HeldSignal): void {
  if (kind === "pdq") near.remove(id);
  else exact[kind].remove(id, value);
}

/** How many hashes of each kind are held. */
export function sizesOf({ near, exact }: Held): Record<SignalKind, number> {
  return { md5: exact.md5.size, sha1: exact.sha1.size, sha256: exact.sha256.size, pdq: near.size };
}
