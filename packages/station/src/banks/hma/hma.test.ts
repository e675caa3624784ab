import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import { until } from "../../testing/desk.ts";
import { endOfFile, secretFile, startTestStation, type TestStation } from "../../testing/station.ts";

const end = endOfFile();
let at: TestStation;
let secret: string;
before(async () => {
  const password = await secretFile(end);
  secret = password.secret;
  const account = (username: string) => ({
    username,
    name: username,
    kind: "platform",
    passwordFile: password.path,
  });
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: {
      roles: ["intake"],
      senders: ["media", "looker", "stranger"].map(account),
      banks: { accounts: [{ username: "media", curates: ["own-kites"] }, { username: "looker" }] },
    },
  });
});

const hma = async (method: string, path: string, body?: unknown, username = "media") => {
  const response = await fetch(`${at.url}/hma${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text,
  };
};
const lookup = (pdq: string) => `/m/lookup?signal_type=pdq&signal=${pdq}`;

test("a client of HMA makes a bank, fills it, finds what is near, switches it off and takes it back, all within a second each", async () => {
  const pdq = randomBytes(32);
  const near = Buffer.from(pdq);
  near[0] = (near[0] ?? 0) ^ 0b111;
  assert.deepEqual(await hma("POST", "/c/banks", { name: "OWN_KITES" }), {
    status: 201,
    body: { name: "OWN_KITES", matching_enabled_ratio: 1 },
  });
  const added = await hma("POST", "/c/bank/OWN_KITES/signal", { pdq: pdq.toString("hex") });
  assert.equal(added.status, 200, JSON.stringify(added.body));
  const { id } = added.body as { id: number };
  assert.deepEqual(added.body, { id, signals: { pdq: pdq.toString("hex") } });
  await until("the hash is found", async () => {
    const found = await hma("GET", lookup(near.toString("hex")));
    return Array.isArray(found.body) && found.body.length === 1;
  });
  assert.deepEqual((await hma("GET", lookup(near.toString("hex")))).body, ["OWN_KITES"]);
  const raw = `/m/raw_lookup?signal_type=pdq&signal=${near.toString("hex")}`;
  assert.deepEqual((await hma("GET", raw)).body, { matches: [id] });
  assert.deepEqual((await hma("GET", `${raw}&include_distance=true`)).body, {
    matches: [{ content_id: id, distance: "3" }],
  });
  assert.deepEqual((await hma("PUT", "/c/bank/OWN_KITES", { enabled: false })).body, {
    name: "OWN_KITES",
    matching_enabled_ratio: 0,
  });
  assert.deepEqual((await hma("GET", lookup(near.toString("hex")))).body, []);
  await hma("PUT", "/c/bank/OWN_KITES", { enabled_ratio: 1 });
  assert.deepEqual((await hma("DELETE", `/c/bank/OWN_KITES/content/${id}`)).body, { deleted: 1 });
  assert.deepEqual((await hma("GET", lookup(near.toString("hex")))).body, []);
  const { rows } = await at.station.db.pool.query<{ what: string; by: string }>(
    "select what, by from bank_change where bank_id = 'own-kites' order by seq",
  );
  assert.deepEqual(
    rows.map(({ what }) => what),
    ["bank-made", "added", "bank-changed", "bank-changed", "removed"],
  );
  assert.ok(rows.every(({ by }) => by === "sender:media"));
});

test("whoever has no account, no part in banks, or not that part, is refused in HMA's words", async () => {
  const pdq = randomBytes(32).toString("hex");
  secret = secret.split("").reverse().join("");
  assert.equal((await hma("GET", lookup(pdq))).status, 401);
  secret = secret.split("").reverse().join("");
  const refused = await hma("GET", lookup(pdq), undefined, "stranger");
  assert.equal(refused.status, 403);
  assert.match((refused.body as { message: string }).message, /no part/);
  assert.equal((await hma("GET", lookup(pdq), undefined, "looker")).status, 200);
  assert.equal((await hma("POST", "/c/banks", { name: "LOOKERS" }, "looker")).status, 403);
  assert.equal((await hma("POST", "/c/banks", { name: "OWN_KITES" })).status, 403, "it is there already");
  assert.equal((await hma("POST", "/c/bank/OTHERS/signal", { pdq })).status, 403);
  for (const [method, path, body] of [
    ["GET", "/m/lookup?signal_type=pdq&signal=abc"],
    ["GET", "/m/lookup?signal_type=other&signal=abc"],
    ["GET", "/m/lookup?signal=abc"],
    ["POST", "/c/banks", { name: "lower case" }],
    ["POST", "/c/bank/OWN_KITES/signal", { pdq: "zz" }],
    ["PUT", "/c/bank/OWN_KITES", { enabled_ratio: 0.5 }],
  ] as const) {
    const answer = await hma(method, path, body);
    assert.equal(answer.status, 400, `${method} ${path}`);
    assert.equal(typeof (answer.body as { message: unknown }).message, "string");
  }
});

test("a lookup through the station's own door says whose claim it is; what is asked wrongly is refused with its place", async () => {
  const ask = async (body: object) => {
    const response = await fetch(`${at.url}/banks/lookup`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Basic ${Buffer.from(`looker:${secret}`).toString("base64")}`,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const value = randomBytes(32).toString("hex");
  await hma("POST", "/c/bank/OWN_KITES/signal", { pdq: value });
  const found = await until("it is found", async () => {
    const { body } = await ask({ signals: [{ kind: "pdq", value, probe: "plain" }] });
    const results = body["results"] as Array<{ matches: Array<Record<string, unknown>> }>;
    return results[0]?.matches[0];
  });
  assert.deepEqual([found["bank"], found["source"], found["trust"]], ["own-kites", "media", "unvetted"]);
  assert.equal((await ask({ signals: [{ kind: "pdq", value: "00" }] })).status, 422);
  assert.equal((await ask({ signals: [] })).status, 422);
});

test("it says whether it is ready, as HMA does", async () => {
  assert.deepEqual(await hma("GET", "/status"), { status: 200, body: "I-AM-ALIVE" });
  const { body } = await hma("GET", "/m/index/status");
  assert.equal((body as { pdq: { present: boolean } }).pdq.present, true);
});
