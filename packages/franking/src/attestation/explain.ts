import type { ItemVerdict } from "../verify/types.ts";
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
    headline: say(`headline.${verdict.verdict}`, { count: selected }),
    proven: provenBy(attestation),
    notProven: notProvenBy(attestation),
    withheld: withheldBy(attestation),
    limits: attestation.limits.map((limit) => limitWords[limit as KnownLimit] ?? limit),
  };
}

function provenBy(attestation: Attestation): string[] {
  const { verdict, reporter } = attestation;
  const said: string[] = [];
  if (verdict.steps.some(({ step, result }) => step === "V2" && result === "passed"))
    said.push(say("proven.reporter", { reporter: reporter.uri }));
  if (verdict.steps.some(({ step, result }) => step === "V7" && result === "passed"))
    said.push(
      say("proven.order", { ...verdict.window, count: countOf(verdict.window), shown: verdict.items.length }),
    );
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
      if (result === "committed-not-seen") said.push(say("not-proven.attachment-unseen", { seq, root }));
      if (result === "failed" || result === "missing") said.push(say("not-proven.attachment", { seq, root }));
    }
  }
  return said;
}

function withheldBy({ verdict: { withheld, window, fullConversation } }: Attestation): string[] {
  if (fullConversation) return [say("withheld.whole", {})];
  const inside =
    withheld.length === 0
      ? say("withheld.none", window)
      : say("withheld.some", { count: withheld.length, seqs: withheld.join(", ") });
  return [inside, say("withheld.outside", { from: window.from, to: window.to, head: window.headSeq })];
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
