import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import { until } from "../../testing/desk.ts";
import { photograph } from "../../testing/media.ts";
import { measuresOf } from "../../testing/report.ts";
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

const sendFile = async (
  path: string,
  parts: ReadonlyArray<[string, Uint8Array<ArrayBuffer>]>,
  username = "media",
) => {
  const form = new FormData();
  for (const [name, bytes] of parts) form.append(name, new Blob([bytes]), "kite");
  const authorization = `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}`;
  const response = await fetch(`${at.url}/hma${path}`, {
    method: "POST",
    headers: { authorization },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test("a client of HMA has a photo hashed as HMA does, a video by its digest, and finds the banks of either", async () => {
  const bridge = await photograph("bridge-mods-aaa-orig.jpg");
  const smaller = await photograph("bridge-mods-shrink-a-little.jpg");
  const video = new TextEncoder().encode("stands for a video");
  const hashed = await sendFile("/h/hash", [["photo", bridge]]);
  // From the reference's `expected.csv`.
  const pdq = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";
  assert.deepEqual(hashed, { status: 200, body: { pdq } });
  assert.deepEqual((await sendFile("/h/hash?types=pdq", [["photo", bridge]])).body, { pdq });
  const { md5 } = measuresOf(video);
  assert.deepEqual(await sendFile("/h/hash", [["video", video]]), { status: 200, body: { video_md5: md5 } });
  await hma("POST", "/c/bank/OWN_KITES/signal", { pdq });
  await hma("POST", "/c/bank/OWN_KITES/signal", { video_md5: md5 });
  await until("both are found", async () => {
    const found = await hma("GET", `/m/lookup?signal_type=video_md5&signal=${md5}`);
    return Array.isArray(found.body) && found.body.length === 1;
  });
  assert.deepEqual(await sendFile("/m/lookup", [["photo", smaller]]), {
    status: 200,
    body: { pdq: ["OWN_KITES"] },
  });
  assert.deepEqual((await sendFile("/m/lookup", [["video", video]])).body, { video_md5: ["OWN_KITES"] });
});

test("a file that is none, two files, another part, another kind, and an address to fetch from are refused", async () => {
  const bridge = await photograph("bridge-mods-shrink-a-lot.jpg");
  const text = new TextEncoder().encode("no picture at all");
  for (const [path, parts, words] of [
    ["/h/hash", [["photo", text]], /no picture format/],
    ["/h/hash", [["photo", bridge.slice(0, 900)]], /no hash/],
    ["/h/hash", [["kite", bridge]], /no such content_type/],
    [
      "/h/hash",
      [
        ["photo", bridge],
        ["photo", bridge],
      ],
      /one file/,
    ],
    ["/h/hash", [], /Missing/],
    ["/h/hash?types=video_md5", [["photo", bridge]], /another kind/],
    ["/h/hash?types=,", [["photo", bridge]], /empty/],
    ["/m/lookup", [["photo", text]], /no picture format/],
  ] as ReadonlyArray<[string, Array<[string, Uint8Array<ArrayBuffer>]>, RegExp]>) {
    const { status, body } = await sendFile(path, parts);
    assert.equal(status, 400, `${path} ${String(words)} ${JSON.stringify(body)}`);
    assert.match(String(body["message"]), words);
  }
  assert.equal((await sendFile("/h/hash", [["photo", bridge]], "stranger")).status, 403);
  const fetched = await hma("GET", "/h/hash?url=http://127.0.0.1:1/kite.jpg");
  assert.equal(fetched.status, 400);
  assert.match((fetched.body as { message: string }).message, /fetches from no address/);
  assert.equal((await hma("GET", "/m/lookup?url=http://127.0.0.1:1/kite.jpg")).status, 400);
});
