import { grown } from "./growing.ts";

/** Disjoint sets of nodes, numbered from 0. */
export interface Forest {
  /** Makes a node a set of its own. */
  plant: (node: number) => void;
  root: (node: number) => number;
  /** Members of the node's set. */
  size: (node: number) => number;
  join: (a: number, b: number) => void;
  /** Everybody in the node's set, itself first. */
  members: (node: number) => number[];
  bytes: () => number;
}

/**
 * Union by size with path compression (Tarjan, 1975). Beside it each set is a ring, so that a set is listed in the time that its
 * members take, and can be taken apart without looking at any other.
 * @param nodes how many are expected; more only cost a copy
 */
export function openForest(nodes: number): Forest {
  /** A root holds the size of its set, negative; any other node one nearer to the root. */
  let parent = new Int32Array(nodes);
  let ring = new Int32Array(nodes);

  function plant(node: number): void {
    parent = grown(parent, node + 1);
    ring = grown(ring, node + 1);
    parent[node] = -1;
    ring[node] = node;
  }

  function root(node: number): number {
    let top = node;
    for (let up = parent[top]!; up >= 0; up = parent[top]!) top = up;
    while (node !== top) {
      const next = parent[node]!;
      parent[node] = top;
      node = next;
    }
    return top;
  }

  function join(a: number, b: number): void {
    const one = root(a);
    const other = root(b);
    if (one === other) return;
    const [large, small] = parent[one]! <= parent[other]! ? [one, other] : [other, one];
    parent[large] = parent[large]! + parent[small]!;
    parent[small] = large;
    // Two rings that exchange their next ones are one ring.
    const next = ring[a]!;
    ring[a] = ring[b]!;
    ring[b] = next;
  }

  function members(node: number): number[] {
    const all = [node];
    for (let each = ring[node]!; each !== node; each = ring[each]!) all.push(each);
    return all;
  }

  return {
    plant,
    root,
    size: (node) => -parent[root(node)]!,
    join,
    members,
    bytes: () => parent.byteLength + ring.byteLength,
  };
}
