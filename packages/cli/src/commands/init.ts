import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  cardOf,
  createChatKeys,
  createKeys,
  loadKeys,
  parseConfig,
  profileIds,
  profiles,
  StationError,
  type StationCard,
} from "@fairlead/station";
import { Command, Option } from "commander";
import { portNumber } from "../number.ts";
import { openOutput } from "../output.ts";

export interface InitOptions {
  dir: string;
  id: string;
  name: string;
  profile: string;
  url: string;
  port: number;
}

/** `fairlead init`: a station's folder with keys, configuration and the card for its peers. */
export function initCommand(): Command {
  return new Command("init")
    .description("make a station's folder: keys, configuration, and the card to give to peers")
    .argument("<dir>", "a folder that does not hold a station yet")
    .requiredOption("--id <id>", "the station's stable name, such as example-police")
    .requiredOption("--name <name>", "what people call it")
    .addOption(
      new Option("--profile <profile>", "what kind of organisation it is")
        .choices([...profileIds])
        .makeOptionMandatory(),
    )
    .option("--url <url>", "the address at which peers and people reach it", "http://127.0.0.1:8400")
    .option("--port <port>", "the port it listens on", portNumber, 8400)
    .option("--json", "print the card as one JSON line")
    .addHelpText(
      "after",
      `
Next:
  1. give DIR/card.json to each peer, and put theirs under "peers" in DIR/station.json
  2. fairlead people add --config DIR/station.json --name NAME --role ROLE
  3. fairlead serve --config DIR/station.json`,
    )
    .action(async (dir: string, options: Omit<InitOptions, "dir"> & { json?: boolean }) => {
      const card = await initStation({ ...options, dir });
      openOutput(options.json === true).result(card, [
        `Made the station ${card.name} in ${dir}.`,
        `Its card for peers: ${join(dir, "card.json")}`,
        `Start it with: fairlead serve --config ${join(dir, "station.json")}`,
      ]);
    });
}

/** Makes the folder and its files. Never replaces anything. */
export async function initStation(options: InitOptions): Promise<StationCard> {
  const dir = resolve(options.dir);
  const path = join(dir, "station.json");
  const config = {
    station: { id: options.id, name: options.name, profile: options.profile },
    listen: { host: "127.0.0.1", port: options.port },
    publicUrl: options.url,
    dataDir: ".",
    networks: { tables: "packaged" },
    peers: [],
    senders: [],
  };
  const { station } = parseConfig(config, path);
  if ((await readFile(path).catch(() => undefined)) !== undefined)
    throw new StationError("conflict", `${path} exists; a station is never made over another.`, {
      audience: "operator",
      remedy: "Choose another folder.",
    });
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await createKeys(join(dir, "keys"), options.id);
  if (profiles[station.profile].doors.includes("chat")) await createChatKeys(join(dir, "keys"));
  const keys = await loadKeys(join(dir, "keys"), options.id);
  const card = cardOf({ id: options.id, name: options.name, url: options.url }, keys);
  await writeFile(join(dir, "card.json"), `${JSON.stringify(card, null, 2)}\n`, { flag: "wx" });
  await writeFile(path, `${JSON.stringify(config, null, 2)}\n`, { flag: "wx", mode: 0o600 });
  return card;
}
