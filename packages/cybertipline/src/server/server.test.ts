import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import {
  assertRefused,
  detailsXml,
  PLATFORM,
  platform,
  REPORT_XML,
  reportAbout,
  startLoopback,
} from "./loopback-fixture.ts";

const UNKNOWN_FILE = `b${"0".repeat(31)}`;

test("answers /status with the documented sentence, without a report number", async () => {
  await using server = await startLoopback();
  const answer = await platform(server.base).call("/status");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/xml");
  assert.match(answer.headers.get("request-id") ?? "", /^[0-9a-f]{32}$/);
  assert.equal(answer.element("responseDescription"), "Remote User : platform, Remote Ip : 127.0.0.1");
  assert.deepEqual([answer.code, answer.element("reportId")], [0, undefined]);
});

test("serves a schema at /xsd with which libxml2 takes a report and refuses another", async () => {
  await using server = await startLoopback();
  const answer = await platform(server.base).call("/xsd");
  assert.equal(answer.headers.get("content-type"), "application/xml");
  using schema = XmlDocument.fromString(answer.body);
  using validator = XsdValidator.fromDoc(schema);
  using good = XmlDocument.fromString(REPORT_XML);
  validator.validate(good);
  using bad = XmlDocument.fromString("<report><reporter/></report>");
  assert.throws(() => {
    validator.validate(bad);
  });
});

test("takes a report through the whole cycle and keeps its bytes", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const submitted = await esp.submit();
  assert.deepEqual(
    [submitted.status, submitted.code, submitted.element("responseDescription")],
    [200, 0, "Success"],
  );
  const reportId = submitted.element("reportId") ?? "";
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251);
  const uploaded = await esp.upload(reportId, bytes);
  const fileId = uploaded.element("fileId") ?? "";
  assert.match(fileId, /^b[0-9a-f]{31}$/);
  assert.equal(uploaded.element("hash"), createHash("md5").update(bytes).digest("hex"));
  assert.equal(uploaded.element("reportId"), reportId);
  const described = await esp.describe(reportId, fileId, "<originalFileName>hills.png</originalFileName>");
  assert.deepEqual([described.code, described.element("reportId")], [0, reportId]);
  const finished = await esp.finish(reportId);
  assert.match(finished.body, /<reportDoneResponse>/);
  assert.deepEqual(
    [finished.code, finished.element("reportId"), finished.element("fileId")],
    [0, reportId, fileId],
  );
  const [kept] = server.store.reports();
  assert.equal(kept?.state, "finished");
  assert.equal(Buffer.from(kept.submission.xml).toString(), REPORT_XML);
  const [file] = kept.files.values();
  assert.deepEqual(Buffer.from(file?.bytes ?? []), Buffer.from(bytes));
  assert.deepEqual(
    [file?.upload.fileName, file?.upload.mediaType, file?.upload.byteLength, file?.upload.sha256],
    ["hills.png", "image/png", bytes.length, createHash("sha256").update(bytes).digest("hex")],
  );
  assert.equal(file?.description?.details.originalFileName, "hills.png");
});

test("lets others have their turn while it reads a large document", async () => {
  let turns = 0;
  let asked = 0;
  let isRead = false;
  const count = () => {
    turns += 1;
    if (!isRead) setImmediate(count);
  };
  await using server = await startLoopback({
    around: (store) => ({
      ...store,
      open: async (...call) => {
        isRead = true;
        return await store.open(...call);
      },
    }),
  });
  server.http.on("request", (req: IncomingMessage) => {
    req.once("end", () => {
      asked = turns;
    });
  });
  const note = `<additionalInfo>${"A kite over the hills. ".repeat(170_000)}</additionalInfo>`;
  setImmediate(count);
  const answer = await platform(server.base).submit(REPORT_XML.replace("</report>", `${note}</report>`));
  assert.equal(answer.code, 0);
  assert.ok(turns - asked >= 50, `${turns - asked} turns between the last byte and the report`);
});

test("files a report without files, with an empty list in the receipt", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const answer = await esp.finish(await esp.open());
  assert.deepEqual([answer.status, answer.code], [200, 0]);
  assert.match(answer.body, /<files\s*\/>|<files><\/files>/);
});

test("takes documents whatever content type the client gives them, or none", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  for (const type of [
    "text/xml; charset=utf-8",
    "text/xml",
    "application/xml",
    "text/plain;charset=UTF-8",
    "x/y",
  ]) {
    assert.equal((await esp.post("/submit", REPORT_XML, type)).code, 0, type);
  }
  // A Uint8Array gives fetch no type to send.
  assert.equal((await esp.post("/submit", new TextEncoder().encode(REPORT_XML))).code, 0);
});

