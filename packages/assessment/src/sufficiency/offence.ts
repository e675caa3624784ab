import type { ClaimStatement, Evidence, Person } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { Reason } from "../input/reason.ts";
import { ofKind, saidConsistently, saidYes, type AnyStated, type Stated } from "../input/statements.ts";
import { bestRank, OFFENCE, type Graded, type Offence } from "./attribute.ts";
import { because, type SufficiencyCode } from "./messages.ts";

interface Proof {
  rank: number;
  reason: Reason;
}

/** What one piece of evidence and the claims about it show (agency.md 4.1). */
export function offenceOfEvidence(item: Evidence, path: string, the: Case): Graded<Offence> {
  const about = the.statements.about({ kind: "evidence", id: item.id });
  const sent = item.received !== undefined;
  const proofs: Proof[] = [
    sent
      ? { rank: 2, reason: because("offence.content-unviewed", `${path}/received`, the.station) }
      : { rank: 1, reason: because("offence.hash-only", path, the.sender) },
  ];
  const holds: Reason[] = [];
  softClaims(about, proofs);
  const parts = { about, sent, proofs, holds, the };
  // Somebody can write any conversation down; only a proof of origin makes a message bundle more than its sender's word.
  if (item.kind === "message-bundle") franking(parts);
  else {
    views(parts);
    matches(parts);
    grades(parts);
  }
  return graded(proofs, holds);
}

/** What the report itself shows, beside its evidence: never more than its words. */
export function offenceOfReport(the: Case): Graded<Offence> {
  const { report, statements, sender } = the;
  const proofs: Proof[] = [];
  report.statements.forEach(({ topic }, index) => {
    const path = `/report/statements/${index}`;
    if (topic === "chat") proofs.push({ rank: 2, reason: because("offence.chat-text", path, sender) });
    if (topic === "note") proofs.push({ rank: 1, reason: because("offence.described", path, sender) });
  });
  softClaims(statements.all, proofs);
  report.persons.forEach((person, index) => {
    if (person.role !== "reporter" && isDescribed(person))
      proofs.push({ rank: 1, reason: because("offence.metadata-only", `/report/persons/${index}`, sender) });
  });
  const { channel } = report.incident;
  if (channel?.kind === "peer-to-peer" && channel.events.length > 0)
    proofs.push({
      rank: 1,
      reason: because("offence.metadata-only", "/report/incident/channel/events", sender),
    });
  if (proofs.length === 0) {
    const nothing = because("offence.nothing-stated", "/report/incident/type", sender);
    return { value: "O0", reasons: [nothing], holds: [nothing] };
  }
  return graded(proofs, []);
}

function isDescribed(person: Person): boolean {
  return (
    person.identifiers.length + person.events.length + person.places.length > 0 ||
    person.lastName !== undefined ||
    person.school !== undefined
  );
}

/** Claims that state an offence without showing it. A match with a list and no file lies between: see `matches`. */
function softClaims(about: readonly AnyStated[], proofs: Proof[]): void {
  for (const kind of SOFT_KINDS)
    for (const { states, path, source } of about) {
      const found = states.kind === kind ? softClaim(states) : undefined;
      if (found !== undefined)
        proofs.push({ rank: 1, reason: because(found.code, path, source, found.values) });
    }
}

/** In the order in which an officer reads them. */
const SOFT_KINDS = ["classifier", "escalation", "industry-grade", "flag", "hash-match"] as const;

function softClaim(
  states: ClaimStatement,
): { code: SufficiencyCode; values?: Record<string, string> } | undefined {
  switch (states.kind) {
    case "classifier":
      return { code: "offence.classifier" };
    case "escalation":
      return { code: "offence.flagged", values: { what: "escalation" } };
    case "industry-grade":
      return { code: "offence.flagged", values: { what: states.grade } };
    case "flag":
      return states.value && !NEUTRAL_FLAGS.has(states.flag)
        ? { code: "offence.flagged", values: { what: states.flag } }
        : undefined;
    case "hash-match":
      if (states.match === "perceptual")
        return { code: "offence.perceptual-match", values: { list: states.list } };
      return isVettedMatch(states)
        ? { code: "offence.flagged", values: { what: states.list } }
        : { code: "offence.unvetted-match", values: { list: states.list } };
    default:
      return undefined;
  }
}

