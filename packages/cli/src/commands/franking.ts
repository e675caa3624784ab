import { explain, type ProviderCard } from "@fairlead/franking/verify";
import { StationError } from "@fairlead/station";
import { Command } from "commander";
import { readCards } from "../franked/cards.ts";
import { checkFolder, type FrankedCheck } from "../franked/check.ts";
import { readFrankedFolder } from "../franked/folder.ts";
import { checkLines } from "../franked/lines.ts";
import { findingText, say, words } from "../franked/words.ts";
import { openOutput } from "../output.ts";
import { declarationSubcommand } from "./declaration.ts";

/** `fairlead franking`: reports from encrypted chats, checked again by anybody, offline. */
export function frankingCommand(): Command {
  const command = new Command("franking").description(
    "check reports from encrypted chats again, offline, and declare how they were made",
  );
  command
    .command("verify <dir>")
    .description("repeat every step of the proof with what lies in a folder; asks nobody")
    .option("--provider <card...>", "the provider's card, from the provider itself")
    .option("--json", "print one JSON line")
    .addHelpText(
      "after",
      `
The folder holds the report bundle, the provider's records, the attestation and the opened attachments, under any names.
Exits with 0 if every attestation in it is proven, with 1 if one is not.`,
    )
    .action(async (dir: string, options: { provider?: string[]; json?: boolean }) => {
      const checks = await checksIn(dir, await readCards(options.provider ?? []));
      const proven = checks.every(({ isProven }) => isProven);
      openOutput(options.json === true).result(
        { proven, reports: checks.map(resultOf) },
        checks.flatMap((check, index) => [...(index === 0 ? [] : [""]), ...checkLines(check)]),
      );
      process.exitCode = proven ? 0 : 1;
    });
  command.addCommand(declarationSubcommand());
  return command;
}

/**
 * Checks every attestation of a folder.
 * @throws StationError `not-found` if there is none
 */
async function checksIn(dir: string, pinned: readonly ProviderCard[]): Promise<FrankedCheck[]> {
  const checks = await checkFolder(await readFrankedFolder(dir), pinned, Date.now());
  if (checks.length === 0)
    throw new StationError("not-found", say(words.noneHere, { dir }), { remedy: words.noneHereRemedy });
  return checks;
}

function resultOf(check: FrankedCheck): object {
  const { attestation, trust, bundle, records, verdict, findings, isProven } = check;
  return {
    proven: isProven,
    attestation: check.attestationFile.name,
    ...(attestation === undefined
      ? {}
      : {
          reportId: attestation.reportId,
          provider: attestation.provider,
          madeAt: attestation.madeAt,
          attested: attestation.verdict.verdict,
          explanation: explain(attestation),
        }),
    ...(trust === undefined ? {} : { card: trust.from }),
    signers: check.signers,
    ...(bundle === undefined ? {} : { bundle: bundle.name }),
    ...(records === undefined ? {} : { records: records.file.name }),
    ...(verdict === undefined ? {} : { verdict }),
    findings: findings.map((finding) => ({ ...finding, text: findingText(finding) })),
    notes: trust?.from === "folder" ? [words.folderCard] : [],
  };
}
