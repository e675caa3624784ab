import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { type PlainDocument, toHtml, toMarkdown } from "./document.ts";

const about = (text: string): PlainDocument => ({
  title: text,
  blocks: [
    { kind: "heading", text },
    { kind: "paragraph", text },
    { kind: "notice", text },
    { kind: "list", items: [text, text] },
    { kind: "table", columns: [text], rows: [[text]] },
    { kind: "verbatim", text },
  ],
});

test("a page has no script, no handler and no address to load, whatever stands in a report", () => {
  const hostile = `"><script src=//x></script><img onerror=x src=x> ' & </title></pre></style>`;
  const html = toHtml(about(hostile));
  assert.doesNotMatch(html, /<script|<img|<\/title><\/pre>/);
  assert.match(html, /default-src 'none'; style-src 'unsafe-inline'/);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const tags = toHtml(about(text)).match(/<[a-z!/][^>]*>/g);
      assert.deepEqual(tags, toHtml(about("x")).match(/<[a-z!/][^>]*>/g));
    }),
    { numRuns: 200 },
  );
});

test("a page cannot be turned around by marks of direction", () => {
  assert.doesNotMatch(toHtml(about("kite\u202egnp.exe")), /\u202e/);
});

test("Markdown keeps one block for one block, and a table its columns, whatever stands in a report", () => {
  const lines = (text: string) => toMarkdown(about(text)).split("\n").length;
  fc.assert(
    fc.property(fc.string(), (text) => {
      const shown = text.split("\n").length - 1;
      // Only text to be copied keeps its own line ends.
      assert.equal(lines(text), lines("x") + shown);
    }),
    { numRuns: 200 },
  );
  const row = toMarkdown({
    title: "x",
    blocks: [{ kind: "table", columns: ["a"], rows: [["1 | 2\n3 `x` <b>"]] }],
  });
  assert.match(row, /\n\| 1 \\\| 2 3 \\`x\\` \\<b\\> \|\n$/);
});
