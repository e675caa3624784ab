import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { caseOf } from "../input/case.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";
import { doubtsIn, incidentAt, NOV, receivedAtNoon, suspectWith, when } from "../testing/doubted.ts";
import { aboutAddress, exampleReport, TEST_NOW } from "../testing/index.ts";
import { areTransposed } from "./addresses.ts";
import { DOUBTS } from "./doubt.ts";

const rules = defaultRuleSet();

describe("an address among others", () => {
  const from = (...addresses: string[]) =>
    suspectWith(...addresses.map((address) => ({ moment: when(NOV), ip: { raw: address, address } })));

  it("with two neighbouring digits exchanged puts both in doubt", () => {
    const found = doubtsIn({
      incident: incidentAt(NOV),
      persons: from("192.0.2.45", "192.0.2.54", "192.0.2.45"),
    });
    assert.deepEqual(
      found.map(({ code, path, couldBe }) => [code, path, couldBe]),
      [
        ["doubt.digits-transposed", "/report/persons/0/events/0/ip", ["192.0.2.54"]],
        ["doubt.digits-transposed", "/report/persons/0/events/2/ip", ["192.0.2.54"]],
        ["doubt.digits-transposed", "/report/persons/0/events/1/ip", ["192.0.2.45"]],
      ],
    );
  });

  it("is compared with those of the subject's other reports", () => {
    const parts = { incident: incidentAt(NOV), persons: from("192.0.2.45") };
    assert.deepEqual(doubtsIn(parts), []);
    const linked = doubtsIn(parts, { ...receivedAtNoon, linkedAddresses: ["192.0.2.54", "192.0.2.45"] });
    assert.deepEqual(linked[0]?.against, ["/context/linkedAddresses"]);
  });

  it("that differs otherwise is another address", () => {
    assert.deepEqual(
      doubtsIn({ incident: incidentAt(NOV), persons: from("192.0.2.45", "192.0.2.46", "192.0.2.145") }),
      [],
    );
  });

  it("is transposed in both directions or in none", () => {
    for (const [a, b] of [
      ["192.0.2.45", "192.0.2.55"],
      ["192.0.2.45", "192.0.2.44"],
      ["192.0.2.145", "192.0.2.541"],
    ] as const)
      assert.equal(areTransposed(a, b), false, `${a} ${b}`);
    const text = fc.stringMatching(/^[12.]{1,9}$/);
    fc.assert(
      fc.property(text, fc.nat(8), (one, place) => {
        assert.equal(areTransposed(one, one), false);
        const other = `${one.slice(0, place)}${one.charAt(place + 1)}${one.charAt(place)}${one.slice(place + 2)}`;
        assert.equal(areTransposed(one, other), one !== other && one.length === other.length);
        assert.equal(areTransposed(one, other), areTransposed(other, one));
      }),
    );
  });

  it("in another country than all others is named and holds nothing down, because people travel", () => {
    const report = exampleReport({
      incident: incidentAt(NOV),
      persons: from("192.0.2.7", "192.0.2.90", "192.0.2.120"),
    });
    const claims = [
      aboutAddress("access"),
      aboutAddress("access", { address: "192.0.2.90" }),
      aboutAddress("access", { address: "192.0.2.120", country: "FR" }),
    ];
    const { all } = caseOf(report, claims, receivedAtNoon, rules, TEST_NOW).doubts;
    assert.deepEqual(
      all.map(({ code, path }) => [code, path]),
      [["doubt.other-country", "/report/persons/0/events/2/ip"]],
    );
    assert.equal(DOUBTS["doubt.other-country"].holds, "nothing");
  });
});
