import {
  parseIp,
  type Claim,
  type ClaimSource,
  type ClaimStatement,
  type Flag,
  type Report,
} from "@fairlead/report";
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
  const all: AnyStated[] = [
    ...report.claims.map((claim, index) => ({
      states: claim.states,
      source: senderSpeaksForOthers || claim.source.kind === "sender" ? claim.source : sender,
      path: `/report/claims/${index}`,
    })),
    ...claims.map((claim, index) => ({
      states: claim.states,
      source: claim.source,
      path: `/claims/${index}`,
    })),
  ];
  const targets = [...report.claims, ...claims].map((claim) => targetKey(claim.about));
  const index = new Map<string, AnyStated[]>();
  all.forEach((stated, position) => {
    const key = targets[position] ?? "report";
    const held = index.get(key);
    if (held === undefined) index.set(key, [stated]);
    else held.push(stated);
  });
  return { all, about: (target) => index.get(targetKey(target)) ?? [], senderSpeaksForOthers };
}

function targetKey(target: Parameters<Statements["about"]>[0]): string {
  if (target.kind === "report") return "report";
  if (target.kind === "evidence") return `evidence:${target.id}`;
  if (target.kind === "person") return `person:${target.key}`;
  return `ip:${parseIp(target.address)?.address ?? target.address}`;
}

/** The statements of one kind. */
export function ofKind<K extends ClaimStatement["kind"]>(stated: readonly AnyStated[], kind: K): Stated<K>[] {
  return stated.filter((each): each is Stated<K> => each.states.kind === kind);
}

/** The statements of a flag that say yes. */
export function saidYes(stated: readonly AnyStated[], flag: Flag): Stated<"flag">[] {
  return ofKind(stated, "flag").filter(({ states }) => states.flag === flag && states.value);
}

/**
 * The statements of a flag that say yes from sources that do not also say no: a source that contradicts itself proves nothing.
 * Another source's no does not count against a yes: one has viewed the file, the other has not.
 */
export function saidConsistently(stated: readonly AnyStated[], flag: Flag): Stated<"flag">[] {
  const no = new Set(
    ofKind(stated, "flag")
      .filter(({ states }) => states.flag === flag && !states.value)
      .map(({ source }) => JSON.stringify(source)),
  );
  return saidYes(stated, flag).filter(({ source }) => !no.has(JSON.stringify(source)));
}
