import { type Expected, type HostileCase, type Place, requestBytes } from "./case.ts";

/** Broken at the level of HTTP itself: refused, or the connection closed without a word. Never a second answer. */
const BROKEN: Expected = {
  statuses: [400, 404, 405, 408, 411, 413, 414, 417, 431, 501, 505],
  maybeSilent: true,
};

function raw(
  kind: string,
  name: string,
  bytes: (place: Place) => string,
  expected: Expected = BROKEN,
): HostileCase {
  return {
    kind,
    name,
    target: "clearinghouse",
    expected,
    bytes: (place) => Buffer.from(bytes(place), "latin1"),
  };
}

/** What a proxy and a server might read differently, and what is no HTTP. */
export function httpCases(): HostileCase[] {
  return [...smuggling(), ...chunks(), ...heads(), ...credentials(), ...paths()];
}

const HIDDEN = "GET /ispws/status HTTP/1.1\r\nHost: station.example\r\n\r\n";

function post(place: Place, headers: string, body: string): string {
  return `POST /ispws/submit HTTP/1.1\r\nHost: station.example\r\nConnection: close\r\nAuthorization: ${place.authorization}\r\n${headers}\r\n${body}`;
}

function smuggling(): HostileCase[] {
  const codings = [
    "chunked, identity",
    "identity, chunked, identity",
    "xchunked",
    "chunked\u000b",
    "\u000bchunked",
    "chunked;q=1",
    '"chunked"',
    "chunked,",
    ",chunked,",
    "gzip",
    "gzip, chunked, gzip",
    "chunkedx",
    "chunked\u0000",
    "\u00a0chunked",
    "identity",
    "deflate",
    "cow",
  ];
  const lengths = [
    "-1",
    "+5",
    "0x5",
    "5 5",
    "5,5",
    "5, 6",
    "5;5",
    "1e1",
    "5.0",
    "",
    " ",
    "five",
    "\u00b2",
    "99999999999999999999999",
    "18446744073709551616",
    "٥",
    "5\u0000",
  ];
  return [
    ...lengths.map((length) =>
      raw(
        "http-length",
        JSON.stringify(length),
        (place) => post(place, `Content-Length: ${length}\r\n`, `kites${HIDDEN}`),
        { ...BROKEN, statuses: [...BROKEN.statuses, 401] },
      ),
    ),
    ...codings.flatMap((coding) => [
      raw("http-smuggling", `${JSON.stringify(coding)} with a length`, (place) =>
        post(place, `Content-Length: 5\r\nTransfer-Encoding: ${coding}\r\n`, `0\r\n\r\n${HIDDEN}`),
      ),
      raw("http-smuggling", `${JSON.stringify(coding)} alone`, (place) =>
        post(place, `Transfer-Encoding: ${coding}\r\n`, `0\r\n\r\n${HIDDEN}`),
      ),
    ]),
    ...[
      "Transfer-Encoding : chunked",
      "Transfer-Encoding\t: chunked",
      " Transfer-Encoding: chunked",
      "Transfer\rEncoding: chunked",
      "Transfer-Encoding:\r\n chunked",
      "Content-Length : 5",
      "Content-Length\u0000: 5",
      "X: y\nTransfer-Encoding: chunked",
      "X: y\rTransfer-Encoding: chunked",
    ].map((header) =>
      raw("http-smuggling", JSON.stringify(header), (place) =>
        post(place, `Content-Length: 5\r\n${header}\r\n`, `0\r\n\r\n${HIDDEN}`),
      ),
    ),
    raw("http-smuggling", "a length and chunks", (place) =>
      post(place, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", `0\r\n\r\n${HIDDEN}`),
    ),
    raw("http-smuggling", "chunks and a length", (place) =>
      post(place, "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", `0\r\n\r\n${HIDDEN}`),
    ),
    raw("http-smuggling", "two lengths that differ", (place) =>
      post(place, "Content-Length: 5\r\nContent-Length: 6\r\n", `kites${HIDDEN}`),
    ),
    raw("http-smuggling", "two lengths that agree", (place) =>
      post(place, "Content-Length: 5\r\nContent-Length: 5\r\n", `kites${HIDDEN}`),
    ),
    raw("http-smuggling", "a body, then another request after close", (place) =>
      post(place, "Content-Length: 5\r\n", `kites${HIDDEN}`),
    ),
    raw(
      "http-smuggling",
      "a GET with a body that is a request",
      (place) =>
        `GET /ispws/nothing HTTP/1.1\r\nHost: station.example\r\nConnection: close\r\nAuthorization: ${place.authorization}\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
    ),
  ];
}

function chunks(): HostileCase[] {
  const bodies = [
    "-1\r\nk\r\n0\r\n\r\n",
    "0x5\r\nkites\r\n0\r\n\r\n",
    "5 \r\nkite\r\n",
    "g\r\nk\r\n",
    "\r\n\r\n",
    "5\nkites\n0\n\n",
    "5\r\nkitesX0\r\n\r\n",
    "ffffffffffffffffff\r\nk\r\n",
    "10000000000000000\r\nk\r\n",
    `${"0".repeat(20_000)}5\r\nkites\r\n0\r\n\r\n`,
    `5;${"k".repeat(20_000)}\r\nkites\r\n0\r\n\r\n`,
    "5;k=\u0000\r\nkites\r\n0\r\n\r\n",
    "5\rkites\r\n0\r\n\r\n",
    `0\r\n${"k: v\r\n".repeat(3000)}\r\n`,
    "+5\r\nkites\r\n0\r\n\r\n",
    "5,5\r\nkites\r\n0\r\n\r\n",
    " 5\r\nkites\r\n0\r\n\r\n",
  ];
  return bodies.map((body, n) =>
    raw("http-chunks", `${n}: ${JSON.stringify(body.slice(0, 20))}`, (place) =>
      post(place, "Transfer-Encoding: chunked\r\n", body),
    ),
  );
}

function heads(): HostileCase[] {
  const lines = [
    "GET /ispws/status",
    "GET /ispws/status HTTP/0.9",
    "GET /ispws/status HTTP/3.0",
    "GET /ispws/status HTTP/1.1.1",
    "GET /ispws/status http/1.1",
    "GET /ispws/sta tus HTTP/1.1",
    "KITE /ispws/status HTTP/1.1",
    "get /ispws/status HTTP/1.1",
    "GET\t/ispws/status\tHTTP/1.1",
    "PRI * HTTP/2.0",
    "\u0016\u0003\u0001\u0002",
    "",
    " ",
    "CONNECT 192.0.2.1:80 HTTP/1.1",
    "TRACE /ispws/status HTTP/1.1",
    "OPTIONS * HTTP/1.1",
    "PUT /ispws/submit HTTP/1.1",
    "DELETE /ispws/submit HTTP/1.1",
    "PATCH /ispws/upload HTTP/1.1",
  ];
  const headers: Record<string, string> = {
    "a header of 20 KB": `X-Kite: ${"k".repeat(20_000)}`,
    "5000 headers": Array.from({ length: 5000 }, (_, n) => `K${n}: v`).join("\r\n"),
    "a NUL in a header": "X-Kite: k\u0000v",
    "a NUL in a name": "X\u0000Kite: v",
    "no colon": "kite",
    "an empty name": ": kite",
    "a folded line": "X-Kite: a\r\n b",
    "a space in a name": "X Kite: v",
    "a compressed body": "Content-Encoding: gzip",
    "an expectation": "Expect: 200-kite",
  };
  return [
    ...lines.map((line) =>
      raw(
        "http-line",
        JSON.stringify(line),
        (place) =>
          `${line}\r\nHost: station.example\r\nConnection: close\r\nAuthorization: ${place.authorization}\r\n\r\n`,
      ),
    ),
    ...Object.entries(headers).map(([name, text]) =>
      raw("http-header", name, (place) => post(place, `Content-Length: 9\r\n${text}\r\n`, "<report/>"), {
        ...BROKEN,
        statuses: [...BROKEN.statuses, 415],
      }),
    ),
    raw(
      "http-header",
      "no host",
      (place) =>
        `GET /ispws/status HTTP/1.1\r\nConnection: close\r\nAuthorization: ${place.authorization}\r\n\r\n`,
    ),
    raw(
      "http-header",
      "bare line feeds",
      (place) =>
        `GET /ispws/nothing HTTP/1.1\nHost: station.example\nConnection: close\nAuthorization: ${place.authorization}\n\n`,
    ),
  ];
}

function credentials(): HostileCase[] {
  const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
  const all = [
    "",
    "Basic",
    "Basic ",
    "Basic :",
    `Basic ${base64(":")}`,
    `Basic ${base64("kites")}`,
    `Basic ${base64("kites:")}`,
    `Basic ${base64(":secret")}`,
    `Basic ${base64("kites:wrong")}`,
    `Basic ${base64("kites\u0000:x")}`,
    `Basic ${base64("__proto__:x")}`,
    `Basic ${base64("constructor:prototype")}`,
    `Basic ${base64("' or 1=1 --:x")}`,
    `Basic ${base64("kites'--:x")}`,
    "Basic !!!!",
    "Basic a2l0ZXM6",
    `Basic ${"A".repeat(3000)}`,
    `Basic ${base64("k".repeat(10_000))}`,
    "Bearer kite",
    "Digest username=kites",
    "Negotiate kite",
    "basic",
    "Basic Basic",
    `Basic ${base64("kites:x")}, Basic ${base64("kites:y")}`,
    `Basic ${base64("\ud83d\ude80:x")}`,
    `Basic ${base64("kites\r\n:x")}`,
    "null",
    "undefined",
  ];
  return all.flatMap((authorization) =>
    (["status", "submit"] as const).map((endpoint) => ({
      kind: "http-credentials",
      name: `${authorization.slice(0, 40)} at ${endpoint}`,
      target: "clearinghouse" as const,
      expected: { statuses: [401] },
      bytes: () =>
        requestBytes(`${endpoint === "status" ? "GET" : "POST"} /ispws/${endpoint}`, [
          `Authorization: ${authorization}`,
        ]),
    })),
  );
}

function paths(): HostileCase[] {
  const all = [
    "/ispws/../log/checkpoint",
    "/ispws/..",
    "/ispws/%2e%2e/log",
    "/ispws//status",
    "/ispws/status/..",
    "/ispws/./status",
    "/ispws/__proto__",
    "/ispws/constructor",
    "/ispws/toString",
    "/ispws/hasOwnProperty",
    "/ispws/%00",
    "/ispws/%",
    "/ispws/%zz",
    "/ispws/..%2f..%2fetc%2fpasswd",
    "/ispws/..\\..\\kite",
    "/ispws/STATUS",
    "/ispws/status%20",
    "/ispws/\u00e9",
    "/ispws;kite/nothing",
    `/ispws/${"k".repeat(8000)}`,
    "/..",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/log/../../keys/signing.pem",
    "/log/tile/0/..%2f..%2f..%2fkeys%2fsigning.pem",
    "/log/tile/../../../etc/passwd",
    "/log/%2e%2e/keys/log.skey",
    "/door/receipts/..%2f..%2fkeys",
    "/door/receipts/%00",
    `/door/receipts/${"9".repeat(400)}`,
    "/door/receipts/__proto__",
    "/api/../keys",
    "/api/reports/__proto__",
    "/api/reports/%00",
    "/api/reports/..%2f..%2fetc%2fpasswd",
    "/door/packages/..%2f..%2fkite",
    "/door/packages/__proto__",
    "/.git/config",
    "/.env",
    "/station.json",
    "/keys/signing.pem",
    "//192.0.2.1/kite",
    "http://192.0.2.1/kite",
    "/openapi.json/../../keys",
  ];
  return all.map((path) => ({
    kind: "http-path",
    name: path.slice(0, 60),
    target: "clearinghouse" as const,
    expected: { statuses: [400, 401, 404, 414, 422, 431] },
    bytes: ({ authorization }) => requestBytes(`GET ${path}`, [`Authorization: ${authorization}`]),
  }));
}
