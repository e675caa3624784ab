import { type Expected, type HostileCase, type Place, requestBytes } from "./case.ts";

const BOUNDARY = "kite-and-harbour";
const REFUSED: Expected = { statuses: [400, 415], codes: [4000, 4200] };
const TAKEN: Expected = { statuses: [200], codes: [0] };

const idPart = (id: string) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="id"\r\n\r\n${id}\r\n`;
const filePart = (disposition: string, more = "") =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}${more}\r\n\r\na kite\r\n`;
const FILE = filePart('name="file"; filename="kite.png"');
const CLOSE = `--${BOUNDARY}--\r\n`;

function formCase(
  kind: string,
  name: string,
  body: (place: Place) => string,
  expected: Expected,
  type = `multipart/form-data; boundary=${BOUNDARY}`,
  endpoint = "upload",
): HostileCase {
  return {
    kind,
    name,
    target: "clearinghouse",
    expected,
    bytes: (place) =>
      requestBytes(
        `POST /ispws/${endpoint}`,
        [`Authorization: ${place.authorization}`, `Content-Type: ${type}`],
        Buffer.from(body(place), "utf8"),
      ),
  };
}

/** Forms on the CyberTipline's wire. */
export function formCases(): HostileCase[] {
  return [...ids(), ...fileNames(), ...shapes(), ...cuts(), ...types()];
}

function ids(): HostileCase[] {
  const all = [
    "",
    " ",
    "0x10",
    "1e6",
    "-1",
    "+1",
    "1.0",
    "1,000",
    "٣",
    "１",
    "NaN",
    "Infinity",
    "null",
    "undefined",
    "true",
    "[1]",
    "{}",
    "1;1",
    "1 1",
    "1\u0000",
    "\u00001",
    "1' or '1'='1",
    "1; drop table tip",
    "1/**/",
    "$1",
    "%31",
    "../1",
    "../../etc/passwd",
    "99999999999999999999",
    "1".repeat(400),
    "1".repeat(5000),
    "__proto__",
    "constructor",
    "\ud83d\ude80",
    "<id>1</id>",
    "${1}",
    "#{1}",
    "{{1}}",
    "1\r\n1",
    "9e99",
  ];
  return all.flatMap((id) => [
    formCase("form-id", `${JSON.stringify(id).slice(0, 30)} at upload`, () => idPart(id) + FILE + CLOSE, {
      statuses: [400, 404],
      codes: [4000, 4200, 5001],
    }),
    ...["finish", "retract"].map((endpoint) =>
      formCase(
        "form-id",
        `${JSON.stringify(id).slice(0, 30)} at ${endpoint}`,
        () => `id=${encodeURIComponent(id)}`,
        { statuses: [400, 404], codes: [4000, 5001] },
        "application/x-www-form-urlencoded",
        endpoint,
      ),
    ),
  ]);
}

/** A name is a claim about a file and never a path: it is taken, and leads nowhere. */
function fileNames(): HostileCase[] {
  const all = [
    "../../../etc/passwd",
    "..\\\\..\\\\windows\\\\win.ini",
    "/etc/passwd",
    "C:\\\\kite",
    "\\\\\\\\host\\\\share",
    "%2e%2e%2fkite",
    "..%c0%afkite",
    "....//kite",
    "kite\u0000.png",
    "kite%00.png",
    "CON",
    "NUL.txt",
    "aux",
    "LPT1",
    ".",
    "..",
    "~",
    "~root",
    "$(kite)",
    "`kite`",
    "| kite",
    "; kite",
    "&& kite",
    "kite\u202egnp.exe",
    "<script>1</script>",
    "kite\ufeff",
    "=1+1",
    "@kite",
    "-rf",
    "--help",
    "*",
    "?",
    "kite.png/",
    "a".repeat(255),
    "a".repeat(5000),
    "\u0301".repeat(200),
    "__proto__",
    "constructor",
    "https://192.0.2.1/kite",
    "file:///etc/hostname",
    "data:text/html,1",
  ];
  return all.flatMap((name) => [
    formCase(
      "form-name",
      JSON.stringify(name).slice(0, 40),
      ({ reportId }) => idPart(reportId) + filePart(`name="file"; filename="${name}"`) + CLOSE,
      TAKEN,
    ),
    formCase(
      "form-name",
      `${JSON.stringify(name).slice(0, 40)}, extended`,
      ({ reportId }) =>
        idPart(reportId) + filePart(`name="file"; filename*=UTF-8''${encodeURIComponent(name)}`) + CLOSE,
      TAKEN,
    ),
  ]);
}

