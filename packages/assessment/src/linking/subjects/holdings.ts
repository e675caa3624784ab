import { nodeName, type LinkNode } from "../edge.ts";
import type { HeldKey, HeldReport, LinkingKey } from "../key.ts";
import type { PersonFact } from "../person-fact.ts";
import { valueName, type ValueName } from "./decision.ts";

/** A person of a report with what they hold. */
export interface HeldNode {
  node: LinkNode;
  name: string;
  /** Its number in the compact index, once it is there. */
  number: number;
  keys: HeldKey[];
  facts: readonly PersonFact[];
}

/** A value with everybody who holds it. */
export interface HeldValue extends ValueName {
  /** Its number, which no other value has or will have. */
  number: number;
  held: HeldKey[];
}

/** Everything that is held, by its names: what the compact index knows by numbers. */
export interface Holdings {
  nodes: ReadonlyMap<string, HeldNode>;
  values: ReadonlyMap<string, HeldValue>;
  /** Different holders of anything. */
  population: () => number;
  reportNumber: (report: string) => number | undefined;
  holderNumber: (holder: string) => number;
  node: (number: number) => HeldNode;
  value: (number: number) => HeldValue;
  nodesOf: (report: string) => readonly HeldNode[];
  /** Takes a report in that is not there. @returns its nodes, to be numbered with `number` */
  put: (report: HeldReport) => HeldNode[];
  number: (node: HeldNode, number: number) => void;
  /** Forgets a report. @returns the nodes that it had */
  take: (report: string) => readonly HeldNode[];
  /** Forgets one value of a node, and the node itself when that was its last. */
  takeKey: (node: HeldNode, value: ValueName) => void;
}

export function openHoldings(): Holdings {
  const nodes = new Map<string, HeldNode>();
  const values = new Map<string, HeldValue>();
  const reports = new Map<string, { number: number; nodes: HeldNode[] }>();
  const holders = new Map<string, { number: number; times: number }>();
  const nodeAt: HeldNode[] = [];
  const valueAt = new Map<number, HeldValue>();
  const given = { report: 0, value: 0, holder: 0 };

  function hold(key: HeldKey): void {
    const name = valueName(key);
    let value = values.get(name);
    if (value === undefined) {
      value = { kind: key.kind, value: key.value, number: given.value, held: [] };
      given.value += 1;
      values.set(name, value);
      valueAt.set(value.number, value);
    }
    value.held.push(key);
    const holder = holders.get(key.holder);
    if (holder !== undefined) holder.times += 1;
    else {
      holders.set(key.holder, { number: given.holder, times: 1 });
      given.holder += 1;
    }
  }

  function letGo(keys: readonly HeldKey[]): void {
    const going = new Set(keys);
    for (const name of new Set(keys.map(valueName))) {
      const value = values.get(name);
      if (value === undefined) continue;
      value.held = value.held.filter((key) => !going.has(key));
      if (value.held.length > 0) continue;
      values.delete(name);
      valueAt.delete(value.number);
    }
    for (const { holder } of keys) {
      const known = holders.get(holder);
      if (known === undefined) continue;
      known.times -= 1;
      if (known.times === 0) holders.delete(holder);
    }
  }

  return {
    nodes,
    values,
    population: () => holders.size,
    reportNumber: (report) => reports.get(report)?.number,
    holderNumber: (holder) => holders.get(holder)?.number ?? -1,
    node: (number) => known(nodeAt[number], `node ${number}`),
    value: (number) => known(valueAt.get(number), `value ${number}`),
    nodesOf: (report) => reports.get(report)?.nodes ?? [],
    put: (report) => {
      const made = nodesOfReport(report);
      reports.set(report.report, { number: given.report, nodes: made });
      given.report += 1;
      for (const node of made) {
        nodes.set(node.name, node);
        for (const key of node.keys) hold(key);
      }
      return made;
    },
    number: (node, number) => {
      node.number = number;
      nodeAt[number] = node;
    },
    take: (report) => {
      const gone = reports.get(report)?.nodes ?? [];
      reports.delete(report);
      for (const node of gone) nodes.delete(node.name);
      letGo(gone.flatMap(({ keys }) => keys));
      return gone;
    },
    takeKey: (node, value) => {
      const name = valueName(value);
      const going = node.keys.filter((key) => valueName(key) === name);
      node.keys = node.keys.filter((key) => valueName(key) !== name);
      letGo(going);
      if (node.keys.length > 0) return;
      nodes.delete(node.name);
      const report = reports.get(node.node.report);
      if (report !== undefined) report.nodes = report.nodes.filter((each) => each !== node);
    },
  };
}

function known<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new RangeError(`linking: there is no ${what} in this index`);
  return found;
}

/** A report's keys by the person who holds them; keys of nobody in particular are the report's own node. */
function nodesOfReport({ report, receivedAt, keys, facts }: HeldReport): HeldNode[] {
  const byName = new Map<string, HeldNode>();
  const enter = ({ person }: Pick<LinkingKey, "person">): HeldNode => {
    const node: LinkNode = person === undefined ? { report } : { report, person };
    const name = nodeName(node);
    const held = byName.get(name) ?? {
      node,
      name,
      number: -1,
      keys: [],
      facts: (facts ?? []).filter((fact) => fact.person === person),
    };
    byName.set(name, held);
    return held;
  };
  for (const key of keys) enter(key).keys.push({ ...key, report, receivedAt });
  return [...byName.values()];
}
