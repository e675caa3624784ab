import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { crc32, deflateSync } from "node:zlib";
import { bankSettingsSchema, makeBank } from "../banks/settings.ts";
import { saidEntrySchema, type SaidEntry } from "../banks/entry.ts";
import { writeEntries } from "../banks/write-entries.ts";
import type { StationConfig } from "../config.ts";
import type { MediaAnswer, MediaPost } from "../media/wire.ts";
import type { AfterHook } from "../store/testing/database.ts";
import { filingPeer, introduce } from "./peers.ts";
import { secretFile, startTestStation, type TestStation } from "./station.ts";

const PICTURES = new URL("../../../matching/data/pdq/images/", import.meta.url);

/** One of the innocent photographs that the matching package brings. */
export async function photograph(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(new URL(name, PICTURES)));
}

/** A picture of coloured squares: another for each seed, and like none of the photographs. */
export function squares(seed: number): Uint8Array<ArrayBuffer> {
  const [side, cell] = [256, 32];
  const rows = Array.from({ length: side }, (_, y) =>
    Buffer.from([
      0,
      ...Array.from({ length: side }, (__, x) => {
        const at = Math.floor(x / cell) * 31 + Math.floor(y / cell) * 17 + seed * 101;
        return [(at * 2_654_435_761) >>> 24, (at * 40_503) & 0xff, (at * 7919) & 0xff];
      }).flat(),
    ]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(Buffer.concat(rows))),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
}

/** PNG (third edition), 5.3. */
function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A platform's station with a door for media, and what its own systems send there. */
export interface MediaPlatform extends TestStation {
  post(bytes: Uint8Array<ArrayBuffer>, more?: Partial<MediaPost>): Promise<Response>;
  /** Posts, and gives the answer. */
  answer(bytes: Uint8Array<ArrayBuffer>, more?: Partial<MediaPost>): Promise<MediaAnswer>;
  authorization: string;
}

const USERNAME = "example-chat-media";

/** @param house the clearinghouse with which its people file */
export async function startMediaPlatform(
  hook: AfterHook,
  { house, media = {}, ...more }: { house?: TestStation; media?: object } & Record<string, unknown> = {},
): Promise<MediaPlatform> {
  const { secret, path } = await secretFile(hook);
  const at = await startTestStation(hook, {
    id: "example-chat",
    profile: "platform",
    config: {
      senders: [{ username: USERNAME, name: "Example Chat", kind: "platform", passwordFile: path }],
      media: { accounts: [{ username: USERNAME }], gatherSeconds: 0, ...media },
      ...more,
    },
  });
  if (house !== undefined) {
    const peer = await filingPeer(hook, at, house);
    await introduce(at, peer);
    const config: StationConfig = at.station.config;
    config.peers = [peer];
    if (config.media !== undefined) config.media.fileWith = peer.id;
  }
  const authorization = `Basic ${Buffer.from(`${USERNAME}:${secret}`).toString("base64")}`;
  const post: MediaPlatform["post"] = async (bytes, parts = {}) =>
    await fetch(`${at.url}/door/media`, {
      method: "POST",
      headers: { authorization },
      body: mediaForm(mediaPost(parts), bytes),
    });
  return {
    ...at,
    authorization,
    post,
    async answer(bytes, parts) {
      const response = await post(bytes, parts);
      if (!response.ok) throw new Error(`the post was not taken: ${await response.text()}`);
      return (await response.json()) as MediaAnswer;
    },
  };
}

export function mediaPost(parts: Partial<MediaPost> = {}): MediaPost {
  return {
    reference: `post-${randomUUID()}`,
    account: { id: `1${Math.floor(Math.random() * 1e9)}`, name: "kite-flyer" },
    at: "2026-11-20T14:03:07+01:00",
    address: "192.0.2.17",
    port: 40_123,
    where: "https://chat.example.com/albums/7",
    public: true,
    fileName: "bridge.jpg",
    ...parts,
  };
}

export function mediaForm(post: unknown, bytes: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  form.set("post", JSON.stringify(post));
  form.append("file", new Blob([bytes]), "bridge.jpg");
  return form;
}

/** A bank with one entry for each of these hashes, live at once or within the second. */
export async function bankOf(
  { station }: Pick<TestStation, "station">,
  id: string,
  entries: ReadonlyArray<Partial<SaidEntry>>,
  settings: object = {},
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const made = bankSettingsSchema.parse({
      name: `Bank ${id}`,
      source: "Example Kite Society",
      ...settings,
    });
    await makeBank(tx, id, made, "operator", now);
    const said = entries.map((entry) => saidEntrySchema.parse({ key: randomUUID(), signals: [], ...entry }));
    await writeEntries(tx, id, { entries: said, removed: [] }, "operator", station.clock);
  });
}
