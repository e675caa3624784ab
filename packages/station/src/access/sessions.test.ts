import assert from "node:assert/strict";
import { before, test } from "node:test";
import { problemOf } from "../testing/problem.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { addPerson, newSignInLink } from "./index.ts";

const HOUR_MS = 3_600_000;
const end = endOfFile();
let at: TestStation;
let now = Date.now();
before(async () => {
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "national-agency",
    config: { roles: ["desk"], publicUrl: "https://station.example" },
    clock: () => now,
  });
});

const post = (token: string) =>
  fetch(`${at.url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
const whoAmI = (cookie: string) => fetch(`${at.url}/api/session`, { headers: { cookie } });

async function person() {
  return await addPerson(at.station.db.kysely, "Test analyst", "analyst", now);
}
async function link(id: string): Promise<string> {
  return await newSignInLink(at.station.db.kysely, id, now);
}
async function disable(id: string): Promise<void> {
  await at.station.db.pool.query("update person set disabled_at = now() where id = $1", [id]);
}
/** The cookie of somebody who has just signed in. */
async function signedIn(id: string): Promise<string> {
  const response = await post(await link(id));
  assert.equal(response.status, 200);
  return response.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
}

test("a link signs in once, also when it is used many times at the same moment", async () => {
  const token = await link((await person()).id);
  const statuses = (await Promise.all([1, 2, 3, 4].map(() => post(token)))).map(({ status }) => status);
  assert.deepEqual(
    statuses.toSorted((a, b) => a - b),
    [200, 403, 403, 403],
  );
  await problemOf(await post(token), 403);
});

test("a used, expired, unknown or disabled person's link gets the same answer", async () => {
  const somebody = await person();
  const used = await link(somebody.id);
  await post(used);
  const expired = await link(somebody.id);
  const disabled = await person();
  const dead = await link(disabled.id);
  await disable(disabled.id);
  const answers = [
    await problemOf(await post(used), 403),
    await problemOf(await post(dead), 403),
    await problemOf(await post("x"), 403),
  ];
  now += 24 * HOUR_MS;
  answers.push(await problemOf(await post(expired), 403));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
});

test("the cookie is bound to this host, hidden from scripts and from other sites, and never goes over plain http", async () => {
  const response = await post(await link((await person()).id));
  const cookie = response.headers.get("set-cookie") ?? "";
  assert.match(cookie, /^__Host-fairlead=[\w-]{43};/);
  for (const flag of [/; HttpOnly/i, /; SameSite=Strict/i, /; Secure/i, /; Path=\/(;|$)/i])
    assert.match(cookie, flag);
  assert.doesNotMatch(cookie, /Domain=/i);
});

test("a copy of the database signs nobody in: it holds no token, only its hash", async () => {
  const token = await link((await person()).id);
  const cookie = (await signedIn((await person()).id)).split("=")[1] ?? "";
  for (const table of ["sign_in_link", "session", "leaf"]) {
    const { rows } = await at.station.db.pool.query(`select * from ${table}`);
    assert.ok(rows.length > 0);
    assert.ok(![token, cookie].some((secret) => JSON.stringify(rows).includes(secret)), table);
  }
});

test("a session ends with its shift, with its person and at logout", async () => {
  const somebody = await person();
  const cookie = await signedIn(somebody.id);
  assert.equal((await whoAmI(cookie)).status, 200);
  now += 10 * HOUR_MS;
  await problemOf(await whoAmI(cookie), 401);
  const second = await signedIn(somebody.id);
  const other = await signedIn(somebody.id);
  await problemOf(
    await fetch(`${at.url}/api/session`, { method: "DELETE", headers: { cookie: second } }),
    403,
  );
  assert.equal((await whoAmI(second)).status, 200, "another site signs nobody out");
  const out = await fetch(`${at.url}/api/session`, {
    method: "DELETE",
    headers: { cookie: second, "x-fairlead-desk": "1" },
  });
  assert.equal(out.status, 204);
  assert.match(out.headers.get("set-cookie") ?? "", /^__Host-fairlead=;.*Expires=Thu, 01 Jan 1970/i);
  await problemOf(await whoAmI(second), 401);
  assert.equal((await whoAmI(other)).status, 200, "the other browser's session stays");
  await disable(somebody.id);
  await problemOf(await whoAmI(other), 401);
  for (const rubbish of [
    "",
    "__Host-fairlead=",
    "__Host-fairlead=%00",
    "__Host-fairlead=x; __Host-fairlead=y",
  ])
    await problemOf(await whoAmI(rubbish), 401);
});
