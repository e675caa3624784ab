import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "@fairlead/report";
import { networkOf } from "./network.ts";
import { simulate, type SimulatedReport } from "./simulate.ts";
import { AMENDMENT, CHAT_LINES, ESCALATIONS, INJECTIONS, NO_CONTENT, NOTES, RETRACTION } from "./words.ts";
import { yearNetworkOf } from "./year/address-space.ts";
import { dramaNumber, DRAMA_NUMBERS } from "./year/phone-numbers.ts";
import { simulateYear } from "./year/simulate-year.ts";
import { yearProfiles } from "./year/years.ts";

const DRAMA: ReadonlySet<string> = new Set(
  Array.from({ length: DRAMA_NUMBERS }, (_, place) => dramaNumber(place) ?? ""),
);

/** Every text in a value, with the text files that belong to it. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (value instanceof Uint8Array) yield Buffer.from(value).toString("utf8");
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      yield key;
      yield* textsOf(inner);
    }
}

/** Names what looks like an address, a domain or a telephone number outside the ranges that are reserved for examples. */
function unreserved(text: string): string[] {
  const found: string[] = [];
  for (const [address] of text.matchAll(/\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]{3,}/gi))
    if (parseIp(address) !== undefined && networkOf(address) === undefined && !isNobodys(address))
      found.push(address);
  const withoutLocalParts = text.replaceAll(/[^\s@"<>]+@/g, "");
  for (const [domain] of withoutLocalParts.matchAll(/(?:[a-z0-9-]+\.)+[a-z]{2,}/gi))
    if (!/(?:^|\.)example\.(?:com|org|net)$|\.example$|^[\w-]+\.(?:png|apng|txt)$/i.test(domain))
      found.push(domain);
  for (const [phone] of text.matchAll(/\+\d{7,}|\b0[1-9]\d{9}\b/g))
    if (!DRAMA.has(phone.replace(/^\+44/, "0"))) found.push(phone);
  return found;
}

/**
 * Whether an address is one that nobody can have: reserved and neither source nor destination of anything (RFC 1112 section 4, RFC
 * 6890 table 15), or for documentation (RFC 9637). Only years have such addresses.
 */
function isNobodys(address: string): boolean {
  return /^2(?:4\d|5[01])\./.test(address) || /^3fff:0?[0-9a-f]{1,3}:/.test(address);
}

const START = Date.parse("2026-03-01T12:00:00Z");
const reports: readonly SimulatedReport[] = [
  ...simulate({ seed: "innocent", count: 640, profile: "uk-demo", startAt: START }),
  ...simulate({ seed: "innocent", count: 800, profile: "world-2022", startAt: START }),
  ...[...yearProfiles.keys()].flatMap((year) =>
    Array.from(simulateYear({ seed: "innocent", year, total: 400 }), (one) => ({
      ...one,
      truth: one.truth(),
    })),
  ),
];

test("the check itself finds what is not reserved", () => {
  for (const text of [
    "from 8.8.8.8",
    "at 2606:4700::1111",
    "see www.kite.com",
    "mail me@teapot.co.uk",
    "ring +447911123456",
    "ring 02079461000",
    "from 253.1.2.3",
    "at 3fff:1000::1",
  ])
    assert.equal(unreserved(text).length, 1, text);
  for (const text of [
    "192.0.2.7",
    "a.b.gb1@mail.example",
    "07700900123",
    "02079460000",
    "240.1.2.3",
    "3fff:7f:1::1",
    "+441632960999",
    "IMG_1.png",
    "21:56:29",
  ])
    assert.deepEqual(unreserved(text), [], text);
});

test("no address, domain or telephone number of a stream is anybody's", () => {
  for (const { report, truth, files } of reports) {
    const written = files.filter(({ mediaType }) => mediaType === "text/plain");
    for (const text of textsOf({ report, truth, written })) assert.deepEqual(unreserved(text), [], text);
  }
});

test("every sentence of a stream stands in the lists", () => {
  const known = new Set<string>([
    ...NOTES,
    ...CHAT_LINES,
    ...ESCALATIONS,
    ...INJECTIONS,
    ...Object.values(NO_CONTENT),
    AMENDMENT,
    RETRACTION,
  ]);
  for (const { report, files } of reports) {
    for (const { text } of report.statements)
      for (const line of known.has(text) ? [text] : text.split("\n"))
        assert.ok(known.has(line) || /^Times as our export shows them: [-a-zA-Z0-9:; ]+\.$/.test(line), line);
    for (const { states } of report.claims)
      if (states.kind === "escalation") assert.ok(known.has(states.text), states.text);
    for (const { bytes, mediaType } of files)
      if (mediaType === "text/plain")
        for (const line of Buffer.from(bytes).toString("utf8").trim().split("\n").slice(1))
          assert.ok(known.has(line.replace(/^\[\d\d:\d\d\] \w+: /, "")), line);
  }
});

test("every address of a year stands in the table that says what it stands for", () => {
  for (const { truth } of reports)
    for (const { address } of truth.networks)
      assert.ok(networkOf(address) !== undefined || yearNetworkOf(address) !== undefined, address);
});

test("all that is not text is a drawn picture", () => {
  for (const { files } of reports)
    for (const { bytes, mediaType, name } of files) {
      if (mediaType === "text/plain") continue;
      assert.match(mediaType, /^image\/(?:a?png)$/, name);
      assert.equal(Buffer.from(bytes.subarray(0, 8)).toString("latin1"), "\x89PNG\r\n\x1a\n");
    }
});
