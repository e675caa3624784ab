import { createHash, randomUUID } from "node:crypto";
import { exampleFile, exampleReport } from "@fairlead/assessment/testing";
import type { EvidenceId, Report } from "@fairlead/report";
import { sealStream } from "@fairlead/sealing";
import { newToken, saveAccount } from "../access/index.ts";
import type { TestStation } from "./station.ts";

/** A file as a platform's own system sends it. */
export interface TestFile {
  id: EvidenceId;
  name: string;
  mediaType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A picture of a landscape, as far as anybody can tell from its bytes. */
export function testFile(parts: Partial<TestFile> = {}): TestFile {
  return {
    id: randomUUID() as EvidenceId,
    name: "lighthouse.png",
    mediaType: "image/png",
    bytes: new Uint8Array(Buffer.from(`a lighthouse at dusk ${randomUUID()}`)),
    ...parts,
  };
}

/** A report about these files, with a number of its sender's own. */
export function testReport(files: readonly TestFile[], parts: Partial<Report> = {}): Report {
  return exampleReport({
    references: [{ kind: "this-report", issuer: "Example Platform", value: `case-${randomUUID()}` }],
    evidence: files.map((file) =>
      exampleFile({ id: file.id, name: file.name, mediaType: file.mediaType, received: undefined }),
    ),
    ...parts,
  });
}

export function formOf(report: unknown, files: readonly TestFile[]): FormData {
  const form = new FormData();
  form.set("report", typeof report === "string" ? report : JSON.stringify(report));
  for (const file of files) form.append(file.id, new Blob([file.bytes], { type: file.mediaType }), file.name);
  return form;
}

/** What is measured of a file, as a report says it. */
export function measuresOf(bytes: Uint8Array): NonNullable<Report["evidence"][number]["received"]> {
  const hash = (name: string) => createHash(name).update(bytes).digest("hex");
  return { size: bytes.length, sha256: hash("sha256"), sha1: hash("sha1"), md5: hash("md5") };
}

/** A file as a sealing account sends it: an age file for this recipient under the same id. */
export async function sealedFile(file: TestFile, recipient: string): Promise<TestFile> {
  const parts: Uint8Array[] = [];
  for await (const part of sealStream(once(file.bytes), [recipient])) parts.push(part);
  return { ...file, mediaType: "application/age-encryption", bytes: new Uint8Array(Buffer.concat(parts)) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** An account at a station's report door, and how its owner uses it. */
export interface TestSender {
  username: string;
  authorization: string;
  send(report: unknown, files?: readonly TestFile[]): Promise<Response>;
}

/** @param returnTo the peer that outcomes go back to */
export async function testSender(at: TestStation, returnTo?: string): Promise<TestSender> {
  return await newSender(at, { peer: returnTo });
}

/** An account that may hand in parts which it has sealed itself. */
export async function sealingSender(at: TestStation): Promise<TestSender> {
  return await newSender(at, { seals: true });
}

async function newSender(
  at: TestStation,
  more: { peer?: string | undefined; seals?: boolean },
): Promise<TestSender> {
  const username = `sender-${randomUUID().slice(0, 8)}`;
  const secret = newToken();
  await saveAccount(
    at.station.db.kysely,
    { username, name: username, kind: "platform", secret, ...more },
    Date.now(),
  );
  const authorization = `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}`;
  return {
    username,
    authorization,
    send: (report, files = []) =>
      fetch(`${at.url}/door/reports`, {
        method: "POST",
        headers: { authorization },
        body: formOf(report, files),
      }),
  };
}

/** Hands a report in and gives this station's id for it. */
export async function accepted(
  sender: TestSender,
  files: readonly TestFile[],
  parts: Partial<Report> = {},
): Promise<string> {
  const response = await sender.send(testReport(files, parts), files);
  if (response.status !== 201) throw new Error(`the report was not taken: ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}
