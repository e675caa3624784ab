import { decodeBundle, decodeSignedBundle, type ReportBundle } from "@fairlead/franking";
import { type BundleVerdict, explain, STEPS } from "@fairlead/franking/verify";
import type { FoundFile } from "./folder.ts";
import type { FrankedCheck } from "./check.ts";
import { declarationWords as words } from "./declaration-words.ts";
import type { Block, PlainDocument } from "./document.ts";
import type { LoggedBatch } from "./logged-batches.ts";
import { say } from "./words.ts";

/** What only the declarant knows; whatever is not given stays open in the draft. */
export interface DeclarantFacts {
  name?: string;
  role?: string;
  organisation?: string;
  qualification?: string;
  custody?: string;
  clock?: string;
  tests?: string;
}

/** A check with everything that a declaration rests on. */
export type DeclarableCheck = FrankedCheck &
  Required<{
    [Part in "attestation" | "trust" | "bundle" | "records" | "verdict"]: NonNullable<FrankedCheck[Part]>;
  }>;

export interface DeclarationInput {
  check: DeclarableCheck;
  bundleBytes: Uint8Array;
  attachments: ReadonlyArray<{ seq: string; file: FoundFile }>;
  batches: readonly LoggedBatch[];
  declarant: DeclarantFacts;
  /** When the steps were carried out again, ISO 8601 UTC, and by which version. */
  repeatedAt: string;
  version: string;
}

/**
 * Drafts a provider's declaration from an attestation, the records that it is about and a second run of every step. It states what was
 * done and what came of it; it concludes nothing and quotes no message.
 */
export function declaration(input: DeclarationInput): PlainDocument {
  return {
    title: words.title,
    blocks: [
      { kind: "notice", text: words.draft },
      paragraph(words.form),
      ...declarantBlocks(input),
      ...subjectBlocks(input),
      ...fileBlocks(input),
      heading(words.processTitle),
      { kind: "list", items: words.process },
      ...systemBlocks(input),
      ...stepBlocks(input),
      ...undisclosedBlocks(input),
      heading(words.limitsTitle),
      { kind: "list", items: limitsOf(input) },
      heading(words.signatureTitle),
      paragraph(words.signature),
      paragraph(say(words.signatureLines, { blank: words.blank })),
    ],
  };
}

function declarantBlocks({ declarant }: DeclarationInput): Block[] {
  const { name, role, organisation, qualification } = stated(declarant);
  return [
    heading(words.declarantTitle),
    paragraph(say(words.declarant, { name, role, organisation })),
    paragraph(say(words.qualification, { qualification })),
  ];
}

function subjectBlocks({ check: { attestation }, bundleBytes }: DeclarationInput): Block[] {
  const { verdict, provider, reporter } = attestation;
  const bundle = readBundle(bundleBytes);
  const labels = words.subjectRows;
  return [
    heading(words.subjectTitle),
    paragraph(
      say(words.subject, {
        provider: provider.name,
        domain: provider.domain,
        reportId: attestation.reportId,
      }),
    ),
    {
      kind: "table",
      columns: ["", ""],
      rows: [
        [labels.room, attestation.roomUri],
        [labels.reporter, reporter.uri],
        [labels.reporterDevice, reporter.deviceId],
        [labels.reportedAt, bundle === null ? words.none : isoOf(bundle.createdAt)],
        [labels.category, bundle?.category ?? words.none],
        [labels.client, bundle === null ? words.none : `${bundle.client.version}, ${bundle.client.build}`],
        [labels.shown, String(verdict.items.length)],
        [labels.selected, String(verdict.items.filter(({ selected }) => selected).length)],
        [labels.window, say(words.windowValue, { ...verdict.window })],
        [labels.attestedAt, attestation.madeAt],
      ],
    },
  ];
}

function fileBlocks({ check, attachments }: DeclarationInput): Block[] {
  const files: Array<[FoundFile, string]> = [
    [check.bundle, "report-bundle"],
    [check.records.file, "provider-records"],
    [check.attestationFile, "attestation"],
    ...attachments.map(({ seq, file }): [FoundFile, string] => [file, say(words.attachmentFile, { seq })]),
  ];
  return [
    heading(words.filesTitle),
    paragraph(words.files),
    {
      kind: "table",
      columns: ["", "", "bytes", "SHA-256"],
      rows: files.map(([file, what]) => [what, file.name, String(file.size), file.sha256]),
    },
  ];
}

