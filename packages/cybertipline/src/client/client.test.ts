import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import * as fc from "fast-check";
import type { ReportNumber } from "../document/scalars.ts";
import { CyberTiplineError } from "../error.ts";
import { OTHER_PLATFORM, REPORT_XML, startLoopback } from "../server/loopback-fixture.ts";
import type { Client } from "./client.ts";
import { bytesOf, clientHearing, clientOf, REPORT, reportResponse } from "./client-fixture.ts";
import { ClientError } from "./error.ts";

const ID = "4564654" as ReportNumber;

/** Awaits a `ClientError` and gives it. */
async function failure(call: Promise<unknown>): Promise<ClientError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof ClientError, String(error));
    return error;
  }
  return assert.fail("the call must fail");
}

/** Every method once. */
const EVERY = {
  status: (client) => client.status(),
  xsd: (client) => client.xsd(),
  submit: (client) => client.submit(REPORT),
  upload: (client) => client.upload(ID, { bytes: bytesOf("hills") }),
  fileinfo: (client) => client.fileinfo({ reportId: ID, fileId: "b" }),
  finish: (client) => client.finish(ID),
  retract: (client) => client.retract(ID),
} as const satisfies Record<string, (client: Client) => Promise<unknown>>;

test("files a whole report, and nothing of it is rewritten on the way", async () => {
  await using server = await startLoopback();
  const client = clientOf(server);
  const status = await client.status();
  assert.match(status.description, /^Remote User : platform/);
  assert.match(status.requestId ?? "", /^[0-9a-f]{32}$/);
  assert.match((await client.xsd()).schema, /<xs:schema/);
  const { reportId } = await client.submit(REPORT);
  const bytes = new Uint8Array(200_000).fill(7);
  const uploaded = await client.upload(reportId, {
    fileName: 'a "hill"\r\nX: y & höhe.png',
    mediaType: "image/png",
    bytes: bytesOf(bytes, "", "end"),
  });
  const md5 = createHash("md5").update(bytes).update("end").digest("hex");
  assert.deepEqual([uploaded.md5, uploaded.byteLength], [md5, 200_003]);
  const { fileId } = uploaded;
  await client.fileinfo({ reportId, fileId, originalFileName: "007", fileViewedByEsp: true });
  assert.deepEqual((await client.finish(reportId)).fileIds, [fileId]);

  const [kept] = server.store.reports();
  assert.deepEqual(kept?.submission.report, REPORT);
  const [file] = kept.files.values();
  // Quotes and line breaks cannot stand in a header; they arrive as browsers send them.
  assert.deepEqual(
    [file?.upload.fileName, file?.upload.mediaType],
    ["a %22hill%22%0D%0AX: y & höhe.png", "image/png"],
  );
  assert.equal(file?.description?.details.originalFileName, "007");
});

test("sends a document that is already written exactly as it is", async () => {
  await using server = await startLoopback();
  await clientOf(server).submit(new TextEncoder().encode(REPORT_XML));
  assert.equal(Buffer.from(server.store.reports()[0]?.submission.xml ?? []).toString(), REPORT_XML);
});

test("carries any bytes and any file name to the server", async () => {
  await using server = await startLoopback();
  const client = clientOf(server);
  const { reportId } = await client.submit(REPORT);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 }),
      fc.option(fc.string({ unit: "binary", maxLength: 40 }), { nil: undefined }),
      async (chunks, fileName) => {
        const { fileId } = await client.upload(reportId, {
          bytes: bytesOf(...chunks),
          ...(fileName !== undefined && { fileName }),
        });
        const file = [...(server.store.reports()[0]?.files.values() ?? [])].at(-1);
        assert.equal(file?.upload.fileId, fileId);
        assert.equal(Buffer.from(file.bytes).toString("hex"), Buffer.concat(chunks).toString("hex"));
      },
    ),
    { numRuns: 30 },
  );
});

test("throws the server's refusals with code, description, request id and what to do", async () => {
  await using server = await startLoopback();
  const client = clientOf(server);
  const { reportId } = await client.submit(REPORT);
  await client.finish(reportId);
  const late = await failure(client.retract(reportId));
  assert.deepEqual(
    [late.code, late.responseCode, late.advice, late.effect, late.httpStatus],
    ["refused", 5102, "state", "none", 409],
  );
  assert.match(late.requestId ?? "", /^[0-9a-f]{32}$/);
  assert.equal((await failure(client.finish(ID))).responseCode, 5001);
  const invalid = await failure(client.submit(new TextEncoder().encode("<report>\n<x/></report>")));
  assert.deepEqual([invalid.responseCode, invalid.advice], [4100, "rejected"]);
  assert.match(invalid.message, /^Validation failed\n\[2,1\] - /);
  const nobody = await failure(clientOf(server, { password: "wrong" }).submit(REPORT));
  assert.deepEqual([nobody.responseCode, nobody.advice, nobody.httpStatus], [2000, "credentials", 401]);
  const { reportId: foreign } = await clientOf(server, OTHER_PLATFORM).submit(REPORT);
  assert.equal((await failure(client.retract(foreign))).responseCode, 5001);
});

