import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { AfterHook } from "../store/testing/database.ts";

export interface Heard {
  path: string;
  body: Buffer;
  sha256: string;
}

/** A line to a station that a test can spoil. */
export interface Relay {
  url: string;
  /** What came by, in its order. */
  heard: Heard[];
  /** How the next requests are answered; `forward` is the healthy line. */
  answer: "forward" | "swallow" | "silence" | ((response: ServerResponse) => void);
}

/** A relay before the station at `target`: it forwards, swallows the answer, keeps silent or answers by itself. */
export async function startRelay(hook: AfterHook, target: string): Promise<Relay> {
  const relay: Relay = { url: "", heard: [], answer: "forward" };
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const path = request.url ?? "/";
    relay.heard.push({ path, body, sha256: createHash("sha256").update(body).digest("hex") });
    const { answer } = relay;
    if (answer === "silence") return;
    if (typeof answer === "function") {
      answer(response);
      return;
    }
    const passed = await fetch(`${target}${path}`, {
      method: request.method ?? "GET",
      headers: {
        "content-type": request.headers["content-type"] ?? "",
        ...(request.headers.authorization === undefined
          ? {}
          : { authorization: request.headers.authorization }),
      },
      ...(request.method === "GET" ? {} : { body: new Uint8Array(body) }),
    });
    const text = await passed.text();
    if (answer === "swallow") response.destroy();
    else
      response
        .writeHead(passed.status, { "content-type": passed.headers.get("content-type") ?? "" })
        .end(text);
  };
  // A line that breaks in the middle looks to its user like one that was cut.
  const server = createServer(
    (request, response) => void pass(request, response).catch(() => response.destroy()),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  hook.after(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  relay.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return relay;
}
