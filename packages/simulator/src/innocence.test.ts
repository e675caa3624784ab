import assert from "node:assert/strict";
import { test } from "node:test";
import { parseIp } from "@fairlead/report";
import { networkOf } from "./network.ts";
import { simulate, type SimulatedReport } from "./simulate.ts";
import { AMENDMENT, CHAT_LINES, ESCALATIONS, INJECTIONS, NO_CONTENT, NOTES } from "./words.ts";

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
    if (parseIp(address) !== undefined && networkOf(address) === undefined) found.push(address);
  const withoutLocalParts = text.replaceAll(/[^\s@"<>]+@/g, "");
  for (const [domain] of withoutLocalParts.matchAll(/(?:[a-z0-9-]+\.)+[a-z]{2,}/gi))
    if (!/(?:^|\.)example\.(?:com|org|net)$|\.example$|^[\w-]+\.(?:png|apng|txt)$/i.test(domain))
      found.push(domain);
  for (const [phone] of text.matchAll(/\+\d{7,}|\b0[1-9]\d{9}\b/g))
    if (!/^(?:\+44|0)(?:7700900|1632960)\d{3}$/.test(phone)) found.push(phone);
  return found;
}

const START = Date.parse("2026-03-01T12:00:00Z");
const reports: readonly SimulatedReport[] = [
  ...simulate({ seed: "innocent", count: 640, profile: "uk-demo", startAt: START }),
  ...simulate({ seed: "innocent", count: 800, profile: "world-2022", startAt: START }),
];

test("the check itself finds what is not reserved", () => {
  for (const text of [
    "from 8.8.8.8",
    "at 2606:4700::1111",
    "see www.kite.com",
    "mail me@teapot.co.uk",
    "ring +447911123456",
    "ring 02079460000",
  ])
    assert.equal(unreserved(text).length, 1, text);
  for (const text of [
    "192.0.2.7",
    "a.b.gb1@mail.example",
    "07700900123",
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

test("all that is not text is a drawn picture", () => {
  for (const { files } of reports)
    for (const { bytes, mediaType, name } of files) {
      if (mediaType === "text/plain") continue;
      assert.match(mediaType, /^image\/(?:a?png)$/, name);
      assert.equal(Buffer.from(bytes.subarray(0, 8)).toString("latin1"), "\x89PNG\r\n\x1a\n");
    }
});