test("hears the end of a refused upload without sending the file", async () => {
  await using server = await startLoopback();
  let sent = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (; sent < 500; sent += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      yield new Uint8Array(64 * 1024);
    }
  }
  const error = await failure(clientOf(server).upload(ID, { bytes: endless() }));
  assert.ok(error.responseCode === 5001 || error.code === "no-answer", error.message);
  assert.ok(sent < 500);
});

test("takes a non-zero code in a 200 for an error, on every endpoint, known or not", async () => {
  for (const [code, advice, effect] of [
    [1000, "retry", "unknown"],
    [1999, "retry", "unknown"],
    [2000, "credentials", "none"],
    [3100, "credentials", "none"],
    [4100, "rejected", "none"],
    [5102, "state", "none"],
    [7777, "unknown", "unknown"],
  ] as const) {
    for (const [name, call] of Object.entries(EVERY)) {
      for (const status of [200, 400, 500]) {
        const error = await failure(
          call(clientHearing(() => new Response(reportResponse(code), { status }))),
        );
        assert.deepEqual(
          [error.code, error.responseCode, error.advice, error.effect, error.message],
          ["refused", code, advice, effect, "said"],
          `${name} ${String(code)}`,
        );
      }
    }
  }
});

test("understands a refusal of /finish in either root element, however little it says", async () => {
  for (const body of [
    "<reportDoneResponse><responseCode>4100</responseCode></reportDoneResponse>",
    "<reportDoneResponse><responseCode> 4100 </responseCode><reportId>1</reportId><files/></reportDoneResponse>",
    "<reportResponse><responseCode>4100</responseCode><new>element</new></reportResponse>",
  ]) {
    assert.equal((await failure(clientHearing(() => new Response(body)).finish(ID))).responseCode, 4100);
  }
});

test("reads no success out of an answer that is not exactly one", async () => {
  const body = (xml: string, status = 200) => clientHearing(() => new Response(xml, { status }));
  const bad: readonly [Promise<unknown>, string][] = [
    [body("").submit(REPORT), "unknown"],
    [body("<html>Welcome</html>").finish(ID), "unknown"],
    [body("Success").retract(ID), "unknown"],
    [body("", 502).retract(ID), "retry"],
    [body("", 429).retract(ID), "retry"],
    [body("", 404).retract(ID), "unknown"],
    [body(reportResponse(0), 500).retract(ID), "retry"],
    [body(reportResponse(0), 400).retract(ID), "unknown"],
    // No number, another report's number, a receipt of the wrong kind, no file id.
    [body(reportResponse(0)).submit(REPORT), "unknown"],
    [body(reportResponse(0, "<reportId>1</reportId>")).retract(ID), "unknown"],
    [body(reportResponse(0, `<reportId>${ID}</reportId>`)).finish(ID), "unknown"],
    [body(reportResponse(0, `<reportId>${ID}</reportId>`)).upload(ID, { bytes: bytesOf("x") }), "unknown"],
    [body(`${reportResponse(0)}<!-- -->x`).retract(ID), "unknown"],
    [body("<reportResponse><responseCode>-1</responseCode></reportResponse>").retract(ID), "unknown"],
  ];
  for (const [call, advice] of bad) {
    const error = await failure(call);
    assert.deepEqual(
      [error.code, error.effect, error.advice],
      ["bad-answer", "unknown", advice],
      error.message,
    );
  }
});

