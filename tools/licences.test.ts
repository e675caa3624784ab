import assert from "node:assert/strict";
import test from "node:test";
import { isPermissive, licenceProblems } from "./licence-rules.ts";

test("a permissive licence, or a choice that has one, may be passed on", () => {
  for (const good of [
    "MIT",
    "ISC",
    "(GPL-3.0 OR MIT)",
    "MIT OR Apache-2.0",
    "MIT AND ISC",
    "(MIT OR GPL-2.0) AND ISC",
  ])
    assert.equal(isPermissive(good), true, good);
  for (const bad of [
    "GPL-3.0",
    "MPL-2.0",
    "MIT AND GPL-3.0",
    "(MIT OR ISC) AND AGPL-3.0",
    "SEE LICENSE IN X",
    "",
    "mit ",
  ])
    assert.equal(isPermissive(bad), false, bad);
});

test("what we pass on must have such a licence; tests, tools and our own packages need not", () => {
  const problems = licenceProblems(
    {
      "": { license: "Apache-2.0" },
      "packages/report": {},
      "node_modules/@fairlead/report": { link: true },
      "node_modules/good": { license: "MIT" },
      "node_modules/good/node_modules/@deep/copyleft": { license: "GPL-3.0" },
      "node_modules/silent": {},
      "node_modules/tool": { license: "GPL-3.0", dev: true },
      "node_modules/lightningcss-linux-x64-gnu": { license: "MPL-2.0" },
      "node_modules/another": { license: "MPL-2.0" },
    },
    {},
  );
  assert.deepEqual(
    problems.map((problem) => problem.split(":", 1)[0]),
    ["@deep/copyleft", "silent", "another"],
  );
});

test("an install script that nobody has decided about is a problem, in tools as well", () => {
  const packages = {
    "node_modules/known": { license: "MIT", hasInstallScript: true },
    "node_modules/new": { license: "MIT", hasInstallScript: true, dev: true },
  };
  assert.deepEqual(
    licenceProblems(packages, { known: false }).map((problem) => problem.split(":", 1)[0]),
    ["new"],
  );
  assert.equal(licenceProblems(packages, { known: true, new: false }).length, 1);
});
