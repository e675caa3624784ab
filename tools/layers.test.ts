import assert from "node:assert/strict";
import test from "node:test";
import { sharedWords } from "./layer-exceptions.ts";
import { findingsIn, isTestSide } from "./layer-rules.ts";

/** The findings of a file with this text, as `what: why`. */
function look(path: string, text: string, declared: readonly string[] = []): readonly string[] {
  const dependencies = new Set(["zod", "@fairlead/report", ...declared]);
  const devDependencies = new Set(["fast-check"]);
  return findingsIn({ path, text, dependencies, devDependencies }).map(({ what, why }) => `${what}: ${why}`);
}

const refused = (found: readonly string[], pattern: RegExp): void => {
  assert.equal(found.length, 1, found.join("\n"));
  assert.match(found[0] ?? "", pattern);
};
const fine = (found: readonly string[]): void => assert.deepEqual(found, []);

test("packages import downwards only", () => {
  const all = ["@fairlead/sealing", "@fairlead/station", "@fairlead/cli", "@fairlead/ledger"];
  const of = (name: string, other: string) =>
    look(`packages/${name}/src/a.ts`, `import { x } from "@fairlead/${other}";`, all);
  fine(of("sealing", "report"));
  fine(of("station", "sealing"));
  fine(of("cli", "station"));
  refused(of("report", "ledger"), /report \(report\) may not import knowledge \(ledger\)/);
  refused(of("ledger", "sealing"), /knowledge \(ledger\) may not import knowledge \(sealing\)/);
  refused(of("assessment", "station"), /may not import station/);
  refused(of("station", "cli"), /may not import cli/);
  fine(
    look("packages/messenger/src/a.ts", 'import { x } from "@fairlead/franking/web";', [
      "@fairlead/franking",
    ]),
  );
  refused(of("desk", "report"), /browser \(desk\) may not import report/);
  refused(of("messenger", "station"), /may not import station/);
});

test("types, re-exports and dynamic imports count as imports", () => {
  for (const text of [
    'import type { X } from "@fairlead/station";',
    'export * from "@fairlead/station";',
    'export type { X } from "@fairlead/station";',
    'const x = await import("@fairlead/station");',
    'type X = import("@fairlead/station").X;',
  ])
    refused(look("packages/ledger/src/a.ts", text, ["@fairlead/station"]), /may not import station/);
});

test("a package that has no layer is a finding", () => {
  refused(look("packages/new-one/src/a.ts", ""), /no layer/);
});

test("nothing is imported that the package's own package.json does not declare", () => {
  const text = 'import x from "left-pad/deep"; import y from "@scope/name/deep";';
  fine(look("packages/ledger/src/a.ts", text, ["left-pad", "@scope/name"]));
  refused(look("packages/ledger/src/a.ts", text, ["left-pad"]), /@scope\/name.*does not declare/);
  refused(look("packages/ledger/src/a.ts", 'import fc from "fast-check";'), /does not declare/);
  fine(look("packages/ledger/src/a.test.ts", 'import fc from "fast-check";'));
});

test("another package is reached by its name, except from tests that run whole programs", () => {
  const text = 'import { x } from "../../station/src/index.ts";';
  refused(look("packages/cli/src/a.ts", text), /by its name, not by a path/);
  refused(look("packages/cli/src/a.test.ts", text), /by its name, not by a path/);
  fine(look("packages/cli/e2e/a.test.ts", text));
});

test("a pure package does no input or output, though it may name its types", () => {
  for (const name of [
    "fs",
    "fs/promises",
    "http",
    "https",
    "net",
    "child_process",
    "dgram",
    "dns/promises",
  ]) {
    refused(look("packages/ledger/src/a.ts", `import * as x from "node:${name}";`), /no input or output/);
    fine(look("packages/ledger/src/a.test.ts", `import * as x from "node:${name}";`));
    fine(look("packages/station/src/a.ts", `import * as x from "node:${name}";`));
  }
  fine(look("packages/cybertipline/src/a.ts", 'import type { IncomingMessage } from "node:http";'));
  fine(look("packages/sealing/src/a.ts", 'import { createHash } from "node:crypto";'));
  refused(look("packages/ledger/src/a.ts", 'import fs from "fs";'), /say node:fs/);
  refused(look("packages/desk/src/a.ts", 'import { x } from "node:path";'), /a browser has no such module/);
});

