import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { emailFault, urlFault } from "./formats.ts";

describe("an e-mail address", () => {
  const good = [
    "a@example.com",
    "first.last+tag@mail.example.co.uk",
    "o'hara@example.com",
    `${"a".repeat(64)}@example.com`,
    '"a b"@example.com',
    '"a\\"b"@example.com',
    "post@[192.0.2.1]",
    "post@[IPv6:2001:db8::1]",
    "jörg@bücher.example",
  ];
  for (const text of good) {
    it(`is ${text}`, () => {
      assert.equal(emailFault(text, "strict"), undefined);
    });
  }

  const bad = [
    "",
    "@",
    "@example.com",
    "a@",
    "a",
    "a b@example.com",
    "a@b c.example",
    "a..b@example.com",
    ".a@example.com",
    "a.@example.com",
    `${"a".repeat(65)}@example.com`,
    "a@-example.com",
    "a@example-.com",
    "a@example..com",
    "a@.example.com",
    `a@${"b".repeat(64)}.example`,
    "a@example.com, b@example.com",
    "<a@example.com>",
    'a"b@example.com',
    "a@example.com\n",
    "a@b@example.com",
  ];
  for (const text of bad) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.notEqual(emailFault(text, "lenient"), undefined);
    });
  }

  it("has a domain with a dot, if strict", () => {
    assert.equal(emailFault("a@localhost", "lenient"), undefined);
    assert.notEqual(emailFault("a@localhost", "strict"), undefined);
  });

  it("counts characters of the local part, not UTF-16 units", () => {
    assert.equal(emailFault(`${"𝒶".repeat(64)}@example.com`, "strict"), undefined);
    assert.notEqual(emailFault(`${"𝒶".repeat(65)}@example.com`, "strict"), undefined);
  });

  it("is judged at once, however long and hostile the text", () => {
    for (const text of [
      `"${"\\".repeat(200_000)}`,
      `${"a.".repeat(100_000)}@`,
      `a@${"b-".repeat(100_000)}`,
    ]) {
      assert.notEqual(emailFault(text, "strict"), undefined);
    }
  });

  it("is what fast-check takes for one", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (text) => {
        assert.equal(emailFault(text, "strict"), undefined);
      }),
    );
  });
});

it("a URL is whatever a browser can parse, if strict, and has no blanks in any case", () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
      assert.equal(urlFault(url, "strict"), undefined);
      assert.notEqual(urlFault(`${url} `, "lenient"), undefined);
    }),
  );
  assert.notEqual(urlFault("", "strict"), undefined);
  assert.notEqual(urlFault("//example.com/a", "strict"), undefined);
  assert.equal(urlFault("magnet:?xt=urn:btih:0", "strict"), undefined);
});
