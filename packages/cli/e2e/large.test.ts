import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const LARGE = fileURLToPath(new URL("../deep/large.ts", import.meta.url));

test("a file of 256 MiB goes through each door whole, and the station's memory grows by less than half of it", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    LARGE,
    "--gib",
    "0.25",
    "--break-mib",
    "48",
    "--json",
  ]);
  const { doors, held } = JSON.parse(stdout) as {
    doors: Array<{ door: string; whole: boolean }>;
    held: boolean;
  };
  assert.deepEqual(
    doors.map(({ door, whole }) => [door, whole]),
    [
      ["CyberTipline upload", true],
      ["report door", true],
      ["resumed upload", true],
    ],
  );
  assert.equal(held, true, stdout);
});
