import type { AgeBand } from "./age-band.ts";

/**
 * One thing that an account did to another, or had done to it: who, what and when. Never what was said, seen or sent; there is no field
 * that could hold it.
 */
export type AccountEvent =
  /** The account asked `other` whether it may add them to a conversation. */
  | { kind: "asked"; other: string; band: AgeBand; common: boolean; at: number }
  /** `other` said yes, or no, to such a request. */
  | { kind: "accepted" | "refused"; other: string; at: number }
  /** `other` blocked the account, or took the block back. */
  | { kind: "blocked" | "unblocked"; other: string; band: AgeBand; at: number }
  /** `other` reported the account, and the origin of what they reported was proven. */
  | { kind: "reported"; other: string; band: AgeBand; at: number }
  /** It shares this with `other`, an account that people of the platform had closed before. */
  | { kind: "came-back"; other: string; shares: "device" | "verified-handle"; at: number };

/** All that the rules look at. `common`: the two already had a contact in common, or a conversation, when the one asked the other. */
export interface AccountHistory {
  account: string;
  band: AgeBand;
  /** Milliseconds since 1970, as every time here. */
  openedAt: number;
  events: readonly AccountEvent[];
}
