import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "./client.ts";
import { checkEnvironment, type Environment } from "./environment.ts";
import { ClientError } from "./error.ts";

const refused = (error: unknown): boolean => error instanceof ClientError && error.code === "environment";

test("takes NCMEC's hosts for what they are only", () => {
  for (const [base, environment] of [
    ["https://report.cybertip.org/ispws", "production"],
    ["https://exttest.cybertip.org/ispws", "test"],
  ] as const) {
    const wrong: Environment = environment === "test" ? "production" : "test";
    assert.equal(checkEnvironment(base, environment), base);
    assert.equal(checkEnvironment(`${base}/`, environment), base);
    assert.throws(() => checkEnvironment(base, wrong), refused);
    for (const disguise of [
      base.toUpperCase(),
      base.replace("cybertip.org", "cybertip.org."),
      base.replace("cybertip.org", "cybertip.org:443"),
      base.replace("cybertip", "%63ybertip"),
    ]) {
      assert.throws(() => checkEnvironment(disguise, wrong), refused, disguise);
    }
  }
});

test("takes no other host of NCMEC's at all: nobody knows what it is", () => {
  for (const host of ["cybertip.org", "www.cybertip.org", "report2.cybertip.org"]) {
    for (const environment of ["test", "production"] as const) {
      assert.throws(() => checkEnvironment(`https://${host}/ispws`, environment), refused);
    }
  }
});

test("takes any other host in either environment, in clear text on loopback only", () => {
  for (const environment of ["test", "production"] as const) {
    for (const base of [
      "https://clearinghouse.example/ispws",
      "https://notcybertip.org/ispws",
      "https://192.0.2.1:8443/x/ispws",
      "http://127.0.0.1:8080/ispws",
      "http://localhost:8080/ispws",
      "http://[::1]:8080/ispws",
    ]) {
      assert.equal(checkEnvironment(base, environment), base);
    }
    for (const base of [
      "http://clearinghouse.example/ispws",
      "http://127.0.0.1.example/ispws",
      "http://exttest.cybertip.org/ispws",
      "ftp://clearinghouse.example/ispws",
      "clearinghouse.example/ispws",
      "https://user:secret@clearinghouse.example/ispws",
      "https://clearinghouse.example/ispws?x=1",
      "",
    ]) {
      assert.throws(() => checkEnvironment(base, environment), refused, base);
    }
  }
});

test("refuses to make a client for the wrong environment before any byte is sent", () => {
  assert.throws(
    () =>
      createClient({
        base: "https://report.cybertip.org/ispws",
        environment: "test",
        username: "platform",
        password: "x",
        fetch: () => assert.fail("nothing may be sent"),
        random: (byteCount) => new Uint8Array(byteCount),
        clock: () => 0,
      }),
    refused,
  );
});
