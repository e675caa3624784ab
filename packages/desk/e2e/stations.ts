import { networkFixture, simulate, type SimulatedReport } from "@fairlead/simulator";
import { addPerson, newSignInLink } from "../../station/src/index.ts";
import { peerConfigSchema } from "../../station/src/config.ts";
import { syncPeers } from "../../station/src/peers/index.ts";
import { secretFile, startTestStation, type TestStation } from "../../station/src/testing/station.ts";

/** Where node:test lets a test say what to do after it. */
export interface AfterHook {
  after: (cleanUp: () => Promise<void>) => void;
}

export interface Chain {
  /** Takes reports in from its own moderation system and refers them to the agency. */
  platform: TestStation;
  agency: TestStation;
  /** What the platform's system handed in, oldest first, with the station's number for it. */
  cases: HandedIn[];
  /** Hands in one more. */
  handIn: (simulated: SimulatedReport) => Promise<HandedIn>;
  /** Cases that were not handed in yet. */
  later: SimulatedReport[];
}

export interface HandedIn {
  number: string;
  simulated: SimulatedReport;
}

const MODERATION = "moderation";

/** A platform and a national agency that know each other, with a few innocent reports in the platform's queue. */
export async function startChain(hook: AfterHook, count: number): Promise<Chain> {
  const networks = { name: "documentation ranges", entries: networkFixture };
  const { secret, path } = await secretFile(hook);
  const senders = [
    { username: MODERATION, name: "Example Chat moderation", kind: "platform", passwordFile: path },
  ];
  const platform = await startTestStation(hook, {
    id: "example-chat",
    profile: "platform",
    config: { networks, senders },
  });
  const agency = await startTestStation(hook, {
    id: "example-agency",
    profile: "national-agency",
    config: { networks },
  });
  await introduce(platform, agency, ["GB"]);
  await introduce(agency, platform, []);
  const all = [...simulate({ seed: "desk", count: count + 3, profile: "uk-demo", startAt: Date.now() })];
  const cases: HandedIn[] = [];
  for (const each of all.slice(0, count)) cases.push(await handIn(platform.url, secret, each));
  return {
    platform,
    agency,
    cases,
    later: all.slice(count),
    handIn: async (simulated) => await handIn(platform.url, secret, simulated),
  };
}

/** A one-time link as whoever runs the station would make it. */
export async function signInLink({ station, url }: TestStation, name: string, role: string): Promise<string> {
  const person = await addPerson(station.db.kysely, name, role, Date.now());
  return `${url}/sign-in#${await newSignInLink(station.db.kysely, person.id, Date.now())}`;
}

/** Makes one station known to another as the peer for these countries. */
async function introduce(
  { station }: TestStation,
  { card }: TestStation,
  countries: string[],
): Promise<void> {
  const { id, name, url, verifyKey, recipient } = card;
  const peer = peerConfigSchema.parse({ id, name, url, verifyKey, recipient, countries });
  await syncPeers(station.db.kysely, [peer], Date.now());
}

async function handIn(url: string, secret: string, simulated: SimulatedReport): Promise<HandedIn> {
  const { report, files } = simulated;
  const form = new FormData();
  form.set("report", JSON.stringify(report));
  for (const file of files)
    form.set(file.evidenceId, new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.name);
  const authorization = `Basic ${Buffer.from(`${MODERATION}:${secret}`).toString("base64")}`;
  const response = await fetch(`${url}/door/reports`, {
    method: "POST",
    headers: { authorization },
    body: form,
  });
  if (!response.ok) throw new Error(`the platform's station refused a report: ${await response.text()}`);
  const { number } = (await response.json()) as { number: string };
  return { number, simulated };
}
