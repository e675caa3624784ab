import { edgeName, nodeName, type Edge, type LinkNode } from "./edge.ts";

/** The nodes that strong edges join: what a subject is derived from. Never stored as truth; the edges are. */
export interface Component {
  /** Sorted by name; at least two. */
  members: LinkNode[];
  /** Too large to be one person without a second look: a person decides before it is used. */
  frozen: boolean;
}

/**
 * Derives the components of the strong edges by union-find. The same edges in any order give the same components.
 * @param maxComponent members beyond which a component is frozen
 */
export function components(edges: readonly Edge[], maxComponent: number): Component[] {
  const nodes = new Map<string, LinkNode>();
  const parent = new Map<string, string>();
  const size = new Map<string, number>();
  const enter = (node: LinkNode): string => {
    const name = nodeName(node);
    if (!nodes.has(name)) {
      nodes.set(name, node);
      parent.set(name, name);
      size.set(name, 1);
    }
    return name;
  };
  const root = (name: string): string => {
    let top = name;
    for (let up = parent.get(top); up !== undefined && up !== top; up = parent.get(top)) top = up;
    let below = name;
    while (below !== top) {
      const next = parent.get(below) ?? top;
      parent.set(below, top);
      below = next;
    }
    return top;
  };
  for (const edge of edges) {
    if (!edge.joins) continue;
    const a = root(enter(edge.from));
    const b = root(enter(edge.to));
    if (a === b) continue;
    const [small, large] = (size.get(a) ?? 1) <= (size.get(b) ?? 1) ? [a, b] : [b, a];
    parent.set(small, large);
    size.set(large, (size.get(small) ?? 1) + (size.get(large) ?? 1));
  }
  const groups = new Map<string, string[]>();
  for (const name of nodes.keys()) {
    const top = root(name);
    const members = groups.get(top);
    if (members === undefined) groups.set(top, [name]);
    else members.push(name);
  }
  return [...groups.values()]
    .filter((names) => names.length > 1)
    .map((names) => names.sort())
    .sort((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1))
    .map((names) => ({
      members: names.flatMap((name) => nodes.get(name) ?? []),
      frozen: names.length > maxComponent,
    }));
}

/**
 * What is left of one component when edges go: deleted, expired, rejected by a person, or demoted because their value became
 * common. Looks at this component's edges and no others.
 * @param edges all edges; those outside the component are left out of account
 * @param removed names (`edgeName`) of the edges that are gone
 */
export function componentsAfterRemoval(
  component: Component,
  edges: readonly Edge[],
  removed: ReadonlySet<string>,
  maxComponent: number,
): Component[] {
  const members = new Set(component.members.map(nodeName));
  const left = edges.filter(
    (edge) =>
      members.has(nodeName(edge.from)) && members.has(nodeName(edge.to)) && !removed.has(edgeName(edge)),
  );
  return components(left, maxComponent);
}
