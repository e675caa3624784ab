import { type Expected, type HostileCase, type Place, requestBytes } from "./case.ts";
import { BAD, create, patch, STREAM, uploadCase } from "./upload-case.ts";
import { uploadTextCases } from "./upload-text-cases.ts";

/** What is no number of bytes, and what is one that no file has. */
const NUMBERS = [
  "-1",
  "-0",
  "+1",
  "1.0",
  "1.",
  ".5",
  "1e3",
  "1E3",
  "0x10",
  "0b1",
  "0o7",
  "010",
  "00",
  "1_000",
  "1,000",
  "1 000",
  "1;1",
  "1, 1",
  "NaN",
  "Infinity",
  "-Infinity",
  "null",
  "undefined",
  "true",
  "[1]",
  "{}",
  '"1"',
  "1n",
  "１",
  "٣",
  "½",
  "kite",
  "%31",
  "\\x31",
  "1\u00a0",
  "\u00a01",
  "1000000000000000",
  "9007199254740991",
  "9007199254740993",
  "9223372036854775807",
  "18446744073709551616",
  "9".repeat(400),
];

/** Resumable uploads: lengths and offsets that lie, checksums, metadata, names, methods, and what a report says of an upload. */
export function uploadCases(): HostileCase[] {
  return [...numbers(), ...bodies(), ...names(), ...protocol(), ...uploadTextCases()];
}

function numbers(): HostileCase[] {
  return NUMBERS.flatMap((value) => [
    uploadCase("upload-length", value.slice(0, 40), create, [`Upload-Length: ${value}`], BAD),
    uploadCase("upload-offset", value.slice(0, 40), patch, [STREAM, `Upload-Offset: ${value}`], BAD, "kite"),
    uploadCase(
      "upload-defer",
      value.slice(0, 40),
      create,
      ["Upload-Length: 5", `Upload-Defer-Length: ${value}`],
      BAD,
    ),
  ]).concat(
    ["0", "1", "9", "11", "99", "100", "101", "999999999999999"].map((value) =>
      uploadCase(
        "upload-offset",
        `not there: ${value}`,
        patch,
        [STREAM, `Upload-Offset: ${value}`],
        { statuses: [409] },
        "kite",
      ),
    ),
    ["68719476737", "999999999999999"].map((value) =>
      uploadCase("upload-length", `too long: ${value}`, create, [`Upload-Length: ${value}`], {
        statuses: [413],
      }),
    ),
    uploadCase("upload-length", "none", create, [], BAD),
    uploadCase("upload-length", "twice", create, ["Upload-Length: 5", "Upload-Length: 6"], BAD),
    uploadCase("upload-offset", "none", patch, [STREAM], BAD, "kite"),
    uploadCase(
      "upload-offset",
      "twice",
      patch,
      [STREAM, "Upload-Offset: 10", "Upload-Offset: 10"],
      BAD,
      "kite",
    ),
  );
}