test("asks for credentials with an empty 401 on every endpoint, and takes only the right ones", async () => {
  await using server = await startLoopback();
  for (const path of [
    "/status",
    "/xsd",
    "/submit",
    "/upload",
    "/fileinfo",
    "/finish",
    "/retract",
    "/nothing",
  ]) {
    const method = path === "/status" || path === "/xsd" ? "GET" : "POST";
    const response = await fetch(server.base + path, {
      method,
      ...(method === "POST" && { body: REPORT_XML }),
    });
    assert.equal(response.status, 401);
    assert.equal(response.headers.get("www-authenticate"), 'Basic realm="ESP Web Services"');
    assert.match(response.headers.get("request-id") ?? "", /^[0-9a-f]{32}$/);
    assert.equal(await response.text(), "");
  }
  const encoded = Buffer.from(`${PLATFORM.username}:${PLATFORM.password}`).toString("base64");
  for (const header of [
    "",
    "Basic",
    "Basic ",
    `Bearer ${encoded}`,
    `Basic ${encoded}!`,
    "Basic OnNlY3JldA==",
    "Basic /w==",
  ]) {
    const response = await fetch(`${server.base}/status`, { headers: { Authorization: header } });
    assert.equal(response.status, 401, header);
  }
  const lower = await fetch(`${server.base}/status`, { headers: { Authorization: `basic ${encoded}` } });
  assert.equal(lower.status, 200);
  assert.deepEqual(server.store.reports(), []);
});

test("says which right an account lacks", async () => {
  await using server = await startLoopback();
  const as = (username: string) => platform(server.base, { username, password: "x" });
  assertRefused(await as("closed").call("/status"), 403, 3000);
  assertRefused(await as("closed").submit(), 403, 3000);
  assertRefused(await as("no-submit").submit(), 403, 3100);
  const reportId = await as("no-update").open();
  assertRefused(await as("no-update").upload(reportId, "x"), 403, 3300);
  assertRefused(await as("no-update").describe(reportId, UNKNOWN_FILE), 403, 3300);
  assertRefused(await as("no-update").finish(reportId), 403, 3300);
  assertRefused(await as("no-update").retract(reportId), 403, 3300);
  assert.equal(server.store.reports()[0]?.state, "open");
});

test("names the method and the paths that there are", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const put = await esp.call("/submit", { method: "PUT", body: REPORT_XML });
  assertRefused(put, 405, 4000, /method POST/);
  assert.equal(put.headers.get("allow"), "POST");
  assertRefused(await esp.call("/finish"), 405, 4000);
  assertRefused(await esp.post("/status", "x"), 405, 4000, /method GET/);
  const head = await esp.call("/status", { method: "HEAD" });
  assert.deepEqual([head.status, head.body], [405, ""]);
  for (const path of [
    "",
    "/",
    "/nothing",
    "/submit/more",
    "/SUBMIT",
    "/constructor",
    "/__proto__",
    "/%73ubmit",
  ]) {
    assertRefused(await esp.call(path), 404, 1210, /\/submit/);
  }
  assertRefused(await platform(server.base.replace("/ispws", "")).call("/submit"), 404, 1210);
  assert.equal((await esp.call("/status?x=1")).code, 0);
});

test("answers a broken document with 4110, an invalid one with 4100, each with place and remedy, and opens nothing", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  for (const xml of [
    "",
    "<",
    "<report>",
    "no xml",
    "<report>&</report>",
    "<!DOCTYPE report><report/>",
    "\u0000",
  ]) {
    assertRefused(await esp.submit(xml), 400, 4110, /^Malformed XML submittal\n.*\[?/);
  }
  assertRefused(await esp.post("/submit", new Uint8Array([0xff, 0xfe, 0x3c])), 400, 4110, /UTF-8/);
  const wrongOrder = await esp.submit("<report>\n  <reporter/>\n</report>");
  assertRefused(wrongOrder, 400, 4100, /^Validation failed\n\[2,3\] - cvc-complex-type/);
  assertRefused(await esp.submit("<fileDetails/>"), 400, 4100, /report/);
  const noEmail = REPORT_XML.replace(/<email>.*<\/email>/, "");
  assertRefused(await esp.submit(noEmail), 400, 4100, /e-mail address/);
  assertRefused(await esp.submit(reportAbout("<personOrUserReported/>".repeat(2))), 400, 4100);
  const twice = REPORT_XML.replace("</report>", "</report><report/>");
  assertRefused(await esp.submit(twice), 400, 4110);
  assert.deepEqual(server.store.reports(), []);
});

