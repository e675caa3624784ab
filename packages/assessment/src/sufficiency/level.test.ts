import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ATTRIBUTE_NAMES, rank, SCALES, withRank, type Attributes } from "./attribute.ts";
import { bindingOf, gapOf, levelNumber, levelOf, type LevelFlags } from "./level.ts";

const attributes = (text: string): Attributes => {
  const [offence, attribution, place, time, integrity] = text.split(" ");
  return { offence, attribution, place, time, integrity } as Attributes;
};
const plain: LevelFlags = { victimIdentified: false, current: true };

/** Every set of attributes with every flag: 5 x 5 x 4 x 4 x 4 x 4. */
function* everything(): Generator<[Attributes, LevelFlags]> {
  for (const offence of SCALES.offence)
    for (const attribution of SCALES.attribution)
      for (const place of SCALES.place)
        for (const time of SCALES.time)
          for (const integrity of SCALES.integrity)
            for (const victimIdentified of [false, true])
              for (const current of [false, true])
                yield [
                  { offence, attribution, place, time, integrity },
                  { victimIdentified, current },
                ];
}

describe("levelOf", () => {
  const table: [string, LevelFlags, string][] = [
    ["O0 A4 P3 T3 I3", plain, "L0"],
    ["O3 A0 P0 T3 I2", plain, "L0"],
    ["O1 A1 P0 T0 I0", plain, "L1"],
    ["O1 A4 P3 T3 I3", plain, "L1"],
    ["O2 A2 P0 T0 I0", plain, "L1"],
    ["O2 A2 P0 T1 I0", plain, "L2"],
    ["O3 A3 P1 T3 I2", plain, "L3"],
    ["O3 A3 P1 T2 I2", plain, "L2"],
    ["O3 A3 P1 T3 I1", plain, "L2"],
    ["O3 A4 P3 T3 I2", plain, "L4"],
    ["O3 A4 P3 T0 I2", plain, "L4"],
    ["O3 A4 P3 T3 I2", { ...plain, current: false }, "L3"],
    ["O3 A4 P2 T3 I2", plain, "L3"],
    ["O2 A0 P0 T0 I0", { victimIdentified: true, current: false }, "L2"],
    ["O1 A0 P0 T0 I0", { victimIdentified: true, current: false }, "L1"],
  ];
  for (const [text, flags, level] of table)
    it(`grades ${text}${flags.victimIdentified ? " with a known victim" : ""}${flags.current ? "" : ", not current,"} as ${level}`, () => {
      assert.equal(levelOf(attributes(text), flags), level);
    });

  it("never lifts O1 above L1 by any other attribute or flag", () => {
    for (const [each, flags] of everything())
      if (rank(each.offence) <= 1) assert.ok(levelNumber(levelOf(each, flags)) <= 1, JSON.stringify(each));
  });

  it("never falls when one attribute rises or a flag is set", () => {
    for (const [each, flags] of everything()) {
      const level = levelNumber(levelOf(each, flags));
      for (const name of ATTRIBUTE_NAMES)
        assert.ok(levelNumber(levelOf(withRank(each, name, rank(each[name]) + 1), flags)) >= level);
      assert.ok(levelNumber(levelOf(each, { ...flags, victimIdentified: true })) >= level);
      assert.ok(levelNumber(levelOf(each, { ...flags, current: true })) >= level);
    }
  });
});

describe("bindingOf", () => {
  it("names exactly the attributes whose rise by one step changes the level", () => {
    for (const [each, flags] of everything()) {
      const level = levelOf(each, flags);
      const changing = ATTRIBUTE_NAMES.filter(
        (name) => levelOf(withRank(each, name, rank(each[name]) + 1), flags) !== level,
      );
      assert.deepEqual(bindingOf(each, flags), changing);
    }
  });

  it("names nothing where two attributes must rise together", () => {
    assert.deepEqual(bindingOf(attributes("O1 A1 P0 T1 I0"), plain), []);
    assert.deepEqual(gapOf(attributes("O1 A1 P0 T1 I0"), plain), { offence: 2, attribution: 2 });
  });
});

describe("gapOf", () => {
  it("names what the next level needs, and raising it all gives at least the next level", () => {
    for (const [each, flags] of everything()) {
      const gap = gapOf(each, flags);
      const full = ATTRIBUTE_NAMES.reduce(
        (raised, name) => (gap[name] === undefined ? raised : withRank(raised, name, gap[name])),
        each,
      );
      const level = levelOf(each, flags);
      if (level === "L4") assert.deepEqual(gap, {});
      else if (level !== "L3" || flags.current)
        assert.ok(levelOf(full, flags) > level, JSON.stringify({ each, flags, gap }));
    }
  });
});