/** Flags that say something about the report or the account and nothing about an offence. */
const NEUTRAL_FLAGS: ReadonlySet<string> = new Set([
  "spam",
  "outrage",
  "batched",
  "reported-to-police",
  "legal-process-domestic",
  "legal-process-international",
  "publicly-available",
  "exif-viewed",
  "viewed-in-full",
  "compromised-account",
  "third-party-user",
  "all-emails-reported",
  "account-disabled-temporarily",
  "account-disabled-permanently",
]);

interface Parts {
  about: readonly AnyStated[];
  sent: boolean;
  proofs: Proof[];
  holds: Reason[];
  the: Case;
}

function views({ about, sent, proofs, holds, the }: Parts): void {
  const firstHand = (stated: AnyStated) =>
    stated.source.kind === "person" ||
    (stated.source.kind === "sender" && the.report.sender.kind !== "public");
  const yes = saidYes(about, "viewed-in-full");
  if (yes.length === 0) return;
  const consistent = saidConsistently(about, "viewed-in-full");
  for (const stated of yes) {
    const { path, source } = stated;
    if (!firstHand(stated)) holds.push(because("offence.view-not-first-hand", path, source));
    else if (!consistent.includes(stated)) holds.push(because("offence.view-contradicted", path, source));
    else if (!sent) holds.push(because("offence.viewed-not-sent", path, source));
    else proofs.push({ rank: 3, reason: because("offence.viewed", path, source) });
  }
}

/** Exact, on a vetted list, with a grade: the only match that is more than an inference. */
function isVettedMatch(states: Stated<"hash-match">["states"]): boolean {
  return states.match === "exact" && states.vetted && states.grade !== undefined;
}

function matches({ about, sent, proofs, holds }: Parts): void {
  for (const { path, source, states } of ofKind(about, "hash-match")) {
    if (!isVettedMatch(states)) continue;
    const values = { list: states.list };
    // The sender's word that it compared is a claim; a list, a station or a person has compared the bytes that were received.
    const confirmed = source.kind !== "sender" && source.kind !== "rule";
    if (!sent) proofs.push({ rank: 2, reason: because("offence.known-item-not-sent", path, source, values) });
    else if (confirmed) proofs.push({ rank: 3, reason: because("offence.known-item", path, source, values) });
    else holds.push(because("offence.match-not-confirmed", path, source));
  }
}

/** Trained staff of an agency, a force or a clearinghouse (agency.md 4.1, O4). */
function isTrained({ source }: AnyStated, { rules, context }: Case): boolean {
  return (
    source.kind === "person" &&
    rules.gradingRoles.includes(source.role) &&
    rules.gradingProfiles.includes(context.station.profile)
  );
}

function grades({ about, sent, proofs, holds, the }: Parts): void {
  for (const stated of ofKind(about, "uk-category")) {
    const { path, source, states } = stated;
    if (!isTrained(stated, the)) {
      proofs.push({ rank: 1, reason: because("offence.flagged", path, source, { what: states.category }) });
      holds.push(because("offence.grade-not-by-trained-staff", path, source));
    } else if (states.description !== undefined)
      proofs.push({ rank: 4, reason: because("offence.graded", path, source) });
    else
      proofs.push({
        rank: sent ? 3 : 1,
        reason: because("offence.graded-without-description", path, source),
      });
  }
}

function franking({ about, sent, proofs, holds, the }: Parts): void {
  const stated = ofKind(about, "franking").filter(
    ({ source }) => source.kind !== "sender" && source.kind !== "list",
  );
  const proven = stated.filter(({ states }) => states.verified);
  const failed = stated.filter(({ states }) => !states.verified);
  for (const { path, source } of failed) holds.push(because("offence.franking-failed", path, source));
  if (failed.length > 0) return;
  if (proven.length === 0 || !sent) holds.push(because("offence.origin-not-proven", "", the.rule));
  else
    for (const { path, source, states } of proven)
      proofs.push(
        states.fullConversation
          ? { rank: 4, reason: because("offence.franked-conversation", path, source) }
          : { rank: 3, reason: because("offence.franked", path, source) },
      );
}

/** The best of the proofs; weaker ones are holds of their own: they say what there is instead. */
function graded(proofs: readonly Proof[], holds: readonly Reason[]): Graded<Offence> {
  const best = bestRank(proofs);
  const reasons = proofs.filter((proof) => proof.rank === best).map((proof) => proof.reason);
  const value = OFFENCE[best] ?? "O0";
  return { value, reasons, holds: best >= 4 ? [] : [...holds, ...(best < 3 ? reasons : [])] };
}
