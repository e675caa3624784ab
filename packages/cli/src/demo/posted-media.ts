import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { drawPhotograph } from "@fairlead/simulator";
import { bankSettingsSchema, importLists, retryWhileDown } from "@fairlead/station";
import { listOf } from "../media-stream/bank-list.ts";
import { EDIT_NAMES } from "../media-stream/edits.ts";
import { type Original, originalOf } from "../media-stream/original.ts";
import { postMedia } from "../media-stream/post-media.ts";
import { type Judged, type MediaRow, mediaRows } from "../media-stream/score.ts";
import { mediaStream } from "../media-stream/stream.ts";
import { AnswerLost, type DeskClient } from "./desk-client.ts";
import type { StationPlace } from "./layout.ts";
import type { Database } from "@fairlead/station";

/** The platform's part of the chain, as its own systems and two of its people see it. */
export interface Platform {
  place: StationPlace;
  db: Database;
  /** HTTP Basic of the account that posts media. */
  authorization: string;
  lead: DeskClient;
  reviewer: DeskClient;
}

/** What came of the platform's media stream. */
export interface PostedMedia {
  posts: number;
  /** Files that wait for a person, because they look like a known picture. */
  toReview: number;
  /** The platform's own numbers of the reports that were made of known files, which need nobody's eyes. */
  reports: string[];
  kinds: MediaRow[];
}

const BANK = "example-hash-list";
/** Ten known pictures, twenty that nobody knows: small enough that they cost seconds. */
const [KNOWN, OTHERS] = [10, 20];
const COPIES_EACH = 2;
const SIZE = { width: 320, height: 240 };
/** In the fixture a network abroad: the sample stream's own reports are those that go on to a police force. */
const ABROAD = "192.0.2.73";
const PATIENCE_MS = 180_000;
const PAUSE_MS = 200;

/**
 * Posts a stream of made-up photographs and edited copies of known ones, and compares what the station says with what is true, which
 * only this function knows. A lead has decided before that exact matches with the graded list need nobody's eyes.
 */
export async function postMediaStream(platform: Platform, seed: number): Promise<PostedMedia> {
  const [known, others] = [await drawn(seed, 0, KNOWN), await drawn(seed, KNOWN, OTHERS)];
  await openBank(platform, known);
  const judged: Judged[] = [];
  let toReview = 0;
  let toReport = 0;
  const plan = { known, others, edits: EDIT_NAMES, copiesEach: COPIES_EACH, postsOfOther: 1 };
  for await (const { edit, copyOf, bytes } of mediaStream(plan)) {
    const said = await posted(platform, `${seed}-${judged.length + 1}`, bytes);
    judged.push({ edit, copyOf, found: said.matches });
    if (said.action === "review") toReview += 1;
    if (said.action === "report") toReport += 1;
  }
  const reports = await patiently("the reports of known files", async () => {
    const made = await reportsOf(platform);
    return made.length < toReport ? undefined : made;
  });
  return { posts: judged.length, toReview, reports, kinds: mediaRows(judged) };
}

/** The platform's reviewer files everything that is known and needs nobody's eyes, by one act. */
export async function fileAllKnown({ reviewer }: Platform): Promise<void> {
  await patiently("what is known to be filed", async () => {
    const waiting = await reviewer.knownReports();
    if (waiting.length === 0) return true;
    await reviewer
      .fileKnown(waiting, "Known by a vetted and graded list; filed unseen.")
      .catch(ignoreLostAnswer);
    return undefined;
  });
}

async function drawn(seed: number, from: number, count: number): Promise<Original[]> {
  const originals: Original[] = [];
  for (let number = from; number < from + count; number += 1)
    originals.push(await originalOf(`picture-${number}`, drawPhotograph(String(seed), number, SIZE)));
  return originals;
}

/** Imports the list as `fairlead bank import` does, lets a lead say what its matches do, and waits until the station knows it. */
async function openBank(platform: Platform, known: readonly Original[]): Promise<void> {
  const { place, db, lead } = platform;
  const list = await listOf(known);
  const path = join(place.dir, `${BANK}.json`);
  await writeFile(path, JSON.stringify(list));
  const settings = bankSettingsSchema.parse({
    name: "Example Hash List",
    source: "Example Hash List",
    trust: "vetted-graded",
    semantics: "pdq/full",
  });
  await retryWhileDown(
    () =>
      importLists({ db, clock: Date.now }, { bank: BANK, settings, paths: [path], whole: true }, "operator"),
    { forMs: PATIENCE_MS },
  );
  await patiently("the policy", async () => {
    await lead
      .decideMatching(BANK, {
        exact: "report",
        perceptual: "review",
        reason: "Its grades are checked twice.",
      })
      .catch(ignoreLostAnswer);
    return (await lead.matchingOf(BANK)) === "report" ? true : undefined;
  });
  const last = list.at(-1)?.signals[0];
  await patiently("the bank", async () => await isKnown(platform, last));
}

async function isKnown({ place, authorization }: Platform, signal: unknown): Promise<true | undefined> {
  const response = await fetch(`${place.url}/door/media/hashes`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ signals: [signal] }),
    signal: AbortSignal.timeout(30_000),
  }).catch(() => undefined);
  if (response?.ok !== true) return undefined;
  const said = (await response.json()) as { matches: unknown[] };
  return said.matches.length > 0 ? true : undefined;
}

async function posted({ place, authorization }: Platform, number: string, bytes: Uint8Array) {
  const post = {
    reference: `upload-${number}`,
    account: { id: `account-${number}` },
    at: new Date(Date.now() - 60_000).toISOString(),
    address: ABROAD,
    port: 40_000,
    where: `https://chat.example/pictures/${number}`,
    public: true,
  };
  return await patiently(
    `an answer to ${post.reference}`,
    async () => await postMedia({ url: place.url, authorization }, post, bytes),
  );
}

async function reportsOf({ db }: Platform): Promise<string[]> {
  const rows = await retryWhileDown(
    () =>
      db.kysely
        .selectFrom("media_incident")
        .innerJoin("report", "report.id", "media_incident.report_id")
        .select("report.handed_reference")
        .execute(),
    { forMs: PATIENCE_MS },
  );
  return rows.map(({ handed_reference }) => handed_reference);
}

/** A station that is being started again answers in time. */
async function patiently<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (Date.now() > until) throw new Error(`the platform's station does not come to ${what}`);
    await sleep(PAUSE_MS);
  }
}

function ignoreLostAnswer(error: unknown): void {
  if (!(error instanceof AnswerLost)) throw error;
}
