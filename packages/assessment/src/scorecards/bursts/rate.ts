import type { Share } from "../../share.ts";

/** A share that is neither 0 nor 1: what never happened so far may happen. */
export function rateOf({ count, of }: Share): number {
  return (count + 0.5) / (of + 1);
}
