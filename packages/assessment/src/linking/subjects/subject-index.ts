import { nodeName, type LinkNode } from "../edge.ts";
import { JOINING_KINDS, type HeldReport, type KeyRole } from "../key.ts";
import type { LinkRules } from "../link-rules.ts";
import type { Linking } from "../link-reports.ts";
import { compactKeys, putKey, type RoleCode } from "./attachments.ts";
import { openCompactIndex, type CompactDecision } from "./compact-index.ts";
import { compactBridges, compactSubjectOf, compactSubjects, type Frozen } from "./compact-subject.ts";
import { decisionName, valueName, type Decision, type ValueName } from "./decision.ts";
import { openHoldings, type HeldNode, type HeldValue } from "./holdings.ts";
import { linksAmong } from "./links.ts";
import { pathBetween, type Step } from "./path.ts";
import { BLOCKED, JOINS, NEVER } from "./signs.ts";
import { standingOf, type AboutValue, type ValueStanding } from "./standing.ts";
import { recordOf } from "./values.ts";

/** Something without which a subject falls apart: a value, one person's holding of it, or a decision that two are the same. */
export interface Bridge {
  value?: ValueName;
  holder?: LinkNode;
  between?: readonly [LinkNode, LinkNode];
  /** Members of each part that would be left, the largest first. */
  parts: number[];
}

/** The person behind linked reports, as it follows from what is held and decided now. */
export interface Subject {
  /** Sorted by name. */
  members: LinkNode[];
  /** Not to be used before a person has looked at it; `why` says why, and `bridges` where to look first. */
  frozen: boolean;
  why: readonly Frozen[];
  bridges: Bridge[];
}

/** Subjects of one station's desk. See `openCompactIndex` for what it costs; names take a few hundred bytes a key beside that. */
export interface SubjectIndex {
  /** Takes in a report, or what is known of it now instead of what was. */
  add: (report: HeldReport) => void;
  /** Forgets reports: expired, erased or taken back. */
  remove: (reports: readonly string[]) => void;
  /** Takes one value from one person, such as an address that turned out to be another's. */
  removeKey: (node: LinkNode, value: ValueName) => void;
  /** Notes what a person decided; it also holds for reports that come later, or again. */
  decide: (decision: Decision) => void;
  undo: (decision: Decision) => void;
  /** The subject of a person of a report; only itself where nothing joins it. `undefined` if there is no such node. */
  subjectOf: (node: LinkNode) => Subject | undefined;
  /** All subjects of two members or more, sorted by their first. */
  subjects: () => Subject[];
  /**
   * The links of one person of a report, the strongest first, then the rarest, then the newest; made when asked for.
   * @param limit at most so many
   */
  linksOf: (node: LinkNode, limit: number) => Linking;
  standing: (value: ValueName) => ValueStanding | undefined;
  /** Every value that a person should look at. */
  reviews: () => ValueStanding[];
  /** The shortest chain of values and decisions that makes two nodes one subject; `undefined` where none does. */
  explain: (a: LinkNode, b: LinkNode) => Step[] | undefined;
}

const ROLE_CODE: Readonly<Record<KeyRole, RoleCode>> = { suspect: 0, victim: 1 };
const ROLES: readonly KeyRole[] = ["suspect", "victim"];

