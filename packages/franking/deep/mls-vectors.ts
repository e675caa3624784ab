import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { vectorFiles } from "../src/mls/conformance/vectors/run.ts";

// npm run deep -- mls-vectors [--file NAME] [--json]: all of the official test vectors of RFC 9420.

const { values } = parseArgs({
  options: { file: { type: "string" }, json: { type: "boolean", default: false } },
});

const results: { file: string; cases: number; passed: number; failed: number; missing: number }[] = [];
for (const { name, cases, run } of vectorFiles) {
  if (values.file !== undefined && values.file !== name) continue;
  const packed = await readFile(new URL(`vectors/${name}.json.gz`, import.meta.url));
  const vectors = JSON.parse(gunzipSync(packed).toString("utf8")) as readonly unknown[];
  let passed = 0;
  for (const [index, vector] of vectors.entries())
    try {
      await run(vector);
      passed++;
    } catch (error) {
      process.stderr.write(
        `${name}[${index}]: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
    }
  const failed = vectors.length - passed;
  results.push({ file: name, cases: vectors.length, passed, failed, missing: cases - vectors.length });
  process.stderr.write(`${name}: ${passed} of ${vectors.length} passed\n`);
}
const sum = (of: "cases" | "passed" | "failed" | "missing") =>
  results.reduce((total, result) => total + result[of], 0);
const total = { cases: sum("cases"), passed: sum("passed"), failed: sum("failed"), missing: sum("missing") };
process.stdout.write(
  values.json
    ? `${JSON.stringify({ ...total, files: results })}\n`
    : `${total.cases} vectors: ${total.passed} passed, ${total.failed} failed, ${total.missing} missing, 0 skipped\n`,
);
process.exitCode = results.length > 0 && total.failed === 0 && total.missing === 0 ? 0 : 1;
