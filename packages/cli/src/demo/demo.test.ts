/** `npm start -- --once --json`, as others script against it. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { simulate } from "@fairlead/simulator";
import { run } from "../testing/command.ts";

test("the whole chain runs once and says in one line of JSON what came of it", async () => {
  const reports = 24;
  const seed = 7;
  const ended = await run(["demo", "--once", "--json", "--reports", String(reports), "--seed", String(seed)]);
  assert.equal(ended.code, 0, ended.stderr);
  const lines = ended.stdout.trimEnd().split("\n");
  assert.equal(lines.length, 1, "everything else is on standard error");
  const result = JSON.parse(lines[0] ?? "") as Record<string, unknown>;
  const stream = [...simulate({ seed, count: reports, profile: "uk-demo", startAt: Date.now() })];
  const referred = stream.filter(({ truth }) => truth.plan.refer !== null);
  const sha256s = (files: ReadonlyArray<{ bytes: Uint8Array }>) =>
    new Set(files.map((file) => createHash("sha256").update(file.bytes).digest("hex")));
  assert.deepEqual(
    [result["reports"], result["lost"], result["duplicated"], result["auditVerified"]],
    [reports, 0, 0, true],
  );
  assert.equal(result["evidence"], stream.flatMap(({ files }) => files).length);
  assert.equal(result["throughAllStations"], referred.length);
  assert.equal(result["routedRight"], referred.length);
  // What the force's officer was shown is what the platform had handed in, byte for byte.
  assert.equal(
    result["evidenceSeenUnchanged"],
    referred.reduce((sum, { files }) => sum + sha256s(files).size, 0),
  );
  for (const name of ["referred", "packagesDelivered", "outcomesReturned", "seconds"])
    assert.ok(Number(result[name]) > 0, name);
});
