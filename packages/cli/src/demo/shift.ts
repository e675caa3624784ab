import { setTimeout as sleep } from "node:timers/promises";
import type { CaseBook } from "./case-book.ts";
import { AnswerLost, type DeskClient } from "./desk-client.ts";
import type { StationKey } from "./layout.ts";
import type { Work } from "./people.ts";

/** Reports that one scripted team works at once. */
const AT_ONCE = 8;
/** Between two looks at the queue: a look costs the station as much as a decision. */
const PAUSE_MS = 500;

/** A scripted team: at which station it sits, at which desk, and what it does with a report. */
export interface Team {
  at: StationKey;
  desk: DeskClient;
  work: Work;
}

/**
 * A shift at one desk: takes what is new, in the queue's order, and works it, until told to stop.
 * @param enough asked between rounds; true ends the shift
 */
export async function workShift(team: Team, book: CaseBook, enough: () => boolean): Promise<void> {
  const { desk } = team;
  // A decision that broke off in the middle may have taken its report out of the queue; it is finished all the same.
  const unfinished = new Set<string>();
  while (!enough()) {
    // What arrived again stands behind its row; the truth that this run is compared with knows each by itself.
    const pages = [await desk.queue("new"), await desk.queue("behind")];
    const ready = pages
      .flatMap(({ entries }) => entries)
      .filter((entry) => entry.tier !== undefined)
      .map((entry) => entry.id);
    const next = new Set([...unfinished, ...ready]).values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const id of next) {
          const done = await workOne(team, id, book);
          if (done === "broken-off") unfinished.add(id);
          else unfinished.delete(id);
        }
      }),
    );
    await sleep(PAUSE_MS);
  }
}

async function workOne(
  { desk, work, at }: Team,
  id: string,
  book: CaseBook,
): Promise<"done" | "not-yet" | "broken-off"> {
  const view = await desk.report(id);
  const found = await book.find(view);
  if (found === undefined || found.leftAt === at) return "not-yet";
  try {
    await work(desk, view, found);
    return "done";
  } catch (error) {
    // The station was away in the middle of a decision: the next round looks again.
    if (error instanceof AnswerLost) return "broken-off";
    throw error;
  }
}