/** Opens an empty index of subjects that keeps the names of what it holds. */
export function openSubjectIndex(rules: LinkRules): SubjectIndex {
  const holdings = openHoldings();
  const compact = openCompactIndex(rules);
  const decisions = new Map<string, Decision>();
  const factCodes = new Map<string, number>();
  const keys = compactKeys(16);

  function enter(node: HeldNode, report: number): void {
    keys.count = 0;
    for (const { kind, value, holder, strength, role } of node.keys) {
      if (!JOINING_KINDS.has(kind)) continue;
      const number = holdings.values.get(valueName({ kind, value }))?.number ?? -1;
      putKey(keys, { lo: number, hi: 0 }, holdings.holderNumber(holder), strength, ROLE_CODE[role]);
    }
    holdings.number(node, compact.add(report, keys, factCode(node)));
  }

  /** Verified facts as one number; of two of one kind the first by name, whatever the order in which they were given. */
  function factCode({ facts }: HeldNode): number {
    const [value] = facts.flatMap((fact) => (fact.verified ? [fact.value] : [])).sort();
    if (value === undefined) return 0;
    const code = factCodes.get(value) ?? factCodes.size + 1;
    factCodes.set(value, code);
    return code;
  }

  function add(report: HeldReport): void {
    remove([report.report]);
    const nodes = holdings.put(report);
    const number = holdings.reportNumber(report.report) ?? -1;
    for (const node of nodes) enter(node, number);
    const names = new Set(nodes.map(({ name }) => name));
    const values = new Set(nodes.flatMap((node) => node.keys.map(valueName)));
    for (const decision of decisions.values()) {
      const concerns =
        decision.kind === "never-link"
          ? values.has(valueName(decision.value))
          : names.has(nodeName(decision.a)) || names.has(nodeName(decision.b));
      if (concerns) carryOut(decision, compact.decide);
    }
  }

  function remove(reports: readonly string[]): void {
    const numbers = reports.flatMap((report) => holdings.nodesOf(report).map(({ number }) => number));
    if (numbers.length > 0) compact.remove(numbers);
    for (const report of reports) holdings.take(report);
  }

  /** Hands a decision to the compact index if what it is about is there. */
  function carryOut(decision: Decision, to: (decision: CompactDecision) => void): void {
    if (decision.kind === "never-link") {
      const value = holdings.values.get(valueName(decision.value));
      if (value !== undefined) to({ kind: "never-link", value: { lo: value.number, hi: 0 } });
      return;
    }
    const a = holdings.nodes.get(nodeName(decision.a));
    const b = holdings.nodes.get(nodeName(decision.b));
    if (a !== undefined && b !== undefined && a !== b) to({ kind: decision.kind, a: a.number, b: b.number });
  }

  function about(value: HeldValue): AboutValue {
    const { values, store } = compact.state;
    const record = JOINING_KINDS.has(value.kind) ? recordOf(values, store, { lo: value.number, hi: 0 }) : -1;
    const flags = record < 0 ? 0 : values.flags[record]!;
    const having = (bits: readonly [number, number]): KeyRole[] =>
      ROLES.filter((role) => (flags & bits[ROLE_CODE[role]]) !== 0);
    return {
      neverListed: (flags & NEVER) !== 0 || decisions.has(decisionName({ kind: "never-link", value })),
      joined: having(JOINS),
      blocked: having(BLOCKED),
      datesDiffer: statedDatesDiffer(value),
      holders: record < 0 ? countHolders(value, rules.dfCap) : values.holders[record]!,
      population: holdings.population(),
    };
  }

  function statedDatesDiffer({ held }: HeldValue): boolean {
    const dates = new Set<string>();
    for (const { report, person, strength } of held) {
      if (strength !== "strong" || person === undefined) continue;
      for (const fact of holdings.nodes.get(nodeName({ report, person }))?.facts ?? []) dates.add(fact.value);
    }
    return dates.size > 1;
  }

  const standing = (name: ValueName): ValueStanding | undefined => {
    const value = holdings.values.get(valueName(name));
    return value === undefined ? undefined : standingOf(value.held, about(value), rules);
  };

  function subjectAt(number: number): Subject {
    const { members, frozen } = compactSubjectOf(compact.state, number);
    const named = members.map((each) => holdings.node(each)).sort((a, b) => (a.name < b.name ? -1 : 1));
    return {
      members: named.map(({ node }) => node),
      frozen: frozen.length > 0,
      why: frozen,
      bridges: frozen.length === 0 ? [] : bridgesAt(number),
    };
  }

  function bridgesAt(number: number): Bridge[] {
    return compactBridges(compact.state, number).map(({ value, node, between, parts }): Bridge => {
      const held = value === undefined ? undefined : holdings.value(value.lo);
      return {
        ...(held === undefined ? {} : { value: { kind: held.kind, value: held.value } }),
        ...(node === undefined ? {} : { holder: holdings.node(node).node }),
        ...(between === undefined
          ? {}
          : { between: [holdings.node(between[0]).node, holdings.node(between[1]).node] as const }),
        parts,
      };
    });
  }

  const isApart = (a: LinkNode, b: LinkNode): boolean =>
    decisions.has(decisionName({ kind: "different", a, b }));

  return {
    add,
    remove,
    removeKey: (node, value) => {
      const held = holdings.nodes.get(nodeName(node));
      const known = holdings.values.get(valueName(value));
      if (held === undefined || known === undefined) return;
      compact.removeKey(held.number, { lo: known.number, hi: 0 });
      holdings.takeKey(held, value);
      // Who holds nothing is nobody, as if the report had come without it.
      if (held.keys.length === 0) compact.remove([held.number]);
    },
    decide: (decision) => {
      decisions.set(decisionName(decision), decision);
      carryOut(decision, compact.decide);
    },
    undo: (decision) => {
      if (decisions.delete(decisionName(decision))) carryOut(decision, compact.undo);
    },
    subjectOf: (node) => {
      const held = holdings.nodes.get(nodeName(node));
      return held === undefined ? undefined : subjectAt(held.number);
    },
    subjects: () =>
      Array.from(compactSubjects(compact.state), subjectAt).sort((a, b) =>
        nodeName(a.members[0]!) < nodeName(b.members[0]!) ? -1 : 1,
      ),
    linksOf: (node, limit) => {
      const held = holdings.nodes.get(nodeName(node));
      if (held === undefined) return { edges: [], refused: [] };
      return linksAmong(
        held.keys.flatMap((key) => {
          const value = holdings.values.get(valueName(key));
          if (value === undefined) return [];
          const facts = about(value);
          return [{ key, others: value.held, about: facts, standing: standingOf(value.held, facts, rules) }];
        }),
        isApart,
        limit,
        rules,
      );
    },
    standing,
    reviews: () =>
      [...holdings.values.values()]
        .map((value) => standingOf(value.held, about(value), rules))
        .filter(({ review }) => review !== undefined)
        .sort((a, b) => (valueName(a) < valueName(b) ? -1 : 1)),
    explain: (a, b) => {
      const from = holdings.nodes.get(nodeName(a));
      const to = holdings.nodes.get(nodeName(b));
      if (from === undefined || to === undefined) return undefined;
      return pathBetween(compact.state, holdings, from.number, to.number);
    },
  };
}

/** Different holders, up to one more than the cap. */
function countHolders({ held }: HeldValue, cap: number): number {
  const holders = new Set<string>();
  for (const { holder } of held) {
    holders.add(holder);
    if (holders.size > cap) break;
  }
  return holders.size;
}