/** Bodies that are longer, shorter or otherwise than is said of them. None of them may count. */
function bodies(): HostileCase[] {
  const raw = (name: string, headers: readonly string[], body: string, expected: Expected): HostileCase => ({
    kind: "upload-body",
    name,
    target: "platform",
    expected,
    bytes: (place) =>
      requestBytes(
        patch(place),
        [
          `Authorization: ${place.authorization}`,
          "Tus-Resumable: 1.0.0",
          STREAM,
          "Upload-Offset: 10",
          ...headers,
        ],
        Buffer.from(body),
        false,
      ),
  });
  const silent: Expected = { statuses: [400, 408, 413], maybeSilent: true };
  const wrongSum = "Upload-Checksum: sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  return [
    raw("91 bytes where 90 are missing", ["Content-Length: 91"], "k".repeat(91), { statuses: [413] }),
    raw("a length of 2 to the 60th", ["Content-Length: 1152921504606846976"], "kite", {
      statuses: [413],
    }),
    raw("chunks that go on for ever", ["Transfer-Encoding: chunked"], `1000\r\n${"k".repeat(4096)}\r\n`, {
      statuses: [413],
    }),
    raw("a length and chunks", ["Content-Length: 4", "Transfer-Encoding: chunked"], "0\r\n\r\n", silent),
    raw("a negative length", ["Content-Length: -4"], "kite", silent),
    raw("chunks without a size", ["Transfer-Encoding: chunked", wrongSum], "\r\nkite\r\n", silent),
    raw("half of a checked body", ["Content-Length: 8", wrongSum], "kite", {
      statuses: [204, 400, 408],
      maybeSilent: true,
    }),
    raw(
      "a second request in the body",
      ["Content-Length: 60", wrongSum],
      "HEAD /door/uploads HTTP/1.1\r\nHost: station.example\r\n\r\n".padEnd(60, "k"),
      { statuses: [460] },
    ),
    ...[
      "application/json",
      "text/plain",
      "multipart/form-data; boundary=k",
      "application/offset+octet-stream; charset=utf-8",
      "application/octet-stream",
      "",
      "*/*",
      "application/offset",
    ].map((type) =>
      uploadCase(
        "upload-type",
        type,
        patch,
        [...(type === "" ? [] : [`Content-Type: ${type}`]), "Upload-Offset: 10"],
        { statuses: [415] },
        "kite",
      ),
    ),
    ...["application/json", "text/xml", "application/x-www-form-urlencoded"].map((type) =>
      uploadCase(
        "upload-type",
        `begun with ${type}`,
        create,
        [`Content-Type: ${type}`, "Upload-Length: 4"],
        { statuses: [415] },
        "kite",
      ),
    ),
  ];
}

function names(): HostileCase[] {
  const none = [
    "0".repeat(32),
    "0".repeat(31),
    "0".repeat(33),
    "F".repeat(32),
    "..",
    "../uploads",
    "..%2f..%2fkeys",
    "%2e%2e%2f%2e%2e",
    "..\\..\\keys",
    "%00",
    `${"0".repeat(32)}%00`,
    `${"0".repeat(32)}/x`,
    "__proto__",
    "constructor",
    "null",
    "1",
    "-1",
    "'%20or%20'1'='1",
    "%ff%fe",
    "k".repeat(300),
  ];
  // Where a path is resolved to the address of all uploads, the method is what is refused.
  const expected: Expected = { statuses: [400, 404, 405, 414] };
  return none.flatMap((name) => [
    uploadCase("upload-name", `HEAD ${name.slice(0, 60)}`, () => `HEAD /door/uploads/${name}`, [], expected),
    uploadCase(
      "upload-name",
      `PATCH ${name.slice(0, 60)}`,
      () => `PATCH /door/uploads/${name}`,
      [STREAM, "Upload-Offset: 0"],
      expected,
      "kite",
    ),
    uploadCase(
      "upload-name",
      `DELETE ${name.slice(0, 60)}`,
      () => `DELETE /door/uploads/${name}`,
      [],
      expected,
    ),
  ]);
}

function protocol(): HostileCase[] {
  const versions = [
    "Kite: 1",
    "Tus-Resumable:",
    "Tus-Resumable: 0.2.2",
    "Tus-Resumable: 1.0",
    "Tus-Resumable: 1.0.0, 1.0.0",
    "Tus-Resumable: 2.0.0",
    "Tus-Resumable: __proto__",
  ];
  const methods = [
    "GET",
    "PUT",
    "TRACE",
    "CONNECT",
    "constructor",
    "__proto__",
    "PATCH PATCH",
    "head\u00e9",
    "KITE",
  ];
  const at = ({ uploadId }: Place) => `POST /door/uploads/${uploadId}`;
  return [
    ...versions.map((version) =>
      uploadCase("upload-version", version, create, ["Upload-Length: 5"], { statuses: [412] }, "", version),
    ),
    ...methods.map((method) =>
      uploadCase("upload-method", method, at, [`X-HTTP-Method-Override: ${method}`], { statuses: [405] }),
    ),
    uploadCase("upload-method", "a creation that says PATCH", create, ["X-HTTP-Method-Override: PATCH"], {
      statuses: [405],
    }),
    uploadCase("upload-method", "POST at an upload", at, ["Upload-Length: 5"], { statuses: [405] }),
    uploadCase("upload-concat", "partial", create, ["Upload-Concat: partial"], BAD),
    uploadCase(
      "upload-concat",
      "final",
      create,
      ["Upload-Concat: final;/door/uploads/a /door/uploads/b"],
      BAD,
    ),
  ];
}
