/** What every command promises on the command line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./testing/command.ts";

const COMMANDS = [
  "demo",
  "serve",
  "sandbox",
  "init",
  "people add",
  "people link",
  "people roles",
  "doctor",
  "report check",
  "report file",
  "package verify",
  "package open",
  "audit verify",
  "simulate",
];

test("every command has help that names its options, and takes --json", async () => {
  for (const command of COMMANDS) {
    const { code, stdout, stderr } = await run([...command.split(" "), "--help"]);
    assert.deepEqual([code, stderr], [0, ""], command);
    assert.match(stdout, new RegExp(`^Usage: fairlead ${command}`), command);
    assert.match(stdout, /--json/, command);
    assert.doesNotMatch(stdout, /--with-parent/);
  }
});

test("an unknown option, a missing argument and an unknown command end with 2, and with a way on", async () => {
  for (const args of [
    ["sandbox", "--nonsense"],
    ["report", "check"],
    ["serve"],
    ["init", "somewhere", "--id", "x", "--name", "X", "--profile", "nonsense"],
    ["report", "check", ".", "--mode", "nonsense"],
    ["nonsense"],
  ]) {
    const { code, stdout, stderr } = await run(args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, /^error: /);
    assert.doesNotMatch(stderr, /\n\s+at /);
  }
});

test("a number that is none is a wrong command line", async () => {
  for (const args of [
    ["demo", "--once", "--reports", "many"],
    ["sandbox", "--port", "http"],
    ["simulate", "--count", "-1"],
    ["simulate", "--start", "yesterday"],
  ]) {
    const { code, stdout, stderr } = await run(args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.doesNotMatch(stderr, /\n\s+at /);
  }
});

test("a configuration that is not there or is wrong is said in words, without a stack trace", async () => {
  for (const args of [
    ["serve", "--config", "/nowhere/station.json"],
    ["audit", "verify", "--config", "/nowhere/station.json"],
    ["people", "add", "--config", "/nowhere/station.json", "--name", "X", "--role", "officer"],
    ["package", "verify", "/nowhere/package.tar"],
    ["package", "verify", "/nowhere/package.tar", "--card", "/nowhere/card.json"],
  ]) {
    const { code, stdout, stderr } = await run(args);
    assert.deepEqual([code, stdout], [1, ""], args.join(" "));
    assert.match(stderr, /^fairlead: \S/);
    assert.doesNotMatch(stderr, /\n\s+at |ENOENT/, args.join(" "));
  }
});

test("the same seed gives the same stream, another seed another", async () => {
  const stream = async (seed: string) => {
    const { code, stdout } = await run(["simulate", "--count", "5", "--seed", seed]);
    assert.equal(code, 0);
    return stdout;
  };
  const first = await stream("1");
  assert.equal(first.trimEnd().split("\n").length, 5);
  for (const line of first.trimEnd().split("\n"))
    assert.deepEqual(Object.keys(JSON.parse(line) as object), ["caseNumber", "report", "truth"]);
  assert.equal(await stream("1"), first);
  assert.notEqual(await stream("2"), first);
});