test("understands the documented receipts", async () => {
  const done = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<reportDoneResponse>\n    <responseCode>0</responseCode>\n    <reportId>${ID}</reportId>\n    <files>\n        <fileId>b0754af766b426f2928a02c651ed4b99</fileId>\n    </files>\n</reportDoneResponse>\n`;
  assert.deepEqual(await clientHearing(() => new Response(done)).finish(ID), {
    fileIds: ["b0754af766b426f2928a02c651ed4b99"],
  });
  const empty = done.replace(/<files>[\s\S]*<\/files>/, "<files/>");
  assert.deepEqual(await clientHearing(() => new Response(empty)).finish(ID), { fileIds: [] });
});

test("compares the MD5 of what it sent with the one the server computed", async () => {
  const md5 = createHash("md5").update("hills").digest("hex");
  const answer = (hash: string) =>
    clientHearing(() => new Response(reportResponse(0, `<fileId>b1</fileId>${hash}`))).upload(ID, {
      bytes: bytesOf("hills"),
    });
  assert.equal((await answer(`<hash>${md5.toUpperCase()}</hash>`)).md5, md5);
  for (const hash of ["", `<hash>${md5.replace(/^./, "0").replace(/.$/, "0")}</hash>`, "<hash></hash>"]) {
    const error = await failure(answer(hash));
    assert.deepEqual([error.code, error.advice, error.effect], ["hash-mismatch", "retry", "unknown"]);
  }
});

test("believes no server that accepts a file before it has the whole of it", async () => {
  const md5 = createHash("md5").digest("hex");
  const answer = reportResponse(0, `<fileId>b1</fileId><hash>${md5}</hash>`);
  const hasty = clientOf(
    { base: "https://clearinghouse.example/ispws" },
    { fetch: async () => new Response(answer) },
  );
  const error = await failure(hasty.upload(ID, { bytes: bytesOf("hills") }));
  assert.deepEqual([error.code, error.effect], ["bad-answer", "unknown"]);
});

test("follows no redirect, so that neither credentials nor reports go astray", async () => {
  const urls: string[] = [];
  const http = createHttpServer((req, res) => {
    urls.push(req.url ?? "");
    res.writeHead(307, { Location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  const { port } = http.address() as AddressInfo;
  const client = clientOf({ base: `http://127.0.0.1:${String(port)}/ispws` });
  const error = await failure(client.submit(REPORT));
  assert.deepEqual([error.code, error.httpStatus, urls], ["bad-answer", 307, ["/ispws/submit"]]);
  http.closeAllConnections();
  http.close();
});

test("says that the outcome is unknown when no answer comes, whatever the reason", async () => {
  await using server = await startLoopback({
    around: (store) => ({ ...store, finish: () => new Promise(() => {}) }),
  });
  const { reportId } = await clientOf(server).submit(REPORT);
  const impatient = clientOf(server, { timeouts: { answerMs: 50 } });
  const timeout = await failure(impatient.finish(reportId));
  assert.deepEqual([timeout.code, timeout.advice, timeout.effect], ["no-answer", "retry", "unknown"]);
  const refused = await failure(clientOf({ base: "http://127.0.0.1:1/ispws" }).status());
  assert.deepEqual([refused.code, refused.effect], ["no-answer", "unknown"]);
  const broken = clientHearing(
    () =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            controller.error(new Error("reset"));
          },
        }),
      ),
  );
  assert.equal((await failure(broken.status())).code, "no-answer");
  const huge = clientHearing(() => new Response("x".repeat(4 * 1024 * 1024 + 1)));
  assert.equal((await failure(huge.status())).code, "no-answer");
});

test("gives up on an upload that makes no progress, not on one that is slow", async () => {
  await using server = await startLoopback();
  const client = clientOf(server, { timeouts: { stallMs: 100, answerMs: 5000 } });
  const { reportId } = await client.submit(REPORT);
  async function* slow(pauses: number, ms: number): AsyncGenerator<Uint8Array> {
    for (let count = 0; count < pauses; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      yield new Uint8Array(10);
    }
  }
  assert.equal((await client.upload(reportId, { bytes: slow(6, 30) })).byteLength, 60);
  assert.equal((await failure(client.upload(reportId, { bytes: slow(1, 400) }))).code, "no-answer");
});

test("tells a file that cannot be read from a server that does not answer, and the server keeps nothing", async () => {
  await using server = await startLoopback();
  const client = clientOf(server);
  const { reportId } = await client.submit(REPORT);
  async function* torn(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1000);
    throw new Error("EIO");
  }
  const error = await failure(client.upload(reportId, { bytes: torn() }));
  assert.deepEqual([error.code, error.advice, (error.cause as Error).message], ["source", "unknown", "EIO"]);
  assert.equal(server.store.reports()[0]?.files.size, 0);
});

test("hears when the server wants to be asked again", async () => {
  const after = async (header: string): Promise<number | undefined> => {
    const headers = { "Retry-After": header };
    const client = clientHearing(() => new Response(reportResponse(1100), { status: 503, headers }));
    return (await failure(client.submit(REPORT))).retryAfterMs;
  };
  assert.equal(await after("17"), 17_000);
  assert.equal(await after("Sun, 01 Mar 2026 12:01:00 GMT"), 60_000);
  assert.equal(await after("Sun, 01 Mar 2026 11:00:00 GMT"), 0);
  assert.equal(await after("soon"), undefined);
});

test("sends nothing that does not fit the schema", async () => {
  const client = clientHearing(() => assert.fail("nothing may be sent"));
  const wrong = { ...REPORT, incidentSummary: { ...REPORT.incidentSummary, incidentDateTime: "yesterday" } };
  await assert.rejects(client.submit(wrong), CyberTiplineError);
});
