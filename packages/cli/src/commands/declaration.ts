import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StationError } from "@fairlead/station";
import { Command } from "commander";
import { readCards } from "../franked/cards.ts";
import { checkFolder, type FrankedCheck } from "../franked/check.ts";
import { type DeclarableCheck, type DeclarantFacts, declaration } from "../franked/declaration.ts";
import { type PlainDocument, toHtml, toMarkdown } from "../franked/document.ts";
import { type FrankedFolder, readFrankedFolder } from "../franked/folder.ts";
import { loggedBatches } from "../franked/logged-batches.ts";
import { findingText, say, words } from "../franked/words.ts";
import { openOutput } from "../output.ts";
import { VERSION } from "../version.ts";

interface Options extends DeclarantFacts {
  provider: string[];
  out?: string;
  json?: boolean;
}

/** `fairlead franking declaration`: the provider's declaration for court, drafted from its own records. */
export function declarationSubcommand(): Command {
  return new Command("declaration")
    .description("draft the provider's declaration for court from a folder that `verify` can check")
    .argument("<dir>", "a folder with the bundle, the provider's records and the attestation")
    .requiredOption("--provider <card...>", "the provider's card, from the provider itself")
    .option(
      "--out <dir>",
      "where to write declaration.md and declaration.html; the folder itself unless named",
    )
    .option("--name <name>", "who declares")
    .option("--role <role>", "their position")
    .option("--organisation <name>", "where")
    .option("--qualification <text>", "training, experience, and how they know the facts")
    .option("--custody <text>", "where the secret keys are kept, and who may use them")
    .option("--clock <text>", "source and offset of the delivery server's clock")
    .option("--tests <text>", "state of the tests of the version that is named")
    .option("--json", "print one JSON line")
    .addHelpText("after", "\nWhat is not given stays open in the draft. Nothing is ever replaced.")
    .action(async (dir: string, { provider, out = dir, json, ...declarant }: Options) => {
      const now = Date.now();
      const folder = await readFrankedFolder(dir);
      const checks = await checkFolder(folder, await readCards(provider), now);
      if (checks.length === 0)
        throw new StationError("not-found", say(words.noneHere, { dir }), { remedy: words.noneHereRemedy });
      const drafts: PlainDocument[] = [];
      for (const check of checks)
        drafts.push(await draft(mustBeDeclarable(check), { folder, declarant, now }));
      const written = await write(out, drafts);
      openOutput(json === true).result({ files: written }, written);
    });
}

async function draft(
  check: DeclarableCheck,
  { folder, declarant, now }: { folder: FrankedFolder; declarant: DeclarantFacts; now: number },
): Promise<PlainDocument> {
  const { attestation, trust, records } = check;
  return declaration({
    check,
    bundleBytes: await readFile(check.bundle.path),
    attachments: attestation.verdict.items.flatMap(({ roomSeq: seq, attachments }) =>
      attachments.flatMap(({ sha256 }) => {
        const file = folder.files.find((one) => one.sha256 === sha256);
        return file === undefined ? [] : [{ seq, file }];
      }),
    ),
    batches: loggedBatches(records.read, trust.card, now),
    declarant,
    repeatedAt: new Date(now).toISOString(),
    version: VERSION,
  });
}

/** A declaration is about records whose attestation is the provider's and whose files are here, whatever the steps then gave. */
function mustBeDeclarable(check: FrankedCheck): DeclarableCheck {
  const { attestation, trust, bundle, records, verdict } = check;
  if (
    attestation !== undefined &&
    trust !== undefined &&
    bundle !== undefined &&
    records !== undefined &&
    verdict !== undefined
  )
    return { ...check, attestation, trust, bundle, records, verdict };
  throw new StationError("request.invalid", `Nothing can be declared about ${check.attestationFile.name}.`, {
    problems: check.findings.map((finding) => ({
      path: check.attestationFile.name,
      message: findingText(finding),
    })),
    remedy: "Put the missing files into the folder, or name the provider's right card.",
  });
}

async function write(out: string, drafts: readonly PlainDocument[]): Promise<string[]> {
  const written: string[] = [];
  for (const [index, document] of drafts.entries())
    for (const [ending, text] of [
      ["md", toMarkdown(document)],
      ["html", toHtml(document)],
    ] as const) {
      const path = join(out, `declaration${index === 0 ? "" : `-${index + 1}`}.${ending}`);
      await writeFile(path, text, { flag: "wx", mode: 0o600 });
      written.push(path);
    }
  return written;
}
