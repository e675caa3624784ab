import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Problem } from "../problem.ts";
import { RESPONSE_CODES, knownResponseCode, responseAdvice } from "./codes.ts";
import { describeProblem, describeProblems, responseCodeFor } from "./validation.ts";

describe("response codes", () => {
  it("are those of the reference", () => {
    assert.deepEqual(
      Object.values(RESPONSE_CODES).map(({ code }) => code),
      [
        0, 1000, 1100, 1110, 1111, 1210, 1300, 2000, 3000, 3100, 3300, 4000, 4100, 4110, 4200, 5001, 5002,
        5101, 5102,
      ],
    );
    assert.equal(knownResponseCode(5102)?.text, "Report already finished");
  });

  it("that nobody knows get the advice of their family, and never pass for success", () => {
    assert.equal(knownResponseCode(1299), undefined);
    assert.deepEqual([0, 1299, 2999, 3999, 4999, 5999, 9000, -1, 1, 999, 10_000].map(responseAdvice), [
      "success",
      "retry",
      "credentials",
      "credentials",
      "rejected",
      "state",
      "unknown",
      "unknown",
      "unknown",
      "unknown",
      "unknown",
    ]);
  });
});

const RULE: Problem = {
  code: "rule.past",
  path: "/report/a",
  line: 2,
  column: 3,
  message: "It is late.",
  remedy: "Be early.",
};
const SCHEMA: Problem = { ...RULE, code: "schema.value", text: "[2,3] - cvc-x: text" };
const XML: Problem = {
  code: "xml.malformed",
  path: "",
  line: 1,
  column: 1,
  message: "Bad.",
  remedy: "Mend it.",
};

describe("the description of a refusal", () => {
  it("starts with the code's text and gives each problem a line with its place", () => {
    assert.equal(
      describeProblems([SCHEMA, RULE]),
      "Validation failed\n[2,3] - cvc-x: text\n[2,3] - /report/a: It is late. Be early.",
    );
    assert.equal(describeProblems([XML]), "Malformed XML submittal\n[1,1] - Bad. Mend it.");
  });

  it("goes without a place where there is none", () => {
    assert.equal(describeProblem({ code: "rule.batched", path: "", message: "A.", remedy: "B." }), "A. B.");
  });

  it("is malformed XML if no document could be read, else failed validation", () => {
    assert.equal(responseCodeFor([XML]).code, 4110);
    assert.equal(responseCodeFor([RULE, SCHEMA]).code, 4100);
  });

  it("stays readable however much is wrong", () => {
    const lines = describeProblems(Array.from({ length: 90 }, () => RULE)).split("\n");
    assert.equal(lines.length, 22);
    assert.equal(lines.at(-1), "and 70 more");
  });
});
