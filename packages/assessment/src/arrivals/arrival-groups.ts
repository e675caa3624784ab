import type { ArrivalPart } from "./arrival-keys.ts";

/** A report with what it is found under, and whether a person said that it stands by itself. */
export interface HeldArrival<Key = string> {
  id: string;
  keys: ReadonlyArray<{ part: ArrivalPart; key: Key }>;
  isApart: boolean;
}

/** Which reports are one that arrived more than once, and which are one matter: those and what was added to them. */
export interface ArrivalGroups {
  /** The first name of the group that each report belongs to; a report that belongs to none has no entry. */
  same: ReadonlyMap<string, string>;
  matter: ReadonlyMap<string, string>;
}

/**
 * Who belongs together. The same reports in any order give the same groups, and whoever names an original that has not come belongs
 * with whoever else names it.
 * @param decided pairs of which a person said that they are the same report: these hold also for one that stands apart
 */
export function arrivalGroups(
  held: readonly HeldArrival[],
  decided: ReadonlyArray<readonly [string, string]>,
): ArrivalGroups {
  const same = new Union();
  const matter = new Union();
  for (const { id } of held) for (const union of [same, matter]) union.enter(id);
  const holders = new Map<string, { named: string[]; naming: string[] }>();
  for (const { id, keys, isApart } of held) {
    if (isApart) continue;
    for (const { part, key } of keys) {
      if (part === "hint") continue;
      const slot = part === "naming" ? `name ${key}` : `${part} ${key}`;
      const found = holders.get(slot) ?? { named: [], naming: [] };
      holders.set(slot, found);
      (part === "naming" ? found.naming : found.named).push(id);
    }
  }
  for (const [slot, { named, naming }] of holders) {
    // A name that nobody names joins nobody: two that state one number are no more than a hint.
    if (slot.startsWith("name ") && naming.length === 0) continue;
    const all = [...named, ...naming];
    for (const id of all) {
      matter.join(all[0] ?? id, id);
      if (!slot.startsWith("name ")) same.join(all[0] ?? id, id);
    }
  }
  for (const [a, b] of decided) for (const union of [same, matter]) union.join(a, b);
  return { same: same.groups(), matter: matter.groups() };
}

/** Union-find whose roots are the names that sort first. */
class Union {
  readonly #parent = new Map<string, string>();

  enter(id: string): void {
    if (!this.#parent.has(id)) this.#parent.set(id, id);
  }

  join(a: string, b: string): void {
    const [first, second] = [this.#root(a), this.#root(b)].sort();
    if (first !== undefined && second !== undefined) this.#parent.set(second, first);
  }

  groups(): Map<string, string> {
    const roots = [...this.#parent.keys()].map((id) => [id, this.#root(id)] as const);
    const sizes = Map.groupBy(roots, ([, root]) => root);
    return new Map(roots.filter(([, root]) => (sizes.get(root)?.length ?? 0) > 1));
  }

  #root(id: string): string {
    let at = id;
    for (let up = this.#parent.get(at); up !== undefined && up !== at; up = this.#parent.get(at)) at = up;
    this.#parent.set(id, at);
    return at;
  }
}
