import { createHash } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { largeFile } from "./content.ts";

/** What was sent, measured on its way, and what came back. */
export interface Sent {
  md5: string;
  sha256: string;
  seconds: number;
  status: number;
  answer: string;
}

/**
 * Sends a multipart form whose last part is a file of `bytes` bytes, with never more than a portion of it in memory.
 */
export async function sendLarge(options: {
  url: string;
  authorization: string;
  fields: Record<string, string>;
  file: string;
  bytes: number;
}): Promise<Sent> {
  const boundary = "fairlead-large";
  const hashes = { md5: createHash("md5"), sha256: createHash("sha256") };
  const began = performance.now();
  const req = request(options.url, {
    method: "POST",
    headers: {
      authorization: options.authorization,
      "content-type": `multipart/form-data; boundary=${boundary}`,
    },
  });
  const answered = once(req, "response") as Promise<[import("node:http").IncomingMessage]>;
  answered.catch(() => undefined);
  for (const [name, value] of Object.entries(options.fields))
    req.write(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  req.write(
    `--${boundary}\r\nContent-Disposition: form-data; name="${options.file}"; filename="harbour.bin"\r\n` +
      "Content-Type: application/octet-stream\r\n\r\n",
  );
  const file = largeFile(options.bytes);
  for (let at = 0; at < options.bytes; ) {
    const portion = file.from(at);
    at += portion.length;
    hashes.md5.update(portion);
    hashes.sha256.update(portion);
    if (!req.write(portion)) await Promise.race([once(req, "drain"), answered]);
  }
  req.end(`\r\n--${boundary}--\r\n`);
  const [res] = await answered;
  let answer = "";
  for await (const part of res) answer += String(part);
  return {
    md5: hashes.md5.digest("hex"),
    sha256: hashes.sha256.digest("hex"),
    seconds: (performance.now() - began) / 1000,
    status: res.statusCode ?? 0,
    answer,
  };
}
