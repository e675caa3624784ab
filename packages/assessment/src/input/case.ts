import type { Claim, ClaimSource, Report } from "@fairlead/report";
import { doubtsOf, type Doubts } from "../doubts/doubts-of.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import type { AssessmentContext } from "./context.ts";
import { groupsOf, type Group } from "../sufficiency/group.ts";
import type { NetworkKnowledge } from "../sufficiency/network.ts";
import { statementsOf, type Statements } from "./statements.ts";

/** Everything that a judgement looks at. */
export interface Case {
  report: Report;
  statements: Statements;
  /** The persons that the report itself points to, without what was answered since. */
  groups: readonly Group[];
  context: AssessmentContext;
  rules: RuleSet;
  /** Milliseconds since 1970. */
  now: number;
  /** The sender as a source: fields of the report are its word. */
  sender: ClaimSource;
  /** This station as a source: what it recorded itself. */
  station: ClaimSource;
  /** Filled as addresses are asked about: many events share an address, and many claims may be about it. */
  networks: Map<string, NetworkKnowledge>;
  /** The rule set as a source: what follows from a rule. */
  rule: ClaimSource;
  /** Times and addresses that may not be what they say. */
  doubts: Doubts;
}

/** Gathers a case. */
export function caseOf(
  report: Report,
  claims: readonly Claim[],
  context: AssessmentContext,
  rules: RuleSet,
  now: number,
): Case {
  const undoubted: Omit<Case, "doubts"> = {
    report,
    statements: statementsOf(report, claims, context),
    groups: groupsOf(report),
    context,
    rules,
    now,
    sender: { kind: "sender", name: report.sender.name },
    station: { kind: "station", id: context.station.id, name: context.station.name },
    networks: new Map(),
    rule: { kind: "rule", id: "sufficiency", version: rules.version },
  };
  return { ...undoubted, doubts: doubtsOf(undoubted) };
}

/** The same case at a later time. Doubts look at what was known when the report came, so they stay once it has come. */
export function caseLater(the: Case, now: number): Case {
  const { firstReportedAt, receivedAt } = the.context;
  const hasCome = Date.parse(firstReportedAt ?? receivedAt) <= the.now;
  const later = { ...the, now };
  return hasCome ? later : { ...later, doubts: doubtsOf(later) };
}
