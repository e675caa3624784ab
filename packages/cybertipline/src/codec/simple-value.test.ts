import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  AGE,
  BOOLEAN,
  CALLING_CODE,
  COUNTRY,
  DATE_TIME,
  DOUBLE,
  EMAIL_TYPE,
  INT,
  PHONE_EXTENSION,
  PORT,
  REPORT_NUMBER,
  STRING,
  TOKEN,
} from "../schema/simple-types.ts";
import type { SimpleType } from "../schema/model.ts";
import { quote, readFlag, readValue, writeValue } from "./simple-value.ts";

function value(type: SimpleType, text: string): unknown {
  const result = readValue(type, text);
  return result.ok ? result.value : result.fault.key;
}

const NOT_VALID = "cvc-datatype-valid.1.2.1";

describe("a value of a document", () => {
  it("keeps a text as it was sent, blanks and numeric looks included", () => {
    for (const text of ["", " ", "007", "1e3", "00123", " a\n b ", "true"]) {
      assert.equal(value(STRING, text), text);
    }
  });

  it("collapses white space of XML, and only that, where XML Schema does", () => {
    assert.equal(value(TOKEN, " a \t\n b "), "a b");
    assert.equal(value(TOKEN, "\u00A0a\u00A0"), "\u00A0a\u00A0");
    assert.equal(value(BOOLEAN, " true\n"), true);
    assert.equal(value(DATE_TIME, "\n  2026-03-01T00:00:00Z\n"), "2026-03-01T00:00:00Z");
    assert.equal(value(INT, "\u00A05"), NOT_VALID);
  });

  it("takes the four forms of a boolean and no other", () => {
    assert.deepEqual(
      ["true", "1", "false", "0", "TRUE", "yes", "", "2"].map((text) => value(BOOLEAN, text)),
      [true, true, false, false, NOT_VALID, NOT_VALID, NOT_VALID, NOT_VALID],
    );
  });

  it("takes whole numbers within 32 bits", () => {
    assert.deepEqual(
      ["2147483647", "-2147483648", "+5", "007", "-0"].map((text) => value(INT, text)),
      [2147483647, -2147483648, 5, 7, 0],
    );
    for (const text of ["2147483648", "-2147483649", "1.0", "1e3", "0x1", "", "--1", "9".repeat(400)]) {
      assert.equal(value(INT, text), NOT_VALID, text);
    }
    assert.ok(Object.is(value(INT, "-0"), 0));
  });

  it("holds ages and ports to their ranges", () => {
    assert.deepEqual(
      ["0", "150", "151", "-1"].map((text) => value(AGE, text)),
      [0, 150, "cvc-maxInclusive-valid", "cvc-minInclusive-valid"],
    );
    assert.deepEqual(
      ["1", "65535", "65536", "0"].map((text) => value(PORT, text)),
      [1, 65_535, "cvc-maxInclusive-valid", "cvc-minInclusive-valid"],
    );
  });

  it("keeps a decimal number as it was written", () => {
    for (const text of ["51.50", "-0.1270", "1.", ".5", "1E+5", "INF", "-INF", "NaN"]) {
      assert.equal(value(DOUBLE, text), text);
    }
    for (const text of ["", ".", "1e", "1,5", "+INF", "nan", "0x1p3", "1 2"]) {
      assert.equal(value(DOUBLE, text), NOT_VALID, text);
    }
  });

  it("keeps a report number longer than JavaScript's numbers are exact", () => {
    assert.equal(value(REPORT_NUMBER, "9007199254740993"), "9007199254740993");
    assert.equal(value(REPORT_NUMBER, "abc"), NOT_VALID);
  });

  it("matches lists and patterns exactly", () => {
    assert.equal(value(EMAIL_TYPE, "Home"), "Home");
    assert.equal(value(EMAIL_TYPE, "home"), "cvc-enumeration-valid");
    assert.equal(value(EMAIL_TYPE, " Home"), "cvc-enumeration-valid");
    assert.equal(value(COUNTRY, ""), "");
    assert.equal(value(COUNTRY, "UK"), "cvc-enumeration-valid");
    assert.equal(value(CALLING_CODE, "+44"), "+44");
    assert.equal(value(CALLING_CODE, "+1234"), "cvc-pattern-valid");
    assert.equal(value(CALLING_CODE, "44"), "cvc-pattern-valid");
    assert.equal(value(PHONE_EXTENSION, "007"), "007");
    assert.equal(value(PHONE_EXTENSION, "7\n"), "cvc-pattern-valid");
  });

  it("is cut when a message quotes it", () => {
    const result = readValue(INT, "x".repeat(10_000));
    assert.ok(!result.ok);
    assert.ok(result.fault.message.length < 120);
    assert.equal(quote(`${"x".repeat(59)}🌊y`).isWellFormed(), true);
  });
});

it("a flag is true when empty or true, and nothing else", () => {
  for (const text of ["", "true", " true\n"]) assert.deepEqual(readFlag(text), { ok: true, value: true });
  for (const text of [" ", "false", "0", "1", "TRUE", "yes"]) {
    const result = readFlag(text);
    assert.equal(result.ok ? "" : result.fault.key, "cvc-elt.5.2.2.2.2", text);
  }
});

describe("a value to be written", () => {
  it("must be what reading would give back", () => {
    assert.deepEqual(writeValue(TOKEN, "a b"), { ok: true, value: "a b" });
    assert.deepEqual(writeValue(INT, -5), { ok: true, value: "-5" });
    assert.deepEqual(writeValue(BOOLEAN, false), { ok: true, value: "false" });
    for (const [type, wrong] of [
      [TOKEN, "a  b"],
      [REPORT_NUMBER, "007"],
      [DATE_TIME, " 2026-03-01T00:00:00Z"],
      [INT, 1.5],
      [INT, Number.NaN],
      [INT, "5"],
      [BOOLEAN, "true"],
      [STRING, 5],
      [STRING, null],
      [AGE, 151],
      [COUNTRY, "UK"],
    ] as const) {
      assert.equal(writeValue(type, wrong).ok, false, String(wrong));
    }
  });
});
