import type { Claim, ClaimSource, ClaimStatement, Flag, Report } from "@fairlead/report";
import { addressKey } from "./address-key.ts";
import type { AssessmentContext } from "./context.ts";

/** A claim with the authority it speaks with here. */
export interface AnyStated {
  states: ClaimStatement;
  /** Who speaks. Not always who the claim says: see `statementsOf`. */
  source: ClaimSource;
  path: string;
}

/** A claim of one kind. */
export interface Stated<K extends ClaimStatement["kind"]> extends AnyStated {
  states: Extract<ClaimStatement, { kind: K }>;
}

/** All claims about a report, found by what they are about. */
export interface Statements {
  all: readonly AnyStated[];
  about(
    target:
      | { kind: "report" }
      | { kind: "evidence"; id: string }
      | { kind: "person"; key: string }
      | { kind: "ip"; address: string },
  ): readonly AnyStated[];
  /** Whether the claims inside the report may speak for others than its sender. */
  senderSpeaksForOthers: boolean;
}

/**
 * Indexes the claims of a report and those that stand beside it.
 *
 * A flag is a claim by a named source (law 3), so the source must be true. A sender can write any name into its own document:
 * claims inside the report therefore count as the sender's word, whoever they name. Only a peer that is authenticated and whose
 * hand-offs are signed passes on what others said. Claims beside the report come from this station's own records.
 */
export function statementsOf(
  report: Report,
  claims: readonly Claim[],
  context: AssessmentContext,
): Statements {
  const senderSpeaksForOthers =
    report.sender.kind === "peer" && context.senderAuthenticated && context.handOffs === "signed";
  const sender: ClaimSource = { kind: "sender", name: report.sender.name };
  const all: AnyStated[] = [];
  const index = openIndex();
  const add = (about: Claim["about"], stated: AnyStated) => {
    all.push(stated);
    const key = keyOf(about);
    const held = index[about.kind].get(key);
    if (held === undefined) index[about.kind].set(key, [stated]);
    else held.push(stated);
  };
  report.claims.forEach(({ about, states, source }, place) => {
    const speaker = senderSpeaksForOthers || source.kind === "sender" ? source : sender;
    add(about, { states, source: speaker, path: `/report/claims/${place}` });
  });
  claims.forEach(({ about, states, source }, place) => {
    add(about, { states, source, path: `/claims/${place}` });
  });
  const about: Statements["about"] = (target) => index[target.kind].get(keyOf(target)) ?? NOTHING;
  return { all, about, senderSpeaksForOthers };
}

const NOTHING: readonly AnyStated[] = [];

/** By kind of what they are about, and within it by its name: an id needs no other text built around it. */
function openIndex(): Record<Claim["about"]["kind"], Map<string, AnyStated[]>> {
  return { report: new Map(), evidence: new Map(), person: new Map(), ip: new Map() };
}

function keyOf(target: Parameters<Statements["about"]>[0]): string {
  switch (target.kind) {
    case "report":
      return "";
    case "evidence":
      return target.id;
    case "person":
      return target.key;
    case "ip":
      return addressKey(target.address);
  }
}

/** The statements of one kind. */
export function ofKind<K extends ClaimStatement["kind"]>(stated: readonly AnyStated[], kind: K): Stated<K>[] {
  return stated.filter((each): each is Stated<K> => each.states.kind === kind);
}

/** The statements of a flag that say yes. */
export function saidYes(stated: readonly AnyStated[], flag: Flag): Stated<"flag">[] {
  return said(stated, flag, true);
}

function said(stated: readonly AnyStated[], flag: Flag, value: boolean): Stated<"flag">[] {
  return stated.filter(
    (each): each is Stated<"flag"> =>
      each.states.kind === "flag" && each.states.flag === flag && each.states.value === value,
  );
}

/**
 * The statements of a flag that say yes from sources that do not also say no: a source that contradicts itself proves nothing.
 * Another source's no does not count against a yes: one has viewed the file, the other has not.
 */
export function saidConsistently(stated: readonly AnyStated[], flag: Flag): Stated<"flag">[] {
  const no = said(stated, flag, false);
  const yes = saidYes(stated, flag);
  return no.length === 0
    ? yes
    : yes.filter(({ source }) => !no.some((denied) => isSameSource(denied.source, source)));
}

/** Whether two claims come from one source. */
export function isSameSource(a: ClaimSource, b: ClaimSource): boolean {
  switch (a.kind) {
    case "sender":
    case "list":
      return b.kind === a.kind && b.name === a.name;
    case "station":
      return b.kind === "station" && b.id === a.id && b.name === a.name;
    case "person":
      return b.kind === "person" && b.id === a.id && b.role === a.role;
    case "rule":
      return b.kind === "rule" && b.id === a.id && b.version === a.version;
  }
}
