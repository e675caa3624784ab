import type { ItemVerdict, Step, StepResult } from "../verify/types.ts";
import type { Attestation, KnownLimit } from "./types.ts";
import { limitWords, words } from "./words.ts";

/** An attestation in plain words, for a page that an officer or a court reads. No sentence holds anything of a message's text. */
export interface Explanation {
  readonly headline: string;
  readonly proven: readonly string[];
  readonly notProven: readonly string[];
  readonly withheld: readonly string[];
  readonly limits: readonly string[];
}

/** Says what an attestation proves, what it does not, what was kept back, and where it ends. */
export function explain(attestation: Attestation): Explanation {
  const { verdict } = attestation;
  const selected = verdict.items.filter((item) => item.selected).length;
  return {
    headline:
      selected === 0 ? say("headline.nothing", {}) : say(`headline.${verdict.verdict}`, { count: selected }),
    proven: provenBy(attestation),
    notProven: notProvenBy(attestation),
    withheld: withheldBy(attestation),
    limits: attestation.limits.map((limit) => limitWords[limit as KnownLimit] ?? limit),
  };
}

function provenBy(attestation: Attestation): string[] {
  const { verdict, reporter, provider } = attestation;
  const said: string[] = [];
  if (hasPassed("V2", verdict.steps)) said.push(say("proven.reporter", { reporter: reporter.uri }));
  // The chain of a report is the reporter's word until the provider's records confirm each message's place in it.
  if (hasPassed("V7", verdict.steps) && verdict.items.every(({ steps }) => hasPassed("V7", steps))) {
    const { from, to } = verdict.window;
    const [count, shown] = [countOf(verdict.window), verdict.items.length];
    said.push(say("proven.order", { from, to, count, shown, provider: provider.name }));
  }
  for (const item of verdict.items)
    if (item.verdict !== "UNVERIFIED") said.push(...provenOf(attestation, item));
  return said;
}

function provenOf({ provider }: Attestation, item: ItemVerdict): string[] {
  const { roomSeq: seq, senderUri: sender } = item;
  const said = [say("proven.sent", { seq, sender, provider: provider.name, at: isoOf(item.acceptedAt) })];
  if (item.verdict === "VERIFIED") said.push(say("proven.device", { seq, device: item.deviceId }));
  if (item.existedBy !== null) said.push(say("proven.existed", { seq, at: isoOf(item.existedBy) }));
  if (item.seen !== null) said.push(say("proven.seen", { seq, sender, seen: item.seen }));
  for (const replaces of item.replaces) said.push(say("proven.edit", { seq, replaces }));
  for (const { result, sha256 } of item.attachments)
    if (result === "opened-and-bound" && sha256 !== undefined)
      said.push(say("proven.attachment", { seq, sha256 }));
  return said;
}

function notProvenBy({ verdict }: Attestation): string[] {
  const said: string[] = [];
  for (const { result, detail, step } of verdict.steps)
    if (result === "failed" && step !== "V14") said.push(say("not-proven.bundle", { why: detail }));
  for (const item of verdict.items) {
    const { roomSeq: seq, senderUri: sender } = item;
    for (const { result, detail, step } of item.steps)
      if (result === "failed" && step !== "V14")
        said.push(say("not-proven.item", { seq, sender, why: detail }));
    for (const { result, root } of item.attachments) {
      if (result === "committed-not-seen") {
        const isSent = item.verdict !== "UNVERIFIED";
        said.push(say(`not-proven.attachment-${isSent ? "unseen" : "unopened"}`, { seq, root }));
      }
      if (result === "failed" || result === "missing") said.push(say("not-proven.attachment", { seq, root }));
    }
  }
  return said;
}

function withheldBy({ verdict }: Attestation): string[] {
  const { items, withheld, window, fullConversation } = verdict;
  if (items.length === 0) return [];
  if (fullConversation) return [say("withheld.whole", window)];
  const isNone = withheld.length === 0;
  const said = isNone ? [] : [say("withheld.some", { count: withheld.length, seqs: withheld.join(", ") })];
  // Something may have been left out without being named.
  if (!hasPassed("V7", verdict.steps))
    said.push(say(isNone ? "withheld.unknown" : "withheld.unknown-else", window));
  else if (isNone) said.push(say("withheld.none", window));
  return [...said, say("withheld.outside", { from: window.from, to: window.to, head: window.headSeq })];
}

function hasPassed(wanted: Step, steps: readonly StepResult[]): boolean {
  return steps.some(({ step, result }) => step === wanted && result === "passed");
}

function countOf({ from, to }: { from: string; to: string }): string {
  return String(BigInt(to) - BigInt(from) + 1n);
}

function isoOf(milliseconds: string): string {
  const at = new Date(Number(milliseconds));
  return Number.isNaN(at.getTime()) ? milliseconds : at.toISOString();
}

function say(key: keyof typeof words, values: Readonly<Record<string, string | number>>): string {
  return words[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
