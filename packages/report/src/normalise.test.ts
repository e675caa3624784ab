import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { identifierKindSchema, identifierSchema, IDENTIFIER_LIMIT } from "./identifier.ts";
import { identifier, platformKey } from "./normalise.ts";

const valueOf = (...args: Parameters<typeof identifier>) => {
  const made = identifier(...args);
  return made?.normalised === true ? made.value : undefined;
};

test("a phone number becomes E.164, with the region's help where it has no calling code", () => {
  assert.equal(valueOf("phone", "+44 (0)7700 900123"), "+447700900123");
  assert.equal(valueOf("phone", "07700 900 123", { region: "GB" }), "+447700900123");
  assert.equal(valueOf("phone", "０１６３２ ９６０００１", { region: "GB" }), "+441632960001");
});

test("a phone number that cannot be placed keeps its text and is marked as not normalised", () => {
  const made = identifier("phone", "07700 900123");
  assert.deepEqual([made?.value, made?.raw, made?.normalised], ["07700 900123", "07700 900123", false]);
  assert.equal(identifier("phone", "12", { region: "GB" })?.normalised, false);
});

test("a hostile region is no region", () => {
  for (const region of ["ZZ", "constructor", "__proto__", "toString", ""])
    assert.equal(identifier("phone", "07700 900123", { region })?.normalised, false, region);
});

test("Gmail's dots, tags and second domain are one mailbox; another provider's are not", () => {
  assert.equal(valueOf("email", "A.B.C+news@GoogleMail.com"), "abc@gmail.com");
  assert.equal(valueOf("email", "a.b.c+news@example.com"), "a.b.c+news@example.com");
});

test("an internationalised mail domain has one spelling", () => {
  for (const raw of [
    "a@bücher.example",
    "A@BÜCHER.example",
    "a@xn--bcher-kva.example",
    "a@bu\u0308cher.example.",
  ])
    assert.equal(valueOf("email", raw), "a@xn--bcher-kva.example", raw);
});

test("a text that is no mailbox is never made into somebody's mailbox", () => {
  for (const raw of [
    "a@example.com\\x",
    "a@ex%61mple.com",
    "a@exa\u00admple.com",
    "a@example.com:25",
    "a@example.com/x",
    "a@1",
    "a@0x7f.1",
    "a@[192.0.2.1]",
    "a@example..com",
    "a@b@example.com",
    "a b@example.com",
    "@example.com",
    "a@",
    "a@。",
    "...@gmail.com",
    "+x@gmail.com",
  ])
    assert.equal(identifier("email", raw)?.normalised, false, raw);
});

test("a profile address loses scheme, credentials, fragment and trailing slash, and keeps the rest", () => {
  assert.equal(valueOf("profile-url", "https://u:p@Example.com/Kite/?x=1#top"), "example.com/Kite?x=1");
  assert.equal(valueOf("profile-url", "example.com/Kite"), "example.com/Kite");
  for (const raw of ["javascript:alert(1)", "file:///", "file:///a", "//", "https://"])
    assert.equal(identifier("profile-url", raw)?.normalised, false, raw);
});

test("an account id keeps its case, zeros and digits, for the platform alone knows what they mean", () => {
  for (const raw of ["00123", "1e3", "AbC", "0x1f"]) assert.equal(valueOf("account", raw), raw);
});

test("a screen name's look-alikes stay apart, and its full-width spelling does not", () => {
  assert.notEqual(valueOf("screen-name", "pаper_kite"), valueOf("screen-name", "paper_kite"));
  assert.equal(valueOf("screen-name", "Ｐａｐｅｒ_kite"), "paper_kite");
});

test("a device number is the same with dashes, colons or spaces", () => {
  assert.equal(valueOf("device", "00-1A:2B 3C"), "001a2b3c");
  assert.equal(identifier("device", "-- --")?.normalised, false);
});

test("a placeholder names nobody, however it is typed", () => {
  for (const raw of ["unknown", " UNKNOWN ", "n/a", "-", "0", "", "   ", "ｎｏｎｅ"])
    for (const kind of identifierKindSchema.options) assert.equal(identifier(kind, raw), undefined, raw);
});

test("what is known beside the text is carried, and the platform has one spelling", () => {
  assert.deepEqual(
    identifier("account", "a1", { platform: " Example  Chat ", verified: "yes", label: "Home" }),
    {
      kind: "account",
      value: "a1",
      raw: "a1",
      normalised: true,
      verified: "yes",
      platform: "example chat",
      label: "Home",
    },
  );
  assert.equal(platformKey("EXAMPLE\u00a0chat"), "example chat");
});

test("a text whose normal form outgrows the limit keeps the text as sent", () => {
  const raw = "\ufdfa".repeat(200);
  assert.deepEqual(identifierSchema.safeParse(identifier("screen-name", raw)).success, true);
  assert.equal(identifier("screen-name", raw)?.value, raw);
});

test("any text of any kind makes a valid identifier or none, and the raw text is kept", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.emailAddress(),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string({ minLength: IDENTIFIER_LIMIT - 1, maxLength: IDENTIFIER_LIMIT }),
    fc.constantFrom("@", "\u202e@x", "\u0000", "\ud800", "аdmin", "ﷺ@ﷺ.example", "tel:+44", "+"),
  );
  const regions = fc.option(fc.string({ maxLength: 3 }), { nil: undefined });
  fc.assert(
    fc.property(fc.constantFrom(...identifierKindSchema.options), texts, regions, (kind, raw, region) => {
      const made = identifier(kind, raw, { region });
      if (made === undefined) return;
      assert.equal(identifierSchema.safeParse(made).success, true);
      assert.equal(made.raw, raw);
    }),
    { numRuns: 400 },
  );
});

test("a normalised handle is its own normal form", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("account", "screen-name", "display-name", "phone", "email", "device"),
      fc.oneof(
        fc.string(),
        fc.emailAddress(),
        fc.constantFrom("+44 7700 900123", "a.b@gmail.com", "ÅSA", "ΑΣ"),
      ),
      (kind, raw) => {
        const value = valueOf(kind, raw);
        if (value !== undefined) assert.equal(valueOf(kind, value) ?? value, value);
      },
    ),
    { numRuns: 300 },
  );
});
