import { explain } from "@fairlead/franking/verify";
import type { FrankedCheck } from "./check.ts";
import type { Block, PlainDocument } from "./document.ts";
import { startHereWords as words } from "./start-here-words.ts";
import { findingText, say } from "./words.ts";

/** What was opened, for its first page. */
export interface OpenedPackage {
  packageId: string;
  createdAt: string;
  from: string;
  to: string;
  purpose: string;
  /** Reports with the numbers under which stations know them. */
  reports: ReadonlyArray<{
    file: string;
    sender: string;
    platform: string | undefined;
    numbers: readonly string[];
  }>;
  files: ReadonlyArray<{ file: string; name: string; mediaType: string; size: number; sha256: string }>;
}

export const START_HERE_FILE = "START-HERE.html";

/**
 * The page that a force reads first: what is proven, what is not, what was kept back, what lies in the folder, and how to check all
 * of it again without anybody's help. No text of any message stands in it.
 */
export function startHere(opened: OpenedPackage, checks: readonly FrankedCheck[]): PlainDocument {
  return {
    title: words.title,
    blocks: [
      { kind: "paragraph", text: say(words.about, namesOf(opened)) },
      { kind: "paragraph", text: say(words.purpose, { purpose: opened.purpose }) },
      { kind: "notice", text: words.care },
      ...(checks.length === 0
        ? [heading(words.proofTitle), { kind: "paragraph" as const, text: words.noProof }]
        : checks.flatMap(proofBlocks)),
      heading(words.reportsTitle),
      {
        kind: "table",
        columns: [words.column.file, words.column.sender, words.column.platform, words.column.numbers],
        rows: opened.reports.map(({ file, sender, platform, numbers }) => [
          file,
          sender,
          platform ?? words.notStated,
          numbers.join("; "),
        ]),
      },
      heading(words.filesTitle),
      { kind: "paragraph", text: words.files },
      {
        kind: "table",
        columns: [
          words.column.file,
          words.column.name,
          words.column.type,
          words.column.size,
          words.column.sha256,
        ],
        rows: opened.files.map(({ file, name, mediaType, size, sha256 }) => [
          file,
          name,
          mediaType,
          String(size),
          sha256,
        ]),
      },
      ...againBlocks(checks),
    ],
  };
}

function proofBlocks(check: FrankedCheck): Block[] {
  const { attestation, trust, isProven, findings } = check;
  if (attestation === undefined || trust === undefined)
    return [
      heading(words.proofTitle),
      { kind: "notice", text: words.unknown },
      { kind: "list", items: findings.map(findingText) },
    ];
  const { headline, proven, notProven, withheld, limits } = explain(attestation);
  const by = say(words.attestedBy, {
    provider: attestation.provider.name,
    domain: attestation.provider.domain,
    at: attestation.madeAt,
    report: attestation.reportId,
  });
  return [
    heading(words.proofTitle),
    { kind: "notice", text: isProven ? headline : words.doesNotHold },
    { kind: "paragraph", text: by },
    { kind: "paragraph", text: isProven ? words.repeated : words.repeatedOtherwise },
    ...section(words.findingsTitle, findings.map(findingText)),
    ...(isProven ? section(words.provenTitle, proven) : []),
    ...section(words.notProvenTitle, [...notProven, ...limits]),
    ...section(words.withheldTitle, withheld),
  ];
}

function againBlocks(checks: readonly FrankedCheck[]): Block[] {
  return [
    heading(words.againTitle),
    { kind: "paragraph", text: words.againPackage },
    { kind: "verbatim", text: words.verifyPackage },
    ...(checks.length === 0
      ? []
      : ([
          { kind: "paragraph", text: words.againProof },
          { kind: "verbatim", text: words.verifyProof },
          { kind: "paragraph", text: words.againDeclaration },
          { kind: "verbatim", text: words.declare },
        ] satisfies Block[])),
  ];
}

function namesOf({ packageId, from, to, createdAt }: OpenedPackage): Record<string, string> {
  return { packageId, from, to, createdAt };
}

function heading(text: string): Block {
  return { kind: "heading", text };
}

function section(title: string, items: readonly string[]): Block[] {
  return items.length === 0 ? [] : [heading(title), { kind: "list", items }];
}
