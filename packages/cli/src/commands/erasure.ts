import { readFile } from "node:fs/promises";
import { checkCertificate, type CheckedCertificate, StationError, type StationCard } from "@fairlead/station";
import { Command } from "commander";
import { openOutput } from "../output.ts";

/** `fairlead erasure`: certificates of what a station has erased, checked by anybody, offline. */
export function erasureCommand(): Command {
  const erasure = new Command("erasure").description("check the certificate of an erasure, offline");
  erasure
    .command("verify <file>")
    .description("check that the station signed the certificate and that its log commits to it")
    .requiredOption("--card <file>", "the station's card, from the station by another way")
    .option("--json", "print one JSON line")
    .action(async (file: string, options: { card: string; json?: boolean }) => {
      const card = (await readJson(options.card)) as StationCard;
      const checked = checkCertificate(await readJson(file), card);
      openOutput(options.json === true).result({ ok: true, ...checked }, linesOf(checked));
    });
  return erasure;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as unknown;
  } catch (cause) {
    throw new StationError("request.invalid", `${path} cannot be read as JSON.`, {
      audience: "operator",
      remedy: "Name the certificate as the desk gave it, and the station's card.",
      cause,
    });
  }
}

function linesOf({ certificate, index, size }: CheckedCertificate): string[] {
  const { number, station, report, decided, confirmed, began, erased, objects, rows, leaves } = certificate;
  const bytes = objects.reduce((sum, object) => sum + object.size, 0);
  return [
    `Certificate ${number} of ${station.name} (${station.station})`,
    `  report ${report.number}, accepted ${report.acceptedAt}`,
    `  decided by ${decided.name}, ${decided.at}; confirmed by ${confirmed.name}, ${confirmed.at}`,
    `  erased from ${began} to ${erased}`,
    `  ${objects.length} objects (${bytes} bytes), ${Object.values(rows).reduce((sum, n) => sum + n, 0)} rows, the words of ${leaves.count} events`,
    ...certificate.duties.map(({ by, name, until }) => `  had to be kept until ${until} (${name ?? by})`),
    ...certificate.givenTo.map(
      ({ name, at }) => `  ${name} was given a copy on ${at}; this says nothing of it`,
    ),
    `The station signed it, and leaf ${index} of its log, covered by a checkpoint of ${size} leaves, commits to it.`,
  ];
}
