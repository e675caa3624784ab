import { createServer } from "node:http";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import {
  encodeBundle,
  encodeSignedBundle,
  type ReportBundle,
  sealForVerifier,
  type SignedBundle,
  signBundle,
} from "@fairlead/franking";
import { nodeCrypto } from "@fairlead/franking/node";
import { createTimestampAuthority, issueTimestamp } from "@fairlead/franking/verify";
import { newId } from "../store/index.ts";
import { type TestHub, text } from "./chat.ts";
import { type Heard, headOf, type TestClient, type TestRoom } from "./chat-rooms.ts";
import type { AfterHook } from "../store/testing/database.ts";

/** A report of everything that a device heard in a room, as its messenger would make it. */
export async function reportOf(
  hub: TestHub,
  by: TestClient,
  room: TestRoom,
  heard: Heard["said"],
  change: Partial<ReportBundle> = {},
): Promise<{ reportId: string; signed: SignedBundle; sealed: string; bundle: ReportBundle }> {
  const { heads } = await by.device.ask<{ heads: Parameters<typeof headOf>[0][] }>(
    "GET",
    "/chat/inbox?after=0",
  );
  const head = heads.find(({ roomUri }) => roomUri === room.uri);
  if (head === undefined) throw new Error("a room that was heard has a head");
  const seqs = heard.map(({ delivered }) => delivered.ext.roomSeq);
  const reportId = newId(Date.now());
  const bundle: ReportBundle = {
    version: 1,
    reportId,
    roomUri: room.uri,
    reporter: { uri: by.device.uri, deviceId: by.device.deviceId },
    accusedUri: heard.find(({ from }) => from !== by.device.uri)?.from ?? "",
    category: "other",
    note: "",
    items: heard.map(({ delivered, content, from }) => ({
      selected: from !== by.device.uri,
      content,
      senderUri: from,
      deviceId: delivered.deviceId,
      epoch: hub.mls.inspect(room.state).epoch,
      acceptedAt: delivered.context.acceptedAt,
      frank: delivered.frank,
      ext: delivered.ext,
      attachments: [],
    })),
    withheld: [],
    window: {
      from: seqs[0] ?? 0n,
      to: seqs.at(-1) ?? 0n,
      firstSeq: seqs[0] ?? 0n,
      headAtReport: headOf(head),
    },
    client: { version: "1", build: "test" },
    createdAt: BigInt(Date.now()),
    ...change,
  };
  encodeBundle(bundle);
  const signed = await signBundle(nodeCrypto, by.device.privateKey, bundle);
  const sealed = await sealForVerifier(
    hub.verifier.publicKey,
    encodeSignedBundle(signed),
    new TextEncoder().encode(bundle.reportId),
  );
  return { reportId: bundle.reportId, signed, sealed: text(sealed), bundle };
}

/** The verifier at its door. */
export function officeOf(hub: TestHub, authorization = hub.verifier.authorization) {
  return (method: string, path: string, body?: unknown) =>
    fetch(`${hub.url}/chat-office/${path}`, {
      method,
      headers: {
        authorization,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

export interface TestAuthority {
  url: string;
  /** DER. */
  root: Uint8Array;
  certificateFile: string;
  /** Requests so far. */
  asked: number;
  isAway: boolean;
}

/** A timestamp authority on loopback. */
export async function startAuthority(hook: AfterHook, folder: string): Promise<TestAuthority> {
  const now = Date.now();
  const own = createTimestampAuthority("Test Time", { from: now - 86_400_000, to: now + 86_400_000 * 4000 });
  const certificateFile = join(folder, `tsa-${now}.der`);
  await writeFile(certificateFile, own.root);
  const authority: TestAuthority = { url: "", root: own.root, certificateFile, asked: 0, isAway: false };
  const server = createServer((request, response) => {
    authority.asked += 1;
    void buffer(request).then((body) => {
      if (authority.isAway) return response.writeHead(503).end();
      const answer = issueTimestamp(own, new Uint8Array(body), Date.now());
      return response.writeHead(200, { "content-type": "application/timestamp-reply" }).end(answer);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  hook.after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  authority.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return authority;
}
