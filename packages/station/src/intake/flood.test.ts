import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { before, test } from "node:test";
import { endOfFile, secretFile, startTestStation, type TestStation } from "../testing/station.ts";

const hook = endOfFile();
let at: TestStation;
let secret: string;

before(async () => {
  const file = await secretFile(hook);
  secret = file.secret;
  const account = (username: string) => ({
    username,
    name: username,
    kind: "platform",
    passwordFile: file.path,
  });
  const senders = [{ ...account("flood"), reportsPerHour: 1 }, account("kites")];
  at = await startTestStation(hook, {
    id: "flooded",
    profile: "clearinghouse",
    config: { senders, roles: ["intake"] },
  });
});

const basic = (username: string) => `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}`;

function submit(username: string) {
  return fetch(`${at.url}/ispws/submit`, {
    method: "POST",
    headers: { authorization: basic(username), "content-type": "text/xml" },
    body: "<report/>",
  });
}

/** The head of an answer to a call whose body never comes. */
async function withoutBody(username: string): Promise<string> {
  const socket = connect(Number(new URL(at.url).port), "127.0.0.1");
  socket.write(
    `POST /ispws/submit HTTP/1.1\r\nHost: station.example\r\nAuthorization: ${basic(username)}\r\n` +
      "Content-Type: text/xml\r\nContent-Length: 4000000\r\n\r\n",
  );
  const [bytes] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return bytes.toString("latin1");
}

test("a sender above its quota is answered 429 with Retry-After before its body is read; another sender is not", async () => {
  // What was agreed is one an hour; ten may come in one go.
  for (let n = 0; n < 10; n += 1) assert.equal((await submit("flood")).status, 400);
  const answer = await withoutBody("flood");
  assert.match(answer, /^HTTP\/1\.1 429 /);
  assert.match(answer, /\r\nretry-after: 3[56]\d\d\r\n/i);
  const told = await submit("flood");
  assert.equal(told.status, 429);
  assert.match(await told.text(), /Nothing of this call was read/);
  assert.equal((await submit("kites")).status, 400);
});

test("calls that belong to reports that were begun are not counted against the quota", async () => {
  const status = await fetch(`${at.url}/ispws/status`, { headers: { authorization: basic("flood") } });
  assert.equal(status.status, 200);
});
