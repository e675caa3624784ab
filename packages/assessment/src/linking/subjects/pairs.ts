/** Pairs of nodes that a person decided about: few, and looked up by either. */
export interface Pairs {
  put: (a: number, b: number) => void;
  take: (a: number, b: number) => void;
  has: (a: number, b: number) => boolean;
  /** The others of a node's pairs. */
  of: (node: number) => ReadonlySet<number> | undefined;
  /** Whether two of these are a pair. */
  anyAmong: (nodes: readonly number[]) => boolean;
  /** Forgets all pairs of a node. */
  drop: (node: number) => void;
}

export function openPairs(): Pairs {
  const others = new Map<number, Set<number>>();
  const note = (from: number, to: number): void => {
    const known = others.get(from);
    if (known === undefined) others.set(from, new Set([to]));
    else known.add(to);
  };
  const forget = (from: number, to: number): void => {
    const known = others.get(from);
    known?.delete(to);
    if (known?.size === 0) others.delete(from);
  };
  return {
    put: (a, b) => {
      note(a, b);
      note(b, a);
    },
    take: (a, b) => {
      forget(a, b);
      forget(b, a);
    },
    has: (a, b) => others.get(a)?.has(b) === true,
    of: (node) => others.get(node),
    anyAmong: (nodes) => {
      const all = new Set(nodes);
      return nodes.some((node) => [...(others.get(node) ?? [])].some((other) => all.has(other)));
    },
    drop: (node) => {
      for (const other of others.get(node) ?? []) forget(other, node);
      others.delete(node);
    },
  };
}
