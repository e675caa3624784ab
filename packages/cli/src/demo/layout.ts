import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newToken, type ProfileId, type StationCard } from "@fairlead/station";
import { networkFixture } from "@fairlead/simulator";
import { initStation } from "../commands/init.ts";

/** The four organisations of the demonstration chain. None of them is real. */
export const STATIONS = [
  { key: "platform", id: "example-chat", name: "Example Chat", profile: "platform" },
  {
    key: "clearinghouse",
    id: "example-clearinghouse",
    name: "Example Clearinghouse",
    profile: "clearinghouse",
  },
  {
    key: "agency",
    id: "example-national-agency",
    name: "Example National Agency",
    profile: "national-agency",
  },
  {
    key: "force",
    id: "example-police",
    name: "Example Police (stands for all forces)",
    profile: "police-force",
  },
] as const satisfies ReadonlyArray<{ key: string; id: string; name: string; profile: ProfileId }>;
export type StationKey = (typeof STATIONS)[number]["key"];

/** The account of the platform's own moderation system at its station, and of the platform at the clearinghouse. */
export const MODERATION_ACCOUNT = "moderation";
export const CYBERTIPLINE_ACCOUNT = "example-chat";

export interface StationPlace {
  key: StationKey;
  id: string;
  name: string;
  dir: string;
  config: string;
  url: string;
  databaseUrl: string;
}

export interface Layout {
  places: Record<StationKey, StationPlace>;
  /** Secret of MODERATION_ACCOUNT. */
  moderationSecret: string;
}

interface Plan {
  root: string;
  ports: Record<StationKey, number>;
  databases: Record<StationKey, string>;
  /** Agencies whose post the demonstration's one force takes in. */
  agencies: readonly string[];
}

/** Makes the four stations' folders, or finds them from an earlier start, and introduces neighbours to each other. */
export async function layOut(plan: Plan): Promise<Layout> {
  const cards = new Map<StationKey, StationCard>();
  const places = {} as Record<StationKey, StationPlace>;
  for (const { key, id, name, profile } of STATIONS) {
    const dir = join(plan.root, key);
    const port = plan.ports[key];
    const url = `http://127.0.0.1:${port}`;
    const known = await readCard(dir);
    cards.set(
      key,
      known === undefined ? await initStation({ dir, id, name, profile, url, port }) : { ...known, url },
    );
    places[key] = {
      key,
      id,
      name,
      dir,
      config: join(dir, "station.json"),
      url,
      databaseUrl: plan.databases[key],
    };
  }
  const secrets = {
    moderation: await secretFile(join(plan.root, "platform", "keys", "moderation.secret")),
    filing: await secretFile(join(plan.root, "clearinghouse", "keys", "example-chat.secret")),
  };
  for (const station of STATIONS) await writeConfig(station.key, plan, places, cards);
  return { places, moderationSecret: secrets.moderation };
}

async function readCard(dir: string): Promise<StationCard | undefined> {
  const text = await readFile(join(dir, "card.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as StationCard);
}

async function secretFile(path: string): Promise<string> {
  const known = await readFile(path, "utf8").catch(() => undefined);
  if (known !== undefined) return known.trim();
  const secret = newToken();
  await writeFile(path, `${secret}\n`, { mode: 0o600, flag: "wx" });
  return secret;
}

async function writeConfig(
  key: StationKey,
  plan: Plan,
  places: Record<StationKey, StationPlace>,
  cards: ReadonlyMap<StationKey, StationCard>,
): Promise<void> {
  const station = STATIONS.find((found) => found.key === key);
  if (station === undefined) throw new Error(`no station ${key}`);
  const peer = (other: StationKey, more: object = {}) => {
    const card = cards.get(other);
    if (card === undefined) throw new Error(`no card of ${other}`);
    const { id, name, url, verifyKey, recipient } = card;
    return { id, name, url, verifyKey, recipient, ...more };
  };
  const filingSecret = join(plan.root, "clearinghouse", "keys", "example-chat.secret");
  const links: Record<StationKey, { peers: object[]; senders: object[] }> = {
    platform: {
      peers: [
        peer("clearinghouse", {
          wire: "cybertipline",
          cybertipline: {
            base: `${places.clearinghouse.url}/ispws`,
            username: CYBERTIPLINE_ACCOUNT,
            passwordFile: filingSecret,
            environment: "test",
          },
        }),
      ],
      senders: [
        {
          username: MODERATION_ACCOUNT,
          name: "Example Chat moderation",
          kind: "platform",
          passwordFile: join(plan.root, "platform", "keys", "moderation.secret"),
        },
      ],
    },
    clearinghouse: {
      peers: [peer("platform"), peer("agency", { countries: ["GB"] })],
      senders: [
        {
          username: CYBERTIPLINE_ACCOUNT,
          name: "Example Chat",
          kind: "platform",
          passwordFile: filingSecret,
          peer: "example-chat",
        },
      ],
    },
    agency: { peers: [peer("clearinghouse"), peer("force", { agencies: plan.agencies })], senders: [] },
    force: { peers: [peer("agency")], senders: [] },
  };
  const config = {
    station: { id: station.id, name: station.name, profile: station.profile },
    listen: { host: "127.0.0.1", port: plan.ports[key] },
    publicUrl: places[key].url,
    dataDir: ".",
    databaseUrl: plan.databases[key],
    networks: { name: "documentation ranges (demonstration)", entries: networkFixture },
    ...links[key],
  };
  await writeFile(places[key].config, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}
