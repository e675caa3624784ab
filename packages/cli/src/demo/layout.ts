import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ProviderCard, PROVIDER_CARD_FILE } from "@fairlead/franking/verify";
import {
  createChatKeys,
  newToken,
  type ProfileId,
  profiles,
  type StationCard,
  StationError,
} from "@fairlead/station";
import { networkFixture } from "@fairlead/simulator";
import { SAFEGUARDING_AUTHORITIES } from "./safeguarding-authorities.ts";
import { initStation } from "../commands/init.ts";
import { initVerifier } from "../commands/verifier.ts";

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
/** The account of the platform's own systems that see every upload. */
export const UPLOADS_ACCOUNT = "uploads";
export const CYBERTIPLINE_ACCOUNT = "example-chat";
/** In the address of everybody who chats in the demonstration. */
const CHAT_DOMAIN = "chat.example";

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
  /** Secret of UPLOADS_ACCOUNT. */
  uploadsSecret: string;
  /** Configuration of the platform's verifier. */
  verifierConfig: string;
}

const VERIFIER_ACCOUNT = "verifier";

interface Verifier {
  config: string;
  publicKey: string;
  card: ProviderCard;
  passwordFile: string;
}

interface Plan {
  root: string;
  ports: Record<StationKey, number>;
  databases: Record<StationKey, string>;
  /** Agencies whose post the demonstration's one force takes in. */
  agencies: readonly string[];
  timestamps: { url: string; certificateFile: string };
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
    // A folder of a version that had no chats yet.
    if (known !== undefined && profiles[profile].doors.includes("chat")) await addChatKeys(join(dir, "keys"));
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
    uploads: await secretFile(join(plan.root, "platform", "keys", "uploads.secret")),
    filing: await secretFile(join(plan.root, "clearinghouse", "keys", "example-chat.secret")),
  };
  for (const station of STATIONS) await writeConfig(station.key, plan, places, cards);
  const verifier = await placeVerifier(plan, places.platform);
  for (const station of STATIONS) await writeConfig(station.key, plan, places, cards, verifier);
  return {
    places,
    moderationSecret: secrets.moderation,
    uploadsSecret: secrets.uploads,
    verifierConfig: verifier.config,
  };
}

/** Makes the platform's verifier, or finds it from an earlier start. */
async function placeVerifier({ root, timestamps }: Plan, platform: StationPlace): Promise<Verifier> {
  const dir = join(root, "verifier");
  const config = join(dir, "verifier.json");
  const known = await readFile(config, "utf8").catch(() => undefined);
  if (known === undefined) {
    const made = await initVerifier({
      dir,
      station: platform.config,
      account: VERIFIER_ACCOUNT,
      domain: CHAT_DOMAIN,
      timestampCertificates: [timestamps.certificateFile],
    });
    await writeFile(join(dir, "opening-public-key"), made.publicKey);
  } else {
    const { station, ...rest } = JSON.parse(known) as { station: object };
    await writeFile(
      config,
      `${JSON.stringify({ ...rest, station: { ...station, url: platform.url } }, null, 2)}\n`,
    );
  }
  return {
    config,
    publicKey: await readFile(join(dir, "opening-public-key"), "utf8"),
    card: JSON.parse(await readFile(join(dir, PROVIDER_CARD_FILE), "utf8")) as ProviderCard,
    passwordFile: join(dir, "password"),
  };
}

async function addChatKeys(folder: string): Promise<void> {
  await createChatKeys(folder).catch((error: unknown) => {
    if (!(error instanceof StationError) || error.code !== "conflict") throw error;
  });
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
  verifier?: Verifier,
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
        {
          username: UPLOADS_ACCOUNT,
          name: "Example Chat uploads",
          kind: "platform",
          passwordFile: join(plan.root, "platform", "keys", "uploads.secret"),
        },
        ...(verifier === undefined
          ? []
          : [
              {
                username: VERIFIER_ACCOUNT,
                name: "Example Chat verifier",
                kind: "platform",
                seals: true,
                passwordFile: verifier.passwordFile,
              },
            ]),
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
    station: {
      id: station.id,
      name: station.name,
      profile: station.profile,
      ...(key === "agency" || key === "force" ? { country: "GB" } : {}),
    },
    listen: { host: "127.0.0.1", port: plan.ports[key] },
    publicUrl: places[key].url,
    dataDir: ".",
    databaseUrl: plan.databases[key],
    networks: { name: "documentation ranges (demonstration)", entries: networkFixture },
    ...links[key],
    ...(key === "platform"
      ? {
          media: {
            accounts: [{ username: UPLOADS_ACCOUNT }],
            deep: true,
            fileWith: places.clearinghouse.id,
            gatherSeconds: 1,
          },
        }
      : {}),
    safeguarding: { authorities: SAFEGUARDING_AUTHORITIES },
    ...(verifier === undefined
      ? {}
      : {
          verifiers: [verifier.card],
          ...(key === "platform"
            ? {
                chat: {
                  domain: CHAT_DOMAIN,
                  verifier: { account: VERIFIER_ACCOUNT, publicKey: verifier.publicKey },
                  timestampAuthorities: [{ name: "demonstration", ...plan.timestamps }],
                  signals: true,
                },
              }
            : {}),
        }),
  };
  await writeFile(places[key].config, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}