function shapes(): HostileCase[] {
  const bodies: Record<string, (place: Place) => string> = {
    "two ids": ({ reportId }) => idPart(reportId) + idPart(reportId) + FILE + CLOSE,
    "two files": ({ reportId }) => idPart(reportId) + FILE + FILE + CLOSE,
    "no file": ({ reportId }) => idPart(reportId) + CLOSE,
    "no id": () => FILE + CLOSE,
    "a file in base64": ({ reportId }) =>
      idPart(reportId) + filePart('name="file"', "\r\nContent-Transfer-Encoding: base64") + CLOSE,
    "a quoted file": ({ reportId }) =>
      idPart(reportId) + filePart('name="file"', "\r\nContent-Transfer-Encoding: quoted-printable") + CLOSE,
    "seventeen parts": ({ reportId }) =>
      "x".repeat(17).replaceAll("x", filePart('name="k"')) + idPart(reportId) + FILE + CLOSE,
    "a thousand parts": ({ reportId }) => filePart('name="k"').repeat(1000) + idPart(reportId) + FILE + CLOSE,
    "a header of a megabyte": ({ reportId }) =>
      idPart(reportId) + filePart('name="file"', `\r\nX-Kite: ${"k".repeat(1_000_000)}`) + "CLOSE",
    "a field of a megabyte": ({ reportId }) =>
      idPart("1".repeat(1_000_000)) + idPart(reportId) + FILE + CLOSE,
    "another boundary": ({ reportId }) => (idPart(reportId) + FILE + CLOSE).replaceAll(BOUNDARY, "other"),
    "a boundary within": ({ reportId }) => idPart(reportId) + FILE + `--${BOUNDARY}`,
    "only a preamble": () => "kite ".repeat(1000),
    nothing: () => "",
    "only the end": () => CLOSE,
    "bare line feeds": ({ reportId }) => (idPart(reportId) + FILE + CLOSE).replaceAll("\r\n", "\n"),
  };
  return Object.entries(bodies).map(([name, body]) => formCase("form-shape", name, body, REFUSED));
}

function cuts(): HostileCase[] {
  const whole = ({ reportId }: Place) => idPart(reportId) + FILE + CLOSE;
  // The last of them still lacks a part of the last boundary.
  return Array.from({ length: 94 }, (_, n) => n * 2).map((length) =>
    formCase("form-cut", `after ${length} bytes`, (place) => whole(place).slice(0, length), REFUSED),
  );
}

function types(): HostileCase[] {
  const all = [
    "multipart/form-data",
    "multipart/form-data; boundary=",
    'multipart/form-data; boundary=""',
    `multipart/mixed; boundary=${BOUNDARY}`,
    `multipart/related; boundary=${BOUNDARY}`,
    "multipart/form-data; boundary=other",
    "application/json",
    "text/plain",
    "application/zip",
    `multipart/form-data; boundary=${"k".repeat(5000)}`,
    "multipart/form-data; charset=utf-8",
    "multipart",
    "/",
    ";",
    "message/rfc822",
    "application/x-www-form-urlencoded",
    "text/xml",
    "multipart/form-data, text/xml",
    `image/png; boundary=${BOUNDARY}`,
  ];
  return all.map((type) =>
    formCase(
      "form-type",
      type.slice(0, 60),
      ({ reportId }) => idPart(reportId) + FILE + CLOSE,
      REFUSED,
      type,
    ),
  );
}
