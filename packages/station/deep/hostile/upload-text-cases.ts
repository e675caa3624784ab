import { testReport } from "../../src/testing/report.ts";
import { type Expected, type HostileCase, requestBytes } from "./case.ts";
import { BAD, create, patch, STREAM, uploadCase } from "./upload-case.ts";

const BOUNDARY = "kite-and-harbour";

/** What stands in the headers of a resumable upload, and in the field in which a report names one. */
export function uploadTextCases(): HostileCase[] {
  return [...checksums(), ...metadata(), ...named()];
}

function checksums(): HostileCase[] {
  const wrong = [
    "",
    " ",
    "sha1",
    "sha1 ",
    " sha1 x",
    "SHA1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "sha1  AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAB=",
    "sha1 AAAA",
    "sha1 !!!!",
    "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA= x",
    "crc32 AAAAAA==",
    "sha512 AAAA",
    "md5 AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "sha256 AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "__proto__ AAAA",
    "constructor AAAA",
    "toString AAAA",
    `sha1 ${"A".repeat(4000)}`,
  ];
  const mismatched = [
    "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "md5 AAAAAAAAAAAAAAAAAAAAAA==",
    "sha256 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  ];
  const sent = (value: string, expected: Expected) =>
    uploadCase(
      "upload-checksum",
      value.slice(0, 60),
      patch,
      [STREAM, "Upload-Offset: 10", `Upload-Checksum: ${value}`],
      expected,
      "kite",
    );
  return [
    ...wrong.map((value) => sent(value, BAD)),
    ...mismatched.map((value) => sent(value, { statuses: [460] })),
  ];
}

function metadata(): HostileCase[] {
  const wrong = [
    ",",
    "a,",
    ",a",
    "a,,b",
    "a,a",
    "a YQ==,b Yg==,a Yw==",
    "a  YQ==",
    "a YQ",
    "a YQ= =",
    "a YQ==b",
    "a Y-__",
    "a <script>",
    "a YQ== YQ==",
    "filename ../../kite",
    "é YQ==",
    "a é",
    "\u0001 YQ==",
    "a\tYQ==",
    '"a" YQ==;b',
    `a ${"YQ==".repeat(1100)}`,
    Array.from({ length: 2000 }, (_, n) => `k${n}`).join(","),
  ];
  const harmless = [
    `filename ${Buffer.from("../../../etc/kite\u0000.png").toString("base64")}`,
    `filename ${Buffer.from("kite\r\nSet-Cookie: a=b").toString("base64")}`,
    "__proto__ YQ==,constructor YQ==",
  ];
  const sent = (value: string, expected: Expected) =>
    uploadCase(
      "upload-metadata",
      value.slice(0, 60),
      create,
      ["Upload-Length: 0", `Upload-Metadata: ${value}`],
      expected,
    );
  return [
    ...wrong.map((value) => sent(value, { statuses: [400, 431] })),
    ...harmless.map((value) => sent(value, { statuses: [201] })),
  ];
}

/** The field of a report's form that names uploads. */
function named(): HostileCase[] {
  const report = JSON.stringify(testReport([]));
  const id = "018f0000-0000-7000-8000-000000000000";
  const zeros = "0".repeat(64);
  const one = (parts: object) =>
    JSON.stringify([{ evidence: id, upload: "0".repeat(32), sha256: zeros, ...parts }]);
  const wrong = [
    "",
    "kite",
    "{}",
    "null",
    "1",
    '"kite"',
    "[null]",
    "[[]]",
    "[{}]",
    "[".repeat(100_000),
    one({}),
    one({ upload: "../../keys" }),
    one({ upload: "http://192.0.2.1/kite" }),
    one({ upload: "0".repeat(31) }),
    one({ upload: ["0".repeat(32)] }),
    one({ sha256: "kite" }),
    one({ sha256: null }),
    one({ evidence: "kite" }),
    one({ evidence: "__proto__" }),
    one({ more: true }),
    `[{"__proto__":{"evidence":"${id}"},"upload":"${"0".repeat(32)}","sha256":"${zeros}"}]`,
    JSON.stringify(
      Array.from({ length: 10_001 }, () => ({ evidence: id, upload: "0".repeat(32), sha256: zeros })),
    ),
  ];
  const part = (name: string, value: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  return wrong.map((value, at) => ({
    kind: "upload-named",
    name: `${at}: ${value.slice(0, 60)}`,
    target: "platform",
    expected: { statuses: [400, 422] },
    bytes: ({ authorization }) =>
      requestBytes(
        "POST /door/reports",
        [`Authorization: ${authorization}`, `Content-Type: multipart/form-data; boundary=${BOUNDARY}`],
        `${part("report", report)}${part("uploads", value)}--${BOUNDARY}--\r\n`,
      ),
  }));
}
