import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import * as fc from "fast-check";
import { basic, type Loopback, PLATFORM, platform, REPORT_XML, startLoopback } from "./loopback-fixture.ts";

const BOUNDARY = "x-shape-7f3a";
const ID_PART = (reportId: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="id"\r\n\r\n${reportId}\r\n`;
const FILE_HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n`;
const CLOSE = `\r\n--${BOUNDARY}--\r\n`;
const MULTIPART = `Content-Type: multipart/form-data; boundary=${BOUNDARY}`;

const head = (requestLine: string, ...headers: string[]): string =>
  [`${requestLine} HTTP/1.1`, "Host: x", `Authorization: ${basic(PLATFORM)}`, ...headers, "", ""].join(
    "\r\n",
  );
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

/** A client without manners: what it says is exactly what is sent. */
async function dial({ port }: Loopback): Promise<{
  socket: Socket;
  say: (text: string) => void;
  /** What has come once it matches; it fails when the connection closes without. */
  hear: (pattern: RegExp) => Promise<string>;
  /** Everything that has come when the connection is closed. */
  end: () => Promise<string>;
}> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.setEncoding("utf8");
  socket.on("data", (more: string) => {
    text += more;
  });
  socket.on("error", () => {});
  await once(socket, "connect");
  const hear = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(text)) {
      if (socket.closed || socket.readableEnded) assert.fail(`closed after ${JSON.stringify(text)}`);
      await new Promise((resolve) => {
        for (const event of ["data", "close", "end"]) socket.once(event, resolve);
      });
    }
    return text;
  };
  const end = async (): Promise<string> => {
    if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
    return text;
  };
  return { socket, say: (more) => void socket.write(more), hear, end };
}

