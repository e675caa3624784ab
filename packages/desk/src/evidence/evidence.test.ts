import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { byteSize } from "./byte-size.ts";
import { contentKind } from "./content-kind.ts";
import { safeName } from "./save-file.ts";

suite("evidence on the page", () => {
  test("only raster pictures and plain text are drawn; everything else leaves as a file", () => {
    assert.equal(contentKind("image/png", 10), "picture");
    assert.equal(contentKind("IMAGE/JPEG; x=y", 10), "picture");
    assert.equal(contentKind("text/plain; charset=utf-8", 10), "text");
    for (const type of [
      "image/svg+xml",
      "text/html",
      "application/pdf",
      "video/mp4",
      "application/octet-stream",
      "",
    ])
      assert.equal(contentKind(type, 10), "file", type);
  });

  test("a text too long to lay out is a file", () => {
    assert.equal(contentKind("text/plain", 2_000_001), "file");
  });

  test("sizes are said as a person compares them", () => {
    assert.equal(byteSize(1), "1 byte");
    assert.equal(byteSize(999), "999 bytes");
    assert.equal(byteSize(1000), "1.0 KB");
    assert.equal(byteSize(48_213), "48 KB");
    assert.equal(byteSize(999_600), "1.0 MB");
    assert.equal(byteSize(5_000_000_000_000), "5000 GB");
  });

  test("a saved file's name is harmless, whatever the sender called it", () => {
    assert.equal(safeName("harbour at dusk.png"), "harbour_at_dusk.png");
    assert.equal(safeName("../../etc/passwd"), "etc_passwd");
    assert.equal(safeName("\u202Egnp.exe"), "gnp.exe");
    assert.equal(safeName(""), "evidence");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => /^[A-Za-z0-9][\w.-]{0,99}$/.test(safeName(name))),
    );
  });
});
