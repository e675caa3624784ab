import { randomInt } from "node:crypto";
import { createExactIndex, type CreatedExactIndex, KEY_BYTES } from "@fairlead/matching";
import { type NearService, openNear } from "@fairlead/matching/node";
import type { SignalKind } from "./signal.ts";

/** A hash with the number under which the matcher knows it. */
export interface HeldSignal {
  id: number;
  kind: SignalKind;
  value: Uint8Array;
}

export const EXACT_KINDS = ["md5", "sha1", "sha256"] as const;
export type ExactKind = (typeof EXACT_KINDS)[number];

/**
 * The hashes of one bank in memory. Each bank has its own, so that none can crowd another out of a bounded answer. Likenesses are
 * looked for and merged on threads of their own, which begin with the first question.
 */
export interface Held {
  near: NearService;
  exact: Record<ExactKind, CreatedExactIndex>;
}

export function openHeld(): Held {
  const exact = () => createExactIndex({ seed: randomInt(2 ** 32) });
  return { near: openNear({ threads: 1 }), exact: { md5: exact(), sha1: exact(), sha256: exact() } };
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

/** Many at once, none of which is held yet. @param values 32 bytes for each id, or for a digest its first 16 */
export function holdAll({ near, exact }: Held, kind: SignalKind, ids: Uint32Array, values: Uint8Array): void {
  if (kind === "pdq") near.addAll(ids, values);
  else exact[kind].addAll(ids, values);
}

/** How many bytes of a hash `holdAll` takes. */
export function heldBytes(kind: SignalKind): number {
  return kind === "pdq" ? 32 : KEY_BYTES;
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
