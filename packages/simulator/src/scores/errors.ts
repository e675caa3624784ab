import { ERROR_KINDS, type ErrorKind } from "../profile.ts";
import type { Truth } from "../truth.ts";

export interface ErrorScore {
  /** Reports with an error of a kind, summed over the kinds. */
  injected: number;
  /** Share of those that were named or blocked. */
  caught: number;
  /** Kinds found in reports that do not have them. */
  invented: number;
  byKind: Record<ErrorKind, { injected: number; caught: number }>;
}

/** How many of the injected errors were seen. @param found kinds that were named for a report, by case number */
export function scoreErrors(
  found: ReadonlyMap<string, ReadonlySet<ErrorKind>>,
  truths: Iterable<Truth>,
): ErrorScore {
  const byKind = Object.fromEntries(
    ERROR_KINDS.map((kind) => [kind, { injected: 0, caught: 0 }]),
  ) as ErrorScore["byKind"];
  let invented = 0;
  for (const truth of truths) {
    const named = found.get(truth.caseNumber) ?? new Set();
    const present = new Set(truth.errors.map(({ kind }) => kind));
    for (const kind of present) {
      byKind[kind].injected += 1;
      if (named.has(kind)) byKind[kind].caught += 1;
    }
    for (const kind of named) if (!present.has(kind)) invented += 1;
  }
  const counts = Object.values(byKind);
  const injected = counts.reduce((sum, kind) => sum + kind.injected, 0);
  const caught = counts.reduce((sum, kind) => sum + kind.caught, 0);
  return { injected, caught: injected === 0 ? 1 : caught / injected, invented, byKind };
}
