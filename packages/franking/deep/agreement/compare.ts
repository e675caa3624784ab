import type { BundleVerdict, ItemVerdict, StepResult } from "../../src/verify/types.ts";
import type { Finding, ItemOpinion, Opinion } from "../second-verifier/input.ts";

/**
 * Where two verifiers differ about one report: each step's result, and that the reason which the first names is one that the second found
 * too; every verdict; and what else is said of the messages. Empty where they agree.
 */
export function differences(first: BundleVerdict | null, second: Opinion | null): string[] {
  if (first === null || second === null)
    return first === second ? [] : [`readable: ${first !== null} | ${second !== null}`];
  const { window } = first;
  const found = [
    ...differ("verdict", first.verdict, second.verdict),
    ...differ("whole", first.fullConversation, second.fullConversation),
    ...differ("withheld", first.withheld, second.withheld),
    ...differ("items", first.items.length, second.items.length),
    ...differ("window", [window.from, window.to, window.firstSeq, window.headSeq], second.window),
    ...stepDifferences("report", first.steps, second.steps),
  ];
  for (const [at, item] of first.items.entries()) {
    const other = second.items[at];
    if (other !== undefined) found.push(...itemDifferences(item, other));
  }
  return found;
}

function itemDifferences(first: ItemVerdict, second: ItemOpinion): string[] {
  const place = `message ${first.roomSeq}`;
  const { steps, index: _, attachments, ...said } = first;
  const { steps: findings, attachments: files, ...held } = second;
  const keys = Object.keys(said) as Array<keyof typeof said>;
  return [
    ...keys.flatMap((key) => differ(`${place} ${key}`, said[key], held[key])),
    ...differ(
      `${place} attachments`,
      attachments.map(({ root, mode, result, sha256 = null, size = null }) => [
        root,
        mode,
        result,
        sha256,
        size,
      ]),
      files.map(({ root, mode, result, sha256, size }) => [root, mode, result, sha256, size]),
    ),
    ...stepDifferences(place, steps, findings),
  ];
}

function stepDifferences(place: string, first: readonly StepResult[], second: readonly Finding[]): string[] {
  const found = differ(
    `${place} steps`,
    first.map(({ step }) => step),
    second.map(({ step }) => step),
  );
  for (const { step, result, code } of first) {
    const other = second.find((one) => one.step === step);
    const isSame = other?.result === result && (code === undefined || other.reasons.includes(code));
    if (other !== undefined && !isSame)
      found.push(`${place} ${step}: ${result} ${code ?? ""} | ${other.result} ${other.reasons.join(" ")}`);
  }
  return found;
}

function differ(what: string, first: unknown, second: unknown): string[] {
  const [one, other] = [JSON.stringify(first), JSON.stringify(second)];
  return one === other ? [] : [`${what}: ${one} | ${other}`];
}
