import { StationError } from "../errors.ts";

/** What one call holds of files in memory. */
export interface Held {
  /**
   * Counts bytes that are held from now on.
   * @throws StationError `intake.busy` when the door's calls together would hold more than it may
   */
  hold(bytes: number): void;
  /** Gives back what this call holds; may be called more than once. */
  release(): void;
}

const RETRY_AFTER_SECONDS = 5;

/**
 * The room in memory for files that are looked at whole. A client that is slow to send, or a decoder that is slow to answer, keeps its
 * file there: without a bound for all calls together as many as may be open would fill the machine.
 * @param most bytes of all calls together; no less than the largest file
 */
export function openHeldBytes(most: number): { open(): Held } {
  let all = 0;
  return {
    open() {
      let own = 0;
      return {
        hold(bytes) {
          if (all + bytes > most)
            throw new StationError("intake.busy", "The station holds as many files in memory as it may.", {
              remedy: "Wait for the seconds in Retry-After and send this call again. Nothing of it was kept.",
              retryAfterSeconds: RETRY_AFTER_SECONDS,
            });
          own += bytes;
          all += bytes;
        },
        release() {
          all -= own;
          own = 0;
        },
      };
    },
  };
}
