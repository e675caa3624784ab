import { type Attestation, textPart } from "@fairlead/franking";
import { networkFixture, simulate, type SimulatedReport } from "@fairlead/simulator";
import { bundleOf } from "../src/testing/bundle.ts";
import type { Page } from "playwright-core";
import { addPerson, newSignInLink } from "../../station/src/index.ts";
import { peerConfigSchema } from "../../station/src/config.ts";
import { syncPeers } from "../../station/src/peers/index.ts";
import {
  frankedParts,
  frankedReport,
  testProvider,
  type TestProvider,
} from "../../station/src/testing/franked.ts";
import { formOf, measuresOf, testFile } from "../../station/src/testing/report.ts";
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
  /** The number of a report from an encrypted conversation, whose provider the platform's station knows. */
  franked: string;
}

export interface HandedIn {
  number: string;
  simulated: SimulatedReport;
}

const MODERATION = "moderation";

/**
 * A platform and a national agency that know each other, with a few innocent reports in the platform's queue.
 * @param more of the platform's configuration
 */
export async function startChain(
  hook: AfterHook,
  count: number,
  more: Record<string, unknown> = {},
): Promise<Chain> {
  const networks = { name: "documentation ranges", entries: networkFixture };
  const { secret, path } = await secretFile(hook);
  const provider = await testProvider();
  const senders = [
    { username: MODERATION, name: "Example Chat moderation", kind: "platform", passwordFile: path },
  ];
  const platform = await startTestStation(hook, {
    id: "example-chat",
    profile: "platform",
    config: { networks, senders, verifiers: [provider.card], ...more },
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
    franked: await handInFranked(platform.url, secret, provider),
  };
}

/** A one-time link as whoever runs the station would make it. */
export async function signInLink({ station, url }: TestStation, name: string, role: string): Promise<string> {
  const person = await addPerson(station.db.kysely, name, role, station.clock());
  return `${url}/sign-in#${await newSignInLink(station.db.kysely, person.id, station.clock())}`;
}

/** Signs a new person in, up to their queue. */
export async function signInAs(page: Page, at: TestStation, name: string, role: string): Promise<void> {
  await page.goto(await signInLink(at, name, role));
  await page.getByRole("grid").waitFor();
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
  return { number: await send(url, secret, form), simulated };
}

/** @returns the station's number for the report */
async function send(url: string, secret: string, form: FormData): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${MODERATION}:${secret}`).toString("base64")}`;
  const response = await fetch(`${url}/door/reports`, {
    method: "POST",
    headers: { authorization },
    body: form,
  });
  if (!response.ok) throw new Error(`the platform's station refused a report: ${await response.text()}`);
  return ((await response.json()) as { number: string }).number;
}

/** A conversation of which little is kept back, attested by its provider, with one attachment that was opened. */
async function handInFranked(url: string, secret: string, provider: TestProvider): Promise<string> {
  const boat = testFile({ name: "boat.png" });
  const bundle = await bundleOf([
    { from: "al", text: "Is the kite red?" },
    { from: "bo", text: "It is blue, like the one at the harbour last week.", inReplyTo: 1 },
    { from: "al", text: "Something else.", is: "withheld" },
    { from: "al", text: "Bring it along tomorow.", isSelected: true },
    { from: "al", text: "Bring it along tomorrow.", replaces: 4, isSelected: true, disappears: true },
    { from: "bo", part: { ...textPart("👍"), disposition: 2 }, inReplyTo: 5 },
  ]);
  const parts = await frankedParts(provider, attested(measuresOf(boat.bytes).sha256), bundle);
  const files = [parts.bundle, parts.records, parts.attestation, boat];
  return await send(url, secret, formOf(frankedReport(files), files));
}

/** What a verifier found in it: all but one message of the context proven. */
const attested =
  (sha256: string) =>
  (attestation: Attestation): Attestation => {
    const { verdict } = attestation;
    const [first] = verdict.items;
    if (first === undefined) throw new Error("an attestation has a message");
    const seqs = ["1", "2", "4", "5", "6"];
    const items = seqs.map((roomSeq, index) => ({
      ...first,
      index,
      roomSeq,
      selected: roomSeq === "4" || roomSeq === "5",
      replaces: roomSeq === "5" ? ["4"] : [],
    }));
    const root = "c".repeat(64);
    return {
      ...attestation,
      verdict: {
        ...verdict,
        withheld: ["3"],
        window: { from: "1", to: "6", firstSeq: "1", headSeq: "8" },
        items: items.map((item) => {
          if (item.roomSeq === "6")
            return {
              ...item,
              verdict: "UNVERIFIED" as const,
              steps: [
                {
                  step: "V9",
                  result: "failed",
                  code: "submit.signature",
                  detail: "The signature is not that of the sending device.",
                },
              ],
            };
          if (item.roomSeq === "4")
            return {
              ...item,
              attachments: [{ root, mode: "full", result: "opened-and-bound", sha256, size: 10 }],
            };
          return item;
        }),
      },
      limits: ["account-not-person", "authenticity-only", "reporter-chose", "frank-by-provider-only"],
    };
  };