/** Waits until the server has dealt with that many requests. */
async function settled(server: Loopback, count: number): Promise<void> {
  while (server.events.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

test("takes a chunked upload without a length, its id after its file, in crumbs", async () => {
  await using server = await startLoopback();
  const reportId = await platform(server.base).open();
  const { say, hear, socket } = await dial(server);
  const body = `${FILE_HEAD}green hills\r\n${ID_PART(reportId)}--${BOUNDARY}--\r\n`;
  say(head("POST /ispws/upload", MULTIPART, "Transfer-Encoding: chunked"));
  for (let start = 0; start < body.length; start += 11) {
    say(chunk(body.slice(start, start + 11)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  say("0\r\n\r\n");
  await hear(/<hash>[0-9a-f]{32}<\/hash>/);
  const [file] = server.store.reports()[0]?.files.values() ?? [];
  assert.equal(Buffer.from(file?.bytes ?? []).toString(), "green hills");
  // The connection is still good for another request.
  say(head("GET /ispws/status"));
  await hear(/Remote User/);
  socket.destroy();
});

test("keeps nothing of an upload whose client goes away, however it goes", async () => {
  await using server = await startLoopback();
  const reportId = await platform(server.base).open();
  const body = `${ID_PART(reportId)}${FILE_HEAD}${"~".repeat(100_000)}`;
  for (const leave of ["destroy", "end", "resetAndDestroy"] as const) {
    const before = server.events.length;
    const { say, socket } = await dial(server);
    say(head("POST /ispws/upload", MULTIPART, `Content-Length: ${String(body.length + 1000)}`));
    say(body);
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket[leave]();
    await settled(server, before + 1);
    assert.equal(server.events.at(-1)?.name, "cybertipline.client-gone", leave);
    assert.equal(server.store.stagedCount(), 0);
    assert.equal(server.store.reports()[0]?.files.size, 0);
    socket.destroy();
  }
});

test("refuses a form that is cut short although its body is whole, and keeps nothing", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const reportId = await esp.open();
  const form = `multipart/form-data; boundary=${BOUNDARY}`;
  for (const body of [
    `${ID_PART(reportId)}${FILE_HEAD}green hills`,
    `${ID_PART(reportId)}${FILE_HEAD}green hills\r\n--${BOUNDARY}`,
    `${FILE_HEAD}green hills\r\n${ID_PART(reportId)}`,
    ID_PART(reportId),
    "",
  ]) {
    const answer = await esp.post("/upload", body, form);
    assert.deepEqual([answer.status, answer.code], [400, 4200], answer.body);
  }
  const noFile = await esp.post("/upload", `${ID_PART(reportId)}--${BOUNDARY}--\r\n`, form);
  assert.deepEqual([noFile.status, noFile.code], [400, 4200]);
  const noId = await esp.post("/upload", `${FILE_HEAD}x${CLOSE}`, form);
  assert.deepEqual([noId.status, noId.code], [400, 4000]);
  const badId = await esp.post("/upload", `${FILE_HEAD}x\r\n${ID_PART("7x")}--${BOUNDARY}--`, form);
  assert.deepEqual([badId.status, badId.code], [400, 4000]);
  assert.equal(server.store.stagedCount(), 0);
  assert.equal(server.store.reports()[0]?.files.size, 0);
});

test("gives up on a client that falls silent, and says so in the protocol's words", async () => {
  await using server = await startLoopback({ limits: { idleMs: 40 } });
  const reportId = await platform(server.base).open();
  for (const [request, sent, code] of [
    ["POST /ispws/upload", `${ID_PART(reportId)}${FILE_HEAD}green`, 1110],
    ["POST /ispws/upload", "", 1110],
    ["POST /ispws/submit", "<report>", 1100],
    ["POST /ispws/finish", `--${BOUNDARY}`, 1300],
  ] as const) {
    const { say, end } = await dial(server);
    say(
      head(
        request,
        MULTIPART.replace(
          "multipart/form-data",
          request.endsWith("submit") ? "text/xml" : "multipart/form-data",
        ),
        "Content-Length: 10000",
      ),
    );
    say(sent);
    const answer = await end();
    assert.match(answer, /^HTTP\/1\.1 408 /);
    assert.match(answer, new RegExp(`<responseCode>${String(code)}<`));
  }
  assert.equal(server.store.stagedCount(), 0);
});

test("gives up on a client that drips, and on one that takes for ever", async () => {
  for (const limits of [
    { graceMs: 0, bytesPerSecond: 1_000_000 },
    { graceMs: 60_000, documentTotalMs: 30, uploadTotalMs: 30 },
  ]) {
    await using server = await startLoopback({ limits });
    const reportId = await platform(server.base).open();
    const { say, hear, socket } = await dial(server);
    say(head("POST /ispws/upload", MULTIPART, "Transfer-Encoding: chunked"));
    say(chunk(`${ID_PART(reportId)}${FILE_HEAD}`));
    const drip = setInterval(() => {
      say(chunk("~"));
    }, 10);
    assert.match(await hear(/<\/reportResponse>/), /^HTTP\/1\.1 408 [\s\S]*<responseCode>1110</);
    clearInterval(drip);
    socket.destroy();
    assert.equal(server.store.stagedCount(), 0);
  }
});

test("asks for credentials before it has read any of the body", async () => {
  await using server = await startLoopback();
  const { say, hear, socket } = await dial(server);
  say("POST /ispws/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n");
  const answer = await hear(/\r\n\r\n/);
  assert.match(answer, /^HTTP\/1\.1 401 /);
  assert.match(answer, /Connection: close/i);
  socket.destroy();
});

test("answers a refused upload at once, reads only a little more, and closes", async () => {
  await using server = await startLoopback({ limits: { lingerBytes: 100_000, lingerMs: 60_000 } });
  const esp = platform(server.base);
  const reportId = await esp.open();
  await esp.finish(reportId);
  const { say, hear, end, socket } = await dial(server);
  say(head("POST /ispws/upload", MULTIPART, "Content-Length: 1000000000"));
  say(`${ID_PART(reportId)}${FILE_HEAD}${"~".repeat(1000)}`);
  await hear(/<responseCode>5102<[\s\S]*<\/reportResponse>/);
  const flood = setInterval(() => {
    if (!socket.destroyed) say("~".repeat(60_000));
  }, 1);
  await end();
  clearInterval(flood);
  assert.ok(socket.bytesWritten < 100_000_000);
});

test("stays in step and on its feet under requests that are no HTTP or two things at once", async () => {
  await using server = await startLoopback();
  const length = String(REPORT_XML.length);
  const requests = [
    "\u0000\u0001\u0002\u0003\r\n\r\n",
    "GET\r\n\r\n",
    "GET /ispws/status HTTP/9.9\r\n\r\n",
    `${"A".repeat(100_000)}\r\n\r\n`,
    head("POST /ispws/submit", `Content-Length: ${length}`, "Transfer-Encoding: chunked") + REPORT_XML,
    head("POST /ispws/submit", "Content-Length: 1", `Content-Length: ${length}`) + REPORT_XML,
    head("POST /ispws/submit", "Content-Length: -1") + REPORT_XML,
    head("POST /ispws/submit", "Content-Length: 1e3") + REPORT_XML,
    head("POST /ispws/submit", "Transfer-Encoding: chunked, identity") + chunk(REPORT_XML),
    head("POST /ispws/submit", "Transfer-Encoding: chunked") + `zz\r\n${REPORT_XML}\r\n0\r\n\r\n`,
    head("POST /ispws/submit", "Transfer-Encoding : chunked") + chunk(REPORT_XML),
    head("GET /ispws/status", "X: a\u0000b"),
    head("GET /ispws/status", "X: a\n b"),
  ];
  for (const request of requests) {
    const { say, end, socket } = await dial(server);
    say(request);
    socket.end();
    const answer = await end();
    assert.match(answer, /^(HTTP\/1\.1 4\d\d |$)/, JSON.stringify(request.slice(0, 200)));
  }
  assert.deepEqual(server.store.reports(), []);
  // Two requests in one packet are two requests; what follows a body is nothing but the next request.
  const { say, hear, socket } = await dial(server);
  const hidden = `GET /ispws/status HTTP/1.1\r\nHost: x\r\n\r\n`;
  say(head("POST /ispws/retract", "Content-Length: 4") + `id=1${hidden}${head("GET /ispws/status")}`);
  const answers = await hear(/Remote User[\s\S]*<\/reportResponse>/);
  assert.deepEqual(answers.match(/HTTP\/1\.1 \d+/g), ["HTTP/1.1 404", "HTTP/1.1 401", "HTTP/1.1 200"]);
  socket.destroy();
});

test("answers an absolute request target like a relative one", async () => {
  await using server = await startLoopback();
  const { say, hear, socket } = await dial(server);
  say(head("GET http://clearinghouse.example/ispws/status"));
  await hear(/Remote User/);
  socket.destroy();
});

test("never answers a bad request with its own fault, whatever is sent to whichever endpoint", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const reportId = await esp.open();
  const token = fc.constantFrom(
    ID_PART(reportId),
    FILE_HEAD,
    CLOSE,
    `id=${reportId}`,
    "id=",
    "&",
    "%00",
    REPORT_XML,
    `<fileDetails><reportId>${reportId}</reportId><fileId>b</fileId></fileDetails>`,
    "<report>",
    "<![CDATA[",
    "&#0;",
  );
  const body = fc
    .array(fc.oneof(token, fc.string({ unit: "binary", maxLength: 20 })), { maxLength: 6 })
    .map((parts) => parts.join(""));
  const type = fc.constantFrom(
    `multipart/form-data; boundary=${BOUNDARY}`,
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "application/x-www-form-urlencoded",
    "text/xml",
    "\u00ff",
  );
  const path = fc.constantFrom("/submit", "/upload", "/fileinfo", "/retract", "/finish", "/x");
  await fc.assert(
    fc.asyncProperty(path, type, body, async (to, contentType, content) => {
      const answer = await esp.post(to, content, contentType);
      assert.ok(answer.status < 500 && answer.status !== 408, `${String(answer.status)} ${answer.body}`);
      assert.equal(answer.status === 200, answer.code === 0);
    }),
    { numRuns: 80 },
  );
  assert.equal(server.store.stagedCount(), 0);
});
