import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { admitXml } from "./gate.ts";
import { MAX_BYTES, MAX_CHARACTER_REFERENCES, MAX_STOP_COST, STOP_COST } from "./limits.ts";

function refusal(xml: string | Uint8Array): string | undefined {
  const admitted = admitXml(xml);
  return admitted.ok ? undefined : admitted.problem.code;
}

describe("encoding", () => {
  it("drops a byte order mark and makes every line end a line feed", () => {
    assert.deepEqual(admitXml("\uFEFF<a>\r\n\r</a>"), { ok: true, text: "<a>\n\n</a>" });
    assert.deepEqual(admitXml(new TextEncoder().encode("\uFEFF<a>é</a>")), { ok: true, text: "<a>é</a>" });
  });

  it("refuses bytes that are not UTF-8, in whatever way they are not", () => {
    const tricks: readonly (readonly number[])[] = [
      [0x3c, 0x61, 0x3e, 0xe9, 0x3c, 0x2f, 0x61, 0x3e], // Latin-1
      [0xfe, 0xff, 0x00, 0x3c, 0x00, 0x61, 0x00, 0x2f, 0x00, 0x3e], // UTF-16 with its mark
      [0x3c, 0xc0, 0xbc, 0x3e], // an overlong form of "<"
      [0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80, 0x3c, 0x2f, 0x61, 0x3e], // half of a surrogate pair
    ];
    for (const bytes of tricks) assert.equal(refusal(Uint8Array.from(bytes)), "xml.encoding");
  });

  it("refuses text that holds half of a surrogate pair, which UTF-8 cannot carry", () => {
    assert.equal(refusal("<a>\uD800</a>"), "xml.encoding");
  });
});

describe("size", () => {
  it("counts bytes of UTF-8, not characters", () => {
    const fits = `<a>${"é".repeat(MAX_BYTES / 2 - 4)}</a>`;
    assert.equal(refusal(fits), undefined);
    assert.equal(refusal(`${fits}é`), "xml.too-large");
    assert.equal(refusal(new Uint8Array(MAX_BYTES + 1)), "xml.too-large");
  });
});

describe("what no document needs", () => {
  it("refuses a document type declaration in any case of letters, wherever it stands, and says where", () => {
    assert.equal(refusal("<!DOCTYPE a><a/>"), "xml.doctype");
    assert.equal(refusal("<!doctype a><a/>"), "xml.doctype");
    const admitted = admitXml('<?xml version="1.0"?>\r\n <!DOCTYPE a SYSTEM "file:///nowhere"><a/>');
    assert.ok(!admitted.ok);
    assert.deepEqual([admitted.problem.line, admitted.problem.column], [2, 2]);
  });

  it("refuses processing instructions but takes the XML declaration at the very start", () => {
    assert.equal(refusal('<?xml version="1.0"?><a/>'), undefined);
    assert.equal(refusal('<?xml-stylesheet href="a"?><a/>'), "xml.processing-instruction");
    assert.equal(refusal('<a/><?xml version="1.0"?>'), "xml.processing-instruction");
    assert.equal(refusal("<a><?php echo?></a>"), "xml.processing-instruction");
  });

  it("leaves comments and CDATA alone, whatever they hold", () => {
    assert.equal(refusal("<a><!-- <!DOCTYPE a> <?php ?> --></a>"), undefined);
    assert.equal(refusal("<a><![CDATA[<!DOCTYPE a> <?php ?> &#65;]]></a>"), undefined);
  });

  it("is not fooled by a section that ends early", () => {
    assert.equal(refusal("<a><!----><!DOCTYPE b></a>"), "xml.doctype");
    assert.equal(refusal("<a><![CDATA[]]><?b?></a>"), "xml.processing-instruction");
  });
});

describe("what costs a parser much", () => {
  it("counts character references in texts and in attributes and cuts behind the last one allowed", () => {
    const most = "&#65;".repeat(MAX_CHARACTER_REFERENCES);
    assert.equal(refusal(`<a>${most}</a>`), undefined);
    assert.equal(refusal(`<a>${most}&#65;</a>`), "xml.too-many-references");
    assert.equal(refusal(`<a b="${most}"/>`), undefined);
    assert.equal(refusal(`<a b="${most}">&#x41;</a>`), "xml.too-many-references");
    assert.equal(refusal(`<a b='${most}&#65;'/>`), "xml.too-many-references");
  });

  it("cuts a million references before a parser sees any", () => {
    assert.equal(refusal(`<a>${"&#65;".repeat(800_000)}</a>`), "xml.too-many-references");
  });

  it("adds up everything else that stops a parser", () => {
    const costs: readonly (readonly [unit: string, cost: number, before: string, after: string])[] = [
      ["&amp;", STOP_COST.reference, "<a>", "</a>"],
      ["]", STOP_COST.cdataBracket, "<a><![CDATA[", "x]]></a>"],
      ["- ", STOP_COST.commentHyphen, "<a><!--", "--></a>"],
      ["\n", STOP_COST.lineFeed, "<a>", "</a>"],
      ["\t", STOP_COST.attributeSpace, '<a b="', '"/>'],
    ];
    for (const [unit, cost, before, after] of costs) {
      const few = Math.floor(MAX_STOP_COST / cost) - 10;
      assert.equal(refusal(before + unit.repeat(few) + after), undefined, unit);
      assert.equal(refusal(before + unit.repeat(few + 20) + after), "xml.too-many-references", unit);
    }
  });
});

it("gives every text either whole, but for its line ends, or not at all", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      const admitted = admitXml(text);
      if (!admitted.ok) return;
      assert.equal(admitted.text, text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n"));
    }),
  );
});
