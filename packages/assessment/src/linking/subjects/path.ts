import type { LinkNode } from "../edge.ts";
import { isGone, isLast, isStrong, roleOf } from "./attachments.ts";
import type { CompactState } from "./compact-state.ts";
import type { ValueName } from "./decision.ts";
import type { Holdings } from "./holdings.ts";
import { JOINS } from "./signs.ts";
import { recordAt } from "./values.ts";

/** One step of a chain: these two are one person by that value, or because a person said so. */
export interface Step {
  from: LinkNode;
  to: LinkNode;
  by: ValueName | "decision";
}

/** The shortest chain between two nodes of one component, found breadth first; `undefined` if they are in two. */
export function pathBetween(
  { store, values, runs, forest, together, apart }: CompactState,
  holdings: Holdings,
  from: number,
  to: number,
): Step[] | undefined {
  if (forest.root(from) !== forest.root(to)) return undefined;
  const came = new Map<number, { from: number; by: ValueName | "decision" }>();
  const seen = new Set([from]);
  const tried = new Set<number>();
  const queue = [from];
  const reach = (next: number, by: ValueName | "decision", last: number): void => {
    if (seen.has(next)) return;
    seen.add(next);
    came.set(next, { from: last, by });
    queue.push(next);
  };
  for (let node = queue.shift(); node !== undefined && !seen.has(to); node = queue.shift()) {
    for (const other of together.of(node) ?? []) if (!apart.has(node, other)) reach(other, "decision", node);
    for (let at = runs[node]!; at >= 0; at = isLast(store, at) ? -1 : at + 1) {
      const record = isGone(store, at) || !isStrong(store, at) ? -1 : recordAt(values, store, at);
      const role = roleOf(store, at);
      if (record < 0 || (values.flags[record]! & JOINS[role]) === 0 || tried.has(record * 2 + role)) continue;
      tried.add(record * 2 + role);
      const { kind, value } = holdings.value(store.lo[at]!);
      for (let each = values.head[record]!; each >= 0; each = store.next[each]!)
        if (isStrong(store, each) && roleOf(store, each) === role)
          reach(store.node[each]!, { kind, value }, node);
    }
  }
  const steps: Step[] = [];
  for (let node = to, step = came.get(to); step !== undefined; node = step.from, step = came.get(node))
    steps.unshift({ from: holdings.node(step.from).node, to: holdings.node(node).node, by: step.by });
  return steps;
}
