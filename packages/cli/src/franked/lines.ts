import { type BundleVerdict, explain } from "@fairlead/franking/verify";
import type { FrankedCheck } from "./check.ts";
import { findingText, say, words } from "./words.ts";

/** What a check found, for a person at a prompt: the result last, where the eye ends. */
export function checkLines(check: FrankedCheck): string[] {
  const { attestation, trust, findings, isProven } = check;
  return [
    check.attestationFile.name,
    ...(attestation === undefined
      ? []
      : [
          `  ${say(words.attestedBy, { ...attestation.provider, provider: attestation.provider.name, at: attestation.madeAt, ...attestation.verifier })}`,
          `  ${say(words.signedBy, { keys: check.signers.join(", ") })}`,
        ]),
    ...[check.bundle, check.records?.file].flatMap((file) =>
      file === undefined ? [] : [file.name, `  SHA-256 ${file.sha256} ${words.isAttested}`],
    ),
    ...(check.verdict === undefined ? [] : stepLines(check.verdict)),
    ...(attestation === undefined || !isProven ? [] : explanationLines(check)),
    ...list(words.findingsTitle, findings.map(findingText)),
    "",
    `${isProven ? words.proven : words.notProven}${attestation === undefined || !isProven ? "" : `: ${explain(attestation).headline}`}`,
    ...(trust?.from === "folder" ? [`!! ${words.folderCard}`] : []),
  ];
}

function stepLines({ steps, items }: BundleVerdict): string[] {
  return [
    "",
    `${words.stepsTitle}:`,
    ...steps.map(stepLine),
    ...items.flatMap((item) => [
      `  ${say(words.messageLine, { seq: item.roomSeq, sender: item.senderUri, verdict: item.verdict })}`,
      `    ${say(words.hold, { steps: passed(item.steps).join(", ") || words.nothing })}`,
      ...item.steps.filter(({ result }) => result !== "passed").map((step) => `  ${stepLine(step)}`),
    ]),
  ];
}

function passed(steps: BundleVerdict["steps"]): string[] {
  return steps.filter(({ result }) => result === "passed").map(({ step }) => step);
}

function stepLine({ step, result, detail }: BundleVerdict["steps"][number]): string {
  return `  ${step.padEnd(4)}${words.result[result].padEnd(15)}${detail}`;
}

function explanationLines({ attestation }: FrankedCheck): string[] {
  if (attestation === undefined) return [];
  const { proven, notProven, withheld, limits } = explain(attestation);
  return [
    ...list(words.provenTitle, proven),
    ...list(words.notProvenTitle, notProven),
    ...list(words.withheldTitle, withheld),
    ...list(words.limitsTitle, limits),
  ];
}

function list(title: string, sentences: readonly string[]): string[] {
  return sentences.length === 0 ? [] : ["", `${title}:`, ...sentences.map((sentence) => `  - ${sentence}`)];
}
