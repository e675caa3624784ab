import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { CyberTiplineError } from "../error.ts";
import { readXml } from "./read.ts";
import { type XmlOutput, writeXml } from "./write.ts";

function leaf(content: string, attribute = ""): XmlOutput {
  return { name: "a", path: "/a", attributes: [["b", attribute]], content };
}

describe("writing", () => {
  it("writes the prolog of NCMEC's answers, one element a line", () => {
    const xml = writeXml({
      name: "a",
      path: "/a",
      attributes: [],
      content: [leaf("x", "1"), { name: "c", path: "/a/c", attributes: [], content: [] }],
    });
    assert.equal(
      xml,
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a>\n  <a b="1">x</a>\n  <c/>\n</a>\n',
    );
  });

  it("escapes what would end a text or an attribute, and what a parser would change", () => {
    assert.match(writeXml(leaf("a&b<c>\r\n]]>")), />a&amp;b&lt;c&gt;&#13;\n]]&gt;</);
    assert.match(writeXml(leaf("", "\"<>&\t\n\r'")), /b="&quot;&lt;&gt;&amp;&#9;&#10;&#13;'"/);
  });

  it("refuses characters that XML 1.0 cannot carry, and says which and where", () => {
    for (const bad of ["\u0000", "\u0008", "\u000B", "\u001F", "\uFFFE", "\uFFFF", "\uD800", "\uDC00x"]) {
      assert.throws(
        () => writeXml(leaf(`ab${bad}`)),
        (error) =>
          error instanceof CyberTiplineError &&
          error.code === "character-not-allowed" &&
          /^\/a: the character U\+[0-9A-F]{4} at offset 2 /.test(error.message),
      );
      assert.throws(() => writeXml(leaf("", bad)), /^CyberTiplineError: \/a\/@b: /);
    }
  });

  it("gives back every text that XML can carry, in elements and in attributes", () => {
    const text = fc.string({ unit: "binary" }).filter((each) => each.isWellFormed());
    fc.assert(
      fc.property(text, (value) => {
        let xml: string;
        try {
          xml = writeXml(leaf(value, value));
        } catch (error) {
          assert.ok(error instanceof CyberTiplineError);
          return;
        }
        const read = readXml(xml);
        assert.ok(read.ok);
        assert.equal(read.root.text, value);
        assert.equal(read.root.attributes[0]?.value, value);
      }),
    );
  });
});
