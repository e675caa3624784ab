import { FrankingError, type FrankingErrorCode } from "../error.ts";

/** What the library says when it refuses, and what we call it. Its version is pinned; a test holds each of these to its cause. */
const known: ReadonlyMap<string, FrankingErrorCode> = new Map([
  ["Desired gen in the past", "mls.replayed"],
  ["Desired generation too far in the future", "mls.too-far-ahead"],
  ["Signature invalid", "mls.signature"],
  ["Could not verify membership", "mls.signature"],
  ["Current time not within Lifetime", "mls.lifetime"],
]);

/**
 * Runs a step of the library and gives what it throws one of our codes.
 *
 * @param code for whatever has no code of its own
 * @param what the step, as the end of "MLS refused ..."
 */
export async function guarded<T>(code: FrankingErrorCode, what: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    if (cause instanceof FrankingError) throw cause;
    const said = cause instanceof Error ? cause.message : "";
    throw new FrankingError(known.get(said) ?? code, `MLS refused ${what}`, { cause });
  }
}
