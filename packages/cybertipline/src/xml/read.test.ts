import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { XmlElement } from "./element.ts";
import { MAX_ATTRIBUTES, MAX_DEPTH, MAX_NODES } from "./limits.ts";
import { atOnce, inTurns } from "../steps.ts";
import { readingXml, readXml } from "./read.ts";

function read(xml: string | Uint8Array): XmlElement {
  const result = readXml(xml);
  assert.ok(result.ok, result.ok ? "" : result.problem.message);
  return result.root;
}

function refusal(xml: string | Uint8Array): string | undefined {
  const result = readXml(xml);
  return result.ok ? undefined : result.problem.code;
}

describe("reading", () => {
  it("gives elements, attributes and text, with CDATA as text and comments dropped", () => {
    const root = read('<a b="1&amp;2"><c>x<!-- y -->&lt;<![CDATA[<z>&amp;]]>&#x1F30A;</c><d/></a>');
    assert.deepEqual(root.attributes, [{ name: "b", namespace: "", value: "1&2" }]);
    assert.deepEqual(
      root.children.map(({ name, text }) => [name, text]),
      [
        ["c", "x<<z>&amp;🌊"],
        ["d", ""],
      ],
    );
  });

  it("says where each element starts, in lines and Unicode characters, whatever the line ends", () => {
    const root = read('<?xml version="1.0"?>\r\n<a>\r🌊<b\n c="1"/>\n\n  <d/></a>');
    assert.deepEqual(root.place, { line: 2, column: 1 });
    assert.deepEqual(
      root.children.map(({ place }) => place),
      [
        { line: 3, column: 2 },
        { line: 6, column: 3 },
      ],
    );
  });

  it("resolves namespaces and keeps their declarations out of the attributes", () => {
    const root = read('<a xmlns:x="urn:x" x:b="1"><c xmlns="urn:c"/></a>');
    assert.deepEqual(root.attributes, [{ name: "x:b", namespace: "urn:x", value: "1" }]);
    assert.equal(root.namespace, "");
    assert.equal(root.children[0]?.namespace, "urn:c");
  });

  it("makes the same of a document in pieces of any size, well-formed or not", () => {
    const part = fc.constantFrom(
      "<b>",
      "</b>",
      '<c d="1&#10;\t2"/>',
      "text & more",
      "kites 🌊🪁",
      "&amp;&#x1F30A;",
      "<![CDATA[]] >]]>",
      "<!-- y-z -->",
      "\r\n",
      "\n",
      "]]>",
      "<d",
      "=",
      '"',
      "<?x?>",
      " xmlns:q='urn:q'",
      "<q:e/>",
      "\ud800",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (parts, slice) => {
        const xml = `<?xml version="1.0" encoding="UTF-8"?><a>${parts.join("")}</a>`;
        assert.deepEqual(atOnce(readingXml(xml, slice)), readXml(xml));
      }),
      { numRuns: 2000 },
    );
  });

  it("lets others have a turn while it reads a large document, and only then", async () => {
    const turnsFor = async (length: number): Promise<number> => {
      let turns = 0;
      const result = await inTurns(readingXml(`<a>${"k".repeat(length)}</a>`), async () => {
        turns += 1;
      });
      assert.ok(result.ok);
      assert.equal(result.root.text.length, length);
      return turns;
    };
    assert.equal(await turnsFor(10_000), 0);
    // A turn before the text is looked at, one before it is scanned, and one before each piece of it is parsed.
    assert.equal(await turnsFor(4_000_000), 2 + 245);
  });

  it("takes names of JavaScript's own objects for plain names", () => {
    const root = read('<a __proto__="1" constructor="2"><__proto__/><toString/></a>');
    assert.deepEqual(
      root.attributes.map(({ name }) => name),
      ["__proto__", "constructor"],
    );
    assert.deepEqual(
      root.children.map(({ name }) => name),
      ["__proto__", "toString"],
    );
  });
});

describe("refusing", () => {
  const malformed = [
    "",
    " ",
    "x",
    "<a>",
    "<a></b>",
    "<a/><b/>",
    "<a/>x",
    "<a b=1/>",
    '<a b="1" b="2"/>',
    '<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>',
    '<a b="<"/>',
    "<a>&nbsp;</a>",
    "<a>&undefined;</a>",
    "<a>&#0;</a>",
    "<a>&#xD800;</a>",
    "<a>&#x110000;</a>",
    "<a>\u0000</a>",
    "<a>\u0001</a>",
    "<a>\uFFFE</a>",
    "<a>]]></a>",
    "<a & b/>",
    "<x:a/>",
    "<a><!-- -- --></a>",
    "<a><![CDATA[</a>",
    '<?xml version="1.1"?><a/>',
    '<?xml encoding="UTF-8"?><a/>',
  ];
  for (const xml of malformed) {
    it(`refuses what is not well-formed: ${JSON.stringify(xml)}`, () => {
      assert.equal(refusal(xml), "xml.malformed");
    });
  }

  it("refuses a declared encoding other than UTF-8, and takes UTF-8 in any case", () => {
    assert.equal(refusal('<?xml version="1.0" encoding="ISO-8859-1"?><a/>'), "xml.encoding");
    assert.equal(refusal('<?xml version="1.0" encoding="UTF-16"?><a/>'), "xml.encoding");
    assert.equal(refusal('<?xml version="1.0" encoding="utf-8" standalone="yes"?><a/>'), undefined);
  });

  it("stops at the limits of depth, attributes and nodes, and not one before", () => {
    const nested = (depth: number): string => "<a>".repeat(depth) + "</a>".repeat(depth);
    assert.equal(refusal(nested(MAX_DEPTH)), undefined);
    assert.equal(refusal(nested(MAX_DEPTH + 1)), "xml.too-deep");
    const wide = (count: number): string =>
      `<a ${Array.from({ length: count }, (_, index) => `a${String(index)}=""`).join(" ")}/>`;
    assert.equal(refusal(wide(MAX_ATTRIBUTES)), undefined);
    assert.equal(refusal(wide(MAX_ATTRIBUTES + 1)), "xml.too-many-attributes");
    assert.equal(refusal(`<a>${"<b/>".repeat(MAX_NODES - 1)}</a>`), undefined);
    assert.equal(refusal(`<a>${"<b/>".repeat(MAX_NODES)}</a>`), "xml.too-many-nodes");
    assert.equal(refusal(`<a>${"<!---->".repeat(MAX_NODES)}</a>`), "xml.too-many-nodes");
  });

  it("does not go on reading behind the first fault", () => {
    assert.equal(refusal("<a>".repeat(1_000_000)), "xml.too-deep");
  });

  it("says where it stopped", () => {
    const result = readXml("<a>\n  <b></c></a>");
    assert.ok(!result.ok);
    assert.deepEqual([result.problem.line, result.problem.column], [2, 9]);
    assert.match(result.problem.message, /unexpected close tag/);
  });
});

it("answers every text and every sequence of bytes without throwing", () => {
  const piece = fc.constantFrom(
    "<",
    ">",
    "/",
    "a",
    "b:c",
    "=",
    '"',
    "'",
    "&",
    "#",
    ";",
    "!",
    "--",
    "[CDATA[",
    "]]>",
    "?",
    "xml",
    " ",
    "\n",
    "xmlns",
    "DOCTYPE",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      readXml(pieces.join(""));
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      readXml(bytes);
    }),
  );
});