test("a pure package has no clock and no chance of its own", () => {
  for (const text of [
    "const x = Date.now();",
    "const x = new Date();",
    "const x = Date();",
    "const clock = Date.now;",
    "const x = Math.random();",
    "setTimeout(() => {}, 1);",
    "const x = performance.now();",
    'await fetch("https://example.org");',
    "const x = process.env;",
    "const id = crypto.randomUUID();",
    'import { randomUUID } from "node:crypto";',
  ]) {
    refused(look("packages/assessment/src/a.ts", text), /as arguments/);
    fine(look("packages/assessment/src/a.test.ts", text));
    fine(look("packages/station/src/a.ts", text));
  }
  fine(look("packages/assessment/src/a.ts", "const x = new Date(0); const y = new Date(clock.now());"));
  fine(look("packages/cybertipline/src/a.ts", "async function get(fetch: Fetch) { await fetch(url); }"));
});

test("a station's room opens only by its index.ts", () => {
  const deep = 'import { x } from "../vault/file-store.ts";';
  refused(look("packages/station/src/intake/a.ts", deep), /the room vault opens only by its index.ts/);
  fine(look("packages/station/src/intake/a.ts", 'import { x } from "../vault/index.ts";'));
  fine(look("packages/station/src/vault/a.ts", 'import { x } from "./file-store.ts";'));
  fine(look("packages/station/src/vault/below/a.ts", 'import { x } from "../file-store.ts";'));
  fine(look("packages/station/src/intake/a.test.ts", deep));
  fine(look("packages/station/src/a.ts", 'import { x } from "./vault/file-store.ts";'));
  fine(
    look(
      "packages/station/src/intake/a.ts",
      'import { x } from "../http/app.ts"; import { y } from "../config.ts";',
    ),
  );
  for (const shared of Object.keys(sharedWords))
    fine(look("packages/station/src/intake/a.ts", `import type { x } from "../${shared}";`));
});

test("no program loads a test or what helps tests", () => {
  for (const specifier of [
    "./a.test.ts",
    "./testing.ts",
    "./testing/server.ts",
    "./launch.fixture.ts",
    "node:test",
  ])
    refused(look("packages/station/src/a.ts", `import { x } from "${specifier}";`), /no program loads/);
  const helper = 'import { x } from "@fairlead/cybertipline/conformance";';
  refused(look("packages/station/src/a.ts", helper, ["@fairlead/cybertipline"]), /no program loads/);
  fine(look("packages/station/src/a.test.ts", helper));
});

test("a file is on the tests' side by its name or folder", () => {
  const names = [
    "src/a.test.ts",
    "src/a.testing.ts",
    "src/x/testing/a.ts",
    "src/conformance.ts",
    "e2e/a.ts",
    "deep/a.ts",
  ];
  for (const name of names) assert.ok(isTestSide(`packages/station/${name}`), name);
  for (const name of ["src/a.ts", "src/attest.ts", "src/e2e/a.ts", "src/deep/a.ts"])
    assert.ok(!isTestSide(`packages/station/${name}`), name);
});

test("the part of matching that has input and output is a door of its own", () => {
  const files = `import { readFile } from "node:fs/promises";`;
  fine(look("packages/matching/src/node/read.ts", files));
  fine(look("packages/matching/src/node/wait.ts", `setTimeout(() => undefined, 1);`));
  refused(look("packages/matching/src/index/read.ts", files), /no input or output/);
  refused(
    look("packages/matching/src/index.ts", `import { x } from "./node/read.ts";`),
    /what is pure does not load/,
  );
  fine(look("packages/matching/src/node/read.ts", `import { x } from "../index.ts";`));
});
