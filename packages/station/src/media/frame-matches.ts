import type { Matches } from "../banks/index.ts";
import type { FoundMatch } from "./matches.ts";

/** How a match that a frame of a video made is called where other matches name their probe. */
export const FRAMES_PROBE = "frames";
const MOST_SECONDS = 20;

/**
 * Says with each match by a video's frames how many of its frames look like that item, and where. One frame is enough to be named: a
 * known picture may be shown for a second. How much one is worth is for whoever looks.
 * @param answers to `asked`, in their order
 */
export function withFrames<Found extends Pick<FoundMatch, "bank" | "entry" | "probe">>(
  best: readonly Found[],
  answers: readonly Matches[],
  asked: ReadonlyArray<{ second?: number }>,
): Array<Found & Pick<FoundMatch, "frames">> {
  const of = asked.filter(({ second }) => second !== undefined).length;
  const seconds = new Map<string, Set<number>>();
  for (const [at, { matches }] of answers.entries()) {
    const second = asked[at]?.second;
    if (second === undefined) continue;
    for (const { bank, entry } of matches) {
      const key = JSON.stringify([bank, entry.key]);
      seconds.set(key, (seconds.get(key) ?? new Set()).add(second));
    }
  }
  return best.map((found) => {
    const alike = seconds.get(JSON.stringify([found.bank, found.entry]));
    if (found.probe !== FRAMES_PROBE || alike === undefined) return found;
    return { ...found, frames: { alike: alike.size, of, seconds: [...alike].slice(0, MOST_SECONDS) } };
  });
}
