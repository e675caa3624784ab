import type { Station } from "../context.ts";
import { repeatedly } from "../repeatedly.ts";
import { scoreDue } from "./score-due.ts";

/** Reports are scored together, not one by one: nobody reads a scorecard by the second. */
const EVERY_MS = 5000;

/** Keeps the scorecards up with what is due, until disposed. */
export function startScoring(station: Station): AsyncDisposable {
  return repeatedly(station, "scorecards", EVERY_MS, scoreDue);
}