function systemBlocks({ check, declarant, batches }: DeclarationInput): Block[] {
  const { attestation, trust, signers } = check;
  const { custody, clock, tests } = stated(declarant);
  const labels = words.system;
  return [
    heading(words.systemTitle),
    {
      kind: "table",
      columns: ["", ""],
      rows: [
        [labels.verifier, `${attestation.verifier.version}, ${attestation.verifier.build}`],
        [labels.hubKeys, attestation.frankKids.join(", ") || words.none],
        [
          labels.frankingKeys,
          trust.card.frankingKeys
            .map(({ publicKey, notBefore, notAfter }) => `${publicKey} (${notBefore} – ${notAfter ?? ""})`)
            .join("; ") || words.none,
        ],
        [labels.attestationKeys, signers.join(", ")],
        [labels.logKey, trust.card.logKey ?? words.none],
        [labels.custody, custody],
        [labels.clock, clock],
        [labels.tests, tests],
      ],
    },
    paragraph(words.logTitle),
    batches.length === 0
      ? paragraph(words.logNone)
      : {
          kind: "table",
          columns: Object.values(words.logColumns),
          rows: batches.map(({ root, size, checkpoint, tokens }) => [
            root,
            size,
            checkpoint ?? words.notOpened,
            tokens
              .map((token) => (token === null ? words.tokenUnreadable : say(words.token, { ...token })))
              .join("; ") || words.noTokens,
          ]),
        },
  ];
}

function stepBlocks({ check, repeatedAt, version }: DeclarationInput): Block[] {
  const { attestation, verdict, findings } = check;
  const differences = findings.flatMap((finding) =>
    finding.code === "differs" ? [say(words.differsAt, { ...finding })] : [],
  );
  const agreement =
    differences.length === 0 ? words.agrees : say(words.differs, { differences: differences.join("; ") });
  return [
    heading(words.stepsTitle),
    paragraph(words.stepsAttested),
    paragraph(say(words.stepsRepeated, { at: repeatedAt, version, agreement })),
    {
      kind: "table",
      columns: Object.values(words.stepColumns),
      rows: STEPS.map((step) => [
        step,
        words.steps[step],
        tallyOf(attestation.verdict, step),
        tallyOf(verdict, step),
      ]),
    },
    paragraph(words.messagesTitle),
    {
      kind: "table",
      columns: Object.values(words.messageColumns),
      rows: attestation.verdict.items.map((item) => [
        item.roomSeq,
        item.senderUri,
        item.deviceId,
        isoOf(BigInt(item.acceptedAt)),
        item.existedBy === null ? words.none : isoOf(BigInt(item.existedBy)),
        item.selected ? words.yes : words.no,
        item.verdict,
        item.steps
          .filter(({ result }) => result !== "passed")
          .map(({ step, code, result }) => `${step} ${result} ${code ?? ""}`.trim())
          .join("; ") || words.none,
      ]),
    },
  ];
}

/** How often a step passed, counting the report and each message that it is about. */
function tallyOf({ steps, items }: BundleVerdict, wanted: (typeof STEPS)[number]): string {
  const results = [...steps, ...items.flatMap((item) => item.steps)].filter(({ step }) => step === wanted);
  const count = (result: string) => results.filter((one) => one.result === result).length;
  return say(words.tally, { passed: count("passed"), failed: count("failed"), open: count("not-checked") });
}

function undisclosedBlocks({ check: { attestation } }: DeclarationInput): Block[] {
  const { withheld, window, items } = attestation.verdict;
  const unseen = items.flatMap(({ attachments }) =>
    attachments.flatMap(({ result, root }) => (result === "opened-and-bound" ? [] : [root])),
  );
  return [
    heading(words.undisclosedTitle),
    {
      kind: "list",
      items: [
        withheld.length === 0
          ? say(words.withheldNone, window)
          : say(words.withheld, { ...window, seqs: withheld.join(", ") }),
        say(words.outside, { from: window.from, to: window.to, head: window.headSeq }),
        ...(unseen.length === 0 ? [] : [say(words.unseen, { roots: unseen.join(", ") })]),
        words.texts,
      ],
    },
  ];
}

function limitsOf({ check: { attestation } }: DeclarationInput): string[] {
  return explain(attestation).limits.map((limit) =>
    attestation.limits.includes(limit) ? say(words.unknownLimit, { limit }) : limit,
  );
}

/** What the declarant stated, and for the rest what is still to be stated. */
function stated(facts: DeclarantFacts): Required<DeclarantFacts> {
  const open = (key: keyof DeclarantFacts) => facts[key] ?? say(words.open, { what: words.openFacts[key] });
  return {
    name: open("name"),
    role: open("role"),
    organisation: open("organisation"),
    qualification: open("qualification"),
    custody: open("custody"),
    clock: open("clock"),
    tests: open("tests"),
  };
}

/** null for one that cannot be read, which was attested as such. */
function readBundle(bytes: Uint8Array): ReportBundle | null {
  try {
    return decodeBundle(decodeSignedBundle(bytes).bundle);
  } catch {
    return null;
  }
}

function isoOf(milliseconds: bigint): string {
  const at = new Date(Number(milliseconds));
  return Number.isNaN(at.getTime()) ? String(milliseconds) : at.toISOString();
}

function heading(text: string): Block {
  return { kind: "heading", text };
}

function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}
