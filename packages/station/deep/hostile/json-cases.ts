import { testReport } from "../../src/testing/report.ts";
import { type Expected, type HostileCase, requestBytes } from "./case.ts";

const REFUSED: Expected = { statuses: [400, 413, 422] };
const BOUNDARY = "kite-and-harbour";

function reportCase(kind: string, name: string, document: string, expected: Expected = REFUSED): HostileCase {
  const body =
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="report"\r\n\r\n${document}\r\n` +
    `--${BOUNDARY}--\r\n`;
  return {
    kind,
    name,
    target: "platform",
    expected,
    bytes: ({ authorization }) =>
      requestBytes(
        "POST /door/reports",
        [`Authorization: ${authorization}`, `Content-Type: multipart/form-data; boundary=${BOUNDARY}`],
        body,
      ),
  };
}

/** Reports as JSON, at the door for an organisation's own systems. */
export function jsonCases(): HostileCase[] {
  const good = JSON.stringify(testReport([]));
  return [...pollution(good), ...texts(good), ...wrongTypes(good)];
}

function pollution(good: string): HostileCase[] {
  const keys = [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "then",
    "toJSON",
    "__defineGetter__",
    "__lookupSetter__",
  ];
  const values = ['{"admin":true}', '"kite"', "null", '{"prototype":{"admin":true}}', '["kite"]'];
  const places = ["{", '"incident":{', '"sender":{'];
  return keys.flatMap((key) =>
    values.flatMap((value) =>
      places.map((place) =>
        reportCase(
          "json-prototype",
          `${key}: ${value} in ${place}`,
          good.replace(place, `${place}"${key}":${value},`),
        ),
      ),
    ),
  );
}

function texts(good: string): HostileCase[] {
  const depths = [100, 1000, 10_000, 100_000, 500_000];
  const whole = [
    "",
    " ",
    "null",
    "true",
    "1",
    '"kite"',
    "[]",
    "{}",
    "NaN",
    "undefined",
    "{",
    "}",
    "[",
    '"',
    "{'a':1}",
    "{a:1}",
    '{"a":1,}',
    "[1,]",
    "01",
    "1.",
    ".5",
    "+1",
    "0x10",
    "1e999",
    "-",
    "\u0000",
    '{"a":"\n"}',
    '{"a":"\\x41"}',
    '{"a":"\\u12"}',
    "// kite\n{}",
    "{}{}",
    "[][]",
    "\ufeff{}",
    "\u2028",
    "<report/>",
    "kite=1",
  ];
  return [
    ...depths.flatMap((depth) => [
      reportCase("json-depth", `${depth} lists`, "[".repeat(depth) + "]".repeat(depth)),
      reportCase("json-depth", `${depth} objects`, '{"a":'.repeat(depth) + "1" + "}".repeat(depth)),
      reportCase(
        "json-depth",
        `${depth} lists within`,
        good.replace("{", `{"kite":${"[".repeat(depth)}${"]".repeat(depth)},`),
      ),
    ]),
    ...whole.map((text) => reportCase("json-text", JSON.stringify(text), text)),
    reportCase(
      "json-size",
      "a report of 5 MiB",
      good.replace("{", `{"kite":"${"k".repeat(5 * 1024 * 1024)}",`),
    ),
    reportCase(
      "json-size",
      "a hundred thousand keys",
      good.replace("{", `{${Array.from({ length: 100_000 }, (_, n) => `"k${n}":1,`).join("")}`),
    ),
  ];
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Each value of a good report in turn, replaced by values that it may not have. */
function wrongTypes(good: string): HostileCase[] {
  const report = JSON.parse(good) as Json;
  const wrong: Json[] = [-1.5, "\u0000", [[]], { kite: 1 }, true];
  return pathsOf(report).flatMap((path) =>
    wrong
      .filter((value) => value !== valueAt(report, path))
      .map((value) =>
        reportCase(
          "json-type",
          `${path.join("/")} = ${JSON.stringify(value)}`,
          JSON.stringify(replaced(report, path, value)),
        ),
      ),
  );
}

function pathsOf(value: Json, at: string[] = []): string[][] {
  const own = at.length === 0 ? [] : [at];
  if (value === null || typeof value !== "object") return own;
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...at, key]))];
}

function valueAt(value: Json, [key, ...rest]: readonly string[]): Json {
  if (key === undefined || value === null || typeof value !== "object") return value;
  return valueAt((value as { [key: string]: Json })[key] ?? null, rest);
}

function replaced(value: Json, [key, ...rest]: readonly string[], by: Json): Json {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === key ? replaced(item, rest, by) : item));
  const object = value as { [key: string]: Json };
  return { ...object, [key]: replaced(object[key] ?? null, rest, by) };
}
