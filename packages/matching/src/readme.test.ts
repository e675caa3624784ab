import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";

const home = new URL("../", import.meta.url);
const readme = readFileSync(new URL("README.md", home), "utf8");

test("the README's example prints what the README says", () => {
  const [, code = ""] = /^```ts\n(.*?)^```$/ms.exec(readme) ?? [];
  const [, printed = ""] = /^```text\n(.*?)^```$/ms.exec(readme) ?? [];
  const output = execFileSync(process.execPath, ["--input-type=module-typescript", "--eval", code], {
    cwd: fileURLToPath(home),
    encoding: "utf8",
  });
  assert.equal(output, printed);
});