test("takes in lenient mode what real clients send and the documentation forbids", async () => {
  await using server = await startLoopback({ mode: "lenient" });
  const esp = platform(server.base);
  assert.equal((await esp.submit(REPORT_XML.replace(/<email>.*<\/email>/, ""))).code, 0);
  const prior = "<personOrUserReported><priorCTReports>4564654</priorCTReports></personOrUserReported>";
  assert.equal((await esp.submit(reportAbout(prior))).code, 0);
});

test("refuses a document in a form, a form that is none, and a compressed body", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const form = new FormData();
  form.append("report", REPORT_XML);
  assertRefused(await esp.post("/submit", form), 415, 4000, /as the body/);
  assertRefused(await esp.post("/submit", new URLSearchParams({ report: "x" })), 415, 4000);
  assertRefused(await esp.post("/finish", "id=1", "text/plain"), 415, 4000, /field id/);
  assertRefused(await esp.post("/upload", "x", "image/png"), 415, 4200, /multipart/);
  const headers = { "Content-Encoding": "gzip" };
  const packed = await esp.call("/submit", { method: "POST", body: gzipSync(REPORT_XML), headers });
  assertRefused(packed, 415, 4000, /Content-Encoding/);
});

test("refuses ids that are missing, doubled, or no report number", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const reportId = await esp.open();
  for (const [body, text] of [
    ["", /lacks the field id/],
    ["ID=1", /lacks the field id/],
    [`id=${reportId}&id=${reportId}`, /more than once/],
    ["id=", /not a report number/],
    ["id=abc", /not a report number/],
    ["id=-1", /not a report number/],
    ["id=1.0", /not a report number/],
    ["id=0x10", /not a report number/],
    [`id=${"9".repeat(400)}`, /not a report number/],
    ["id=9223372036854775808", /not a report number/],
    ["id=%F0%9F", /not a report number/],
  ] as const) {
    for (const path of ["/finish", "/retract"]) {
      assertRefused(await esp.post(path, body, "application/x-www-form-urlencoded"), 400, 4000, text);
    }
  }
  assertRefused(await esp.retract("9223372036854775807"), 404, 5001);
  assertRefused(
    await esp.post("/finish", `id=${"1".repeat(20_000)}`, "application/x-www-form-urlencoded"),
    413,
    4000,
  );
  assert.equal(
    (await esp.post("/finish", `id=%20000${reportId}+&submit=go`, "application/x-www-form-urlencoded")).code,
    0,
  );
});

test("takes the id of finish and retract as multipart too, but no file there", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const form = new FormData();
  form.append("id", await esp.open());
  assert.equal((await esp.post("/finish", form)).code, 0);
  form.append("file", new Blob(["x"]));
  assertRefused(await esp.post("/finish", form), 400, 4000, /Send files to \/upload/);
  assertRefused(await esp.post("/finish", "--x--", "multipart/form-data"), 400, 4000, /boundary/);
});

test("refuses a document that is too large with 413", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const xml = reportAbout(`<additionalInfo>${"a".repeat(4 * 1024 * 1024)}</additionalInfo>`);
  assertRefused(await esp.submit(xml), 413, 4110, /4 MiB/);
  assertRefused(await esp.post("/fileinfo", detailsXml("1", "b", xml)), 413, 4110);
  // Without a length beforehand only counting helps.
  const body = ReadableStream.from([new TextEncoder().encode(xml), new TextEncoder().encode(xml)]);
  assertRefused(await esp.call("/submit", { method: "POST", body, duplex: "half" }), 413, 4110);
});

test("takes no file beyond the size that the operator sets, and keeps nothing of it", async () => {
  await using server = await startLoopback({ limits: { fileBytes: 100_000 } });
  const esp = platform(server.base);
  const reportId = await esp.open();
  assert.equal((await esp.upload(reportId, "~".repeat(100_000))).code, 0);
  assertRefused(await esp.upload(reportId, "~".repeat(1_000_000)), 413, 4200, /larger/);
  assert.equal(server.store.stagedCount(), 0);
  assert.equal(server.store.reports()[0]?.files.size, 1);
});

test("tells the operator what happened without a word of the report", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const reportId = await esp.open();
  await esp.upload(reportId, "hills", "a-name.png");
  await esp.submit("<report>");
  assert.deepEqual(
    server.events.map((event) => ({ ...event, requestId: "" })),
    [
      ["submit", 200, 0],
      ["upload", 200, 0],
      ["submit", 400, 4110],
    ].map(([endpoint, httpStatus, responseCode]) => ({
      name: "cybertipline.answered",
      requestId: "",
      endpoint,
      httpStatus,
      responseCode,
      accountId: "1",
      durationMs: 0,
    })),
  );
});
