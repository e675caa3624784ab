import { isGone, isLast, isStrong, roleOf } from "./attachments.ts";
import type { CompactState } from "./compact-state.ts";
import { JOINS } from "./signs.ts";
import type { Hash64 } from "./value-hash.ts";
import { recordAt } from "./values.ts";

/** Something without which a component falls apart. */
export interface CompactBridge {
  /** The value; absent for a person's decision that two nodes are the same, which are then in `between`. */
  value?: Hash64;
  /** The node whose holding of the value is the bridge; absent where the whole value is. */
  node?: number;
  between?: readonly [number, number];
  /** Members of each part that is left, the largest first. */
  parts: number[];
}

/** A component as a graph: its members, then the values (or decisions) that join them. */
interface Graph {
  members: readonly number[];
  joints: Array<{ value?: Hash64; between?: readonly [number, number] }>;
  /** Neighbours of each vertex; joints come after the members. */
  edges: number[][];
}

/**
 * What holds a component together at one place only: the values whose removal would split it (articulation points), and the holdings
 * of a value that do so (bridges) where on both sides of it there are two members or more; Tarjan 1972 and 1974, in linear time and
 * without recursion. Those that split it most evenly come first.
 */
export function bridgesOf(state: CompactState, members: readonly number[], limit: number): CompactBridge[] {
  const graph = graphOf(state, members);
  const { order, up, weight, low, entered } = walk(graph);
  const found: CompactBridge[] = [];
  const partsBelow: number[][] = graph.joints.map(() => []);
  for (const vertex of order) {
    const parent = up[vertex]!;
    if (parent < 0) continue;
    const below = weight[vertex]!;
    if (parent >= members.length && low[vertex]! >= entered[parent]!)
      partsBelow[parent - members.length]!.push(below);
    const [member, joint] = vertex < members.length ? [vertex, parent] : [parent, vertex];
    if (low[vertex]! > entered[parent]! && below > 1 && members.length - below > 1)
      found.push({
        ...graph.joints[joint - members.length],
        node: members[member]!,
        parts: [members.length - below, below].sort(larger),
      });
  }
  partsBelow.forEach((parts, joint) => {
    const rest = members.length - parts.reduce((sum, each) => sum + each, 0);
    const all = rest > 0 ? [...parts, rest] : parts;
    if (all.length > 1) found.push({ ...graph.joints[joint], parts: all.sort(larger) });
  });
  return found
    .filter(({ node, between }) => node === undefined || between === undefined)
    .sort((a, b) => (b.parts[1] ?? 0) - (a.parts[1] ?? 0) || b.parts.length - a.parts.length)
    .slice(0, limit);
}

function larger(a: number, b: number): number {
  return b - a;
}

function graphOf({ store, values, runs, together, apart }: CompactState, members: readonly number[]): Graph {
  const place = new Map(members.map((node, index) => [node, index]));
  const joints: Graph["joints"] = [];
  const edges: number[][] = members.map(() => []);
  const byRecord = new Map<number, number>();
  const connect = (member: number, joint: number): void => {
    edges[member]!.push(joint);
    edges[joint]!.push(member);
  };
  const newJoint = (joint: Graph["joints"][number]): number => {
    edges.push([]);
    return members.length + joints.push(joint) - 1;
  };
  members.forEach((node, index) => {
    for (let at = runs[node]!; at >= 0; at = isLast(store, at) ? -1 : at + 1) {
      if (isGone(store, at) || !isStrong(store, at)) continue;
      const record = recordAt(values, store, at);
      const role = roleOf(store, at);
      if (record < 0 || (values.flags[record]! & JOINS[role]) === 0) continue;
      const slot = record * 2 + role;
      let joint = byRecord.get(slot);
      if (joint === undefined) {
        joint = newJoint({ value: { lo: store.lo[at]!, hi: store.hi[at]! } });
        byRecord.set(slot, joint);
      }
      if (edges[index]!.at(-1) !== joint) connect(index, joint);
    }
    for (const other of together.of(node) ?? []) {
      const there = place.get(other);
      if (there === undefined || there < index || apart.has(node, other)) continue;
      const joint = newJoint({ between: [node, other] });
      connect(index, joint);
      connect(there, joint);
    }
  });
  return { members, joints, edges };
}

interface Walk {
  /** Vertices in the order in which the walk left them: children before parents. */
  order: number[];
  /** Parent of each vertex in the tree, -1 for the root. */
  up: Int32Array;
  /** When each was entered, and the earliest that its subtree reaches otherwise than through its parent. */
  entered: Int32Array;
  low: Int32Array;
  /** Members in its subtree. */
  weight: Int32Array;
}

function walk({ members, edges }: Graph): Walk {
  const up = new Int32Array(edges.length).fill(-1);
  const entered = new Int32Array(edges.length);
  const low = new Int32Array(edges.length);
  const weight = new Int32Array(edges.length);
  const nextEdge = new Int32Array(edges.length);
  const order: number[] = [];
  let clock = 0;
  const stack: number[] = [];
  const enter = (vertex: number, parent: number): void => {
    clock += 1;
    entered[vertex] = clock;
    low[vertex] = clock;
    weight[vertex] = vertex < members.length ? 1 : 0;
    up[vertex] = parent;
    stack.push(vertex);
  };
  if (members.length > 0) enter(0, -1);
  while (stack.length > 0) {
    const vertex = stack.at(-1)!;
    const neighbour = edges[vertex]![nextEdge[vertex]!];
    if (neighbour === undefined) {
      stack.pop();
      order.push(vertex);
      const parent = up[vertex]!;
      if (parent >= 0) {
        low[parent] = Math.min(low[parent]!, low[vertex]!);
        weight[parent] = weight[parent]! + weight[vertex]!;
      }
      continue;
    }
    nextEdge[vertex] = nextEdge[vertex]! + 1;
    if (neighbour === up[vertex]) continue;
    if (entered[neighbour] === 0) enter(neighbour, vertex);
    else low[vertex] = Math.min(low[vertex]!, entered[neighbour]!);
  }
  return { order, up, entered, low, weight };
}
