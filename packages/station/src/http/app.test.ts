import assert from "node:assert/strict";
import { before, test } from "node:test";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { testFile, testReport, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";

const end = endOfFile();
let at: TestStation;
let sender: TestSender;
let lead: TestDesk;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake", "desk"] },
  });
  sender = await testSender(at);
  lead = await deskOf(at, "lead");
});

const post = (body: string, type = "application/json") =>
  fetch(`${at.url}/api/session`, { method: "POST", headers: { "content-type": type }, body });

test("an address that is not there, or not by that method, is not found", async () => {
  for (const path of [
    "/api/landscape",
    "/api",
    "/api/reports",
    "/door/reports",
    "/api/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fpackage.json",
  ])
    await problemOf(await fetch(`${at.url}${path}`), 404);
  await problemOf(await fetch(`${at.url}/api/queue`, { method: "PUT" }), 404);
  // Doors that the profile does not open are not there.
  await problemOf(await fetch(`${at.url}/door/packages/x`, { method: "PUT" }), 404);
  await problemOf(await fetch(`${at.url}/ispws/status`), 404);
});

test("a body that is not JSON, of another type, or too long is refused", async () => {
  await problemOf(await post("{"), 400);
  await problemOf(await post(""), 400);
  await problemOf(await post("<a/>", "text/xml"), 415);
  await problemOf(await post(`{"token":"${"x".repeat(4 * 1024 * 1024)}"}`), 413);
  await problemOf(await post('{"__proto__":{"token":"x"}}'), 400);
  await problemOf(await post('{"token":1}'), 422);
  await problemOf(await post("[".repeat(100_000)), 400);
});

test("an id that is none is refused, one that nobody has is not found", async () => {
  await problemOf(await lead.request("GET", "/api/reports/landscape"), 422);
  await problemOf(await lead.request("GET", "/api/reports/%00"), 422);
  await problemOf(await lead.request("GET", "/api/reports/018f0000-0000-7000-8000-000000000000"), 404);
  await problemOf(await lead.request("GET", "/api/leaves/018f0000-0000-7000-8000-000000000000/proof"), 404);
});

test("every answer forbids sniffing, framing and keeping", async () => {
  for (const path of ["/api/queue", "/api/landscape", "/openapi.json"]) {
    const { headers } = await lead.request("GET", path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.match(headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/, path);
    assert.equal(headers.get("cache-control"), "no-store", path);
  }
});

test("a database that is away is 503 with Retry-After, for desk and door, and the station recovers with it", async () => {
  const faults = [
    Object.assign(new Error("connect ECONNREFUSED 192.0.2.5:5432"), { code: "ECONNREFUSED" }),
    Object.assign(new Error("the database system is starting up"), { code: "57P03" }),
    Object.assign(new Error("sorry, too many clients already"), { code: "53300" }),
    new Error("Connection terminated unexpectedly"),
    new Error("timeout exceeded when trying to connect"),
  ];
  const { pool } = at.station.db;
  const connect = pool.connect.bind(pool);
  const report = testReport([]);
  for (const fault of faults) {
    pool.connect = ((done?: (error: Error) => void) =>
      done === undefined ? Promise.reject(fault) : done(fault)) as never;
    try {
      for (const send of [
        () => lead.request("GET", "/api/queue"),
        () => sender.send(report),
        () => post('{"token":"x"}'),
      ]) {
        const response = await send();
        const problem = await problemOf(response, 503);
        assert.equal(response.headers.get("retry-after"), "5");
        assert.doesNotMatch(JSON.stringify(problem), /192\.0\.2|5432|clients/);
      }
    } finally {
      pool.connect = connect as never;
    }
  }
  assert.equal((await sender.send(report)).status, 201);
  assert.equal((await lead.request("GET", "/api/queue")).status, 200);
});

test("a database that has no room is 507 with Retry-After, and what was sent is taken once there is some", async () => {
  const { pool } = at.station.db;
  const connect = pool.connect.bind(pool);
  const report = testReport([]);
  const full = Object.assign(new Error('could not extend file "base/5/16400"'), { code: "53100" });
  pool.connect = ((done?: (error: Error) => void) =>
    done === undefined ? Promise.reject(full) : done(full)) as never;
  try {
    const response = await sender.send(report);
    const problem = await problemOf(response, 507);
    assert.equal(problem.code, "database.unfit");
    assert.equal(response.headers.get("retry-after"), "120");
    assert.doesNotMatch(JSON.stringify(problem), /16400/);
  } finally {
    pool.connect = connect as never;
  }
  assert.equal((await sender.send(report)).status, 201);
});

test("a disk that is full is 507 and one that cannot be written 503, both with Retry-After, and nothing was taken", async () => {
  const { vault } = at.station;
  const write = vault.objects.write.bind(vault.objects);
  const file = testFile();
  const report = testReport([file]);
  for (const [code, status, seconds] of [
    ["ENOSPC", 507, "120"],
    ["EDQUOT", 507, "120"],
    ["EIO", 503, "30"],
    ["EROFS", 503, "30"],
    ["EMFILE", 503, "30"],
    ["ENFILE", 503, "30"],
  ] as const) {
    vault.objects.write = () =>
      Promise.reject(Object.assign(new Error(`${code}: write '/vault/incoming/x'`), { code }));
    try {
      const response = await sender.send(report, [file]);
      const problem = await problemOf(response, status);
      assert.equal(problem.code, "vault.write-failed");
      assert.equal(response.headers.get("retry-after"), seconds);
      assert.doesNotMatch(JSON.stringify(problem), /incoming|internal/);
    } finally {
      vault.objects.write = write;
    }
  }
  assert.equal((await sender.send(report, [file])).status, 201);
});
