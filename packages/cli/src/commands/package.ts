import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import {
  openPackage,
  type PackageVerdict,
  parseVerifyingKey,
  type Peer,
  verifyPackage,
} from "@fairlead/sealing";
import { loadKeys, readConfig, StationError, type StationConfig } from "@fairlead/station";
import { Command } from "commander";
import { evidenceFile, finishFolder, reportFile } from "../franked/opened-package.ts";
import { START_HERE_FILE } from "../franked/start-here.ts";
import { words } from "../franked/words.ts";
import { openOutput } from "../output.ts";

/** `fairlead package`: verify and open sealed packages offline. */
export function packageCommand(): Command {
  const command = new Command("package").description("verify and open sealed packages, offline");
  command
    .command("verify <file>")
    .description("verify who sealed what for whom; decrypts nothing")
    .option("--config <file>", "a station's configuration: its peers are the trusted senders")
    .option("--card <file...>", "cards of stations to trust as senders")
    .option("--json", "print one JSON line")
    .action(async (file: string, options: { config?: string; card?: string[]; json?: boolean }) => {
      const peers = await trusted(options);
      const result = await verifyPackage(createReadStream(file), { peers });
      openOutput(options.json === true).result(result, verdictLines(result));
      process.exitCode = result.trusted ? 0 : 1;
    });
  command
    .command("open <file>")
    .description("open a package with its receiver's key into a folder; the operator answers for who sees it")
    .requiredOption("--config <file>", "the receiving station's configuration: its key opens the package")
    .requiredOption("--out <dir>", "a new folder for what is inside")
    .option("--json", "print one JSON line")
    .action(async (file: string, options: { config: string; out: string; json?: boolean }) => {
      const config = await readConfig(options.config);
      const keys = await loadKeys(join(config.dataDir, "keys"), config.station.id);
      await mkdir(options.out, { recursive: false, mode: 0o700 });
      const written: string[] = [];
      const { manifest } = await openPackage(
        createReadStream(file),
        { peers: peersOf(config), station: config.station.id, identities: [keys.sealing.identity] },
        {
          async part(part, bytes) {
            // Names in a package are ids that its manifest's rules have checked; still nothing but the last part is used.
            const name = part.kind === "report" ? reportFile(part.reportId) : evidenceFile(part.evidenceId);
            await pipeline(bytes, createWriteStream(join(options.out, name), { flags: "wx", mode: 0o600 }));
            written.push(name);
          },
        },
      );
      await writeFile(join(options.out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`, {
        mode: 0o600,
      });
      const checks = await finishFolder(options.out, manifest, config.verifiers, Date.now());
      openOutput(options.json === true).result(
        {
          packageId: manifest.packageId,
          from: manifest.from.station,
          files: written,
          startHere: START_HERE_FILE,
          proofs: checks.map(({ attestationFile, isProven }) => ({
            file: attestationFile.name,
            proven: isProven,
          })),
        },
        [
          `Package ${manifest.packageId} from ${manifest.from.name}: ${written.length} files in ${options.out}`,
          ...checks.map(
            ({ attestationFile, isProven }) =>
              `  ${isProven ? words.proven : words.notProven}: ${attestationFile.name}`,
          ),
          `Read ${join(options.out, START_HERE_FILE)} first.`,
        ],
      );
    });
  return command;
}

async function trusted(options: { config?: string; card?: string[] }): Promise<Peer[]> {
  const peers = options.config === undefined ? [] : peersOf(await readConfig(options.config));
  for (const path of options.card ?? []) {
    const card = JSON.parse(await readFile(path, "utf8")) as { id: string; verifyKey: string };
    peers.push({ station: card.id, keys: [parseVerifyingKey(card.verifyKey)] });
  }
  if (peers.length === 0)
    throw new StationError("config.invalid", "No sender is trusted, so nothing can be verified.", {
      audience: "operator",
      remedy: "Name a station's configuration with --config, or the sender's card with --card.",
    });
  return peers;
}

function peersOf(config: StationConfig): Peer[] {
  return config.peers.map((peer) => ({ station: peer.id, keys: [parseVerifyingKey(peer.verifyKey)] }));
}

function verdictLines(result: PackageVerdict): string[] {
  const { manifest } = result;
  return [
    ...(manifest === undefined
      ? []
      : [
          `Package ${manifest.packageId}, ${manifest.createdAt}`,
          `  from ${manifest.from.name} (${manifest.from.station}) to ${manifest.to.name} (${manifest.to.station})`,
          `  ${manifest.reports.length} report(s), ${manifest.evidence.length} piece(s) of evidence${manifest.agency === undefined ? "" : `, for ${manifest.agency}`}`,
        ]),
    ...result.checks.map((check) => `  ${check.verdict.padEnd(7)} ${check.name}: ${check.detail}`),
    ...result.custody.map(
      (finding) => `  custody ${finding.verdict.padEnd(7)} ${finding.station}: ${finding.detail}`,
    ),
    result.trusted ? "The package is what it says." : "Do NOT act on this package.",
  ];
}
